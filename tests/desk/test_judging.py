"""Agree, should be higher, should be lower: who may say it, what becomes of the inquiry, and what is kept of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.clinical.vocabulary import Disposition
from bot.service.desk import DeskServices
from bot.service.desk_roles import Role
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.colleagues import colleague
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import queue

Arrive = Callable[[Patient], str]
Work = Callable[[str], Browser]
Audited = Callable[[], list[tuple[str, str | None]]]


@pytest.fixture
def physio(work: Work, database: Database) -> Browser:
    """Pat, a physiotherapist."""
    return colleague(work, database, "Pat", Role.PHYSIOTHERAPIST)


@pytest.fixture
def reception(work: Work, database: Database) -> Browser:
    """Rae at the reception."""
    return colleague(work, database, "Rae", Role.RECEPTION)


def judge(browser: Browser, id: str, verdict: str, level: str = "", *, reason: str = "", **seen: str) -> str:
    """What the page says after a judgement."""
    fields = {"version": "0", "heard": "1", **seen}
    return browser.act(id, "judge", verdict=verdict, level=level, reason=reason, **fields)


def level_in_inbox(services: DeskServices) -> Disposition | None:
    """The level under which the only inquiry is listed."""
    (entry,) = queue(services, "open").entries
    return entry.level


def test_agreeing_is_kept_and_changes_no_place(
    reception: Browser, arrive: Arrive, services: DeskServices, audited: Audited
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.SAME_DAY)))
    assert "Agree: Same day" in judge(reception, id, "agree")
    assert level_in_inbox(services) is Disposition.SAME_DAY
    assert ("inquiry.judged", "agree") in audited()


def test_anybody_may_list_it_higher_with_a_reason(reception: Browser, arrive: Arrive, services: DeskServices) -> None:
    id = arrive(Patient(encounter=backache()))
    assert "Write why" in judge(reception, id, "higher", "same_day", reason="  ")
    assert level_in_inbox(services) is Disposition.PHYSIO_EXAM
    page = judge(reception, id, "higher", "same_day", reason="She sounded very unwell")
    assert "The screening says Examination. Rae listed it as Same day" in page
    assert "She sounded very unwell" in page
    assert "Call today, before the others" in page
    assert level_in_inbox(services) is Disposition.SAME_DAY


def test_only_a_physiotherapist_lists_it_lower(
    reception: Browser, physio: Browser, arrive: Arrive, services: DeskServices
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    page = f"/desk/inquiries/{id}"
    assert "Should be lower" not in reception.read(page)
    fields = {"verdict": "lower", "level": "see_doctor", "reason": "old", "version": "0", "heard": "1"}
    assert reception.submit(f"{page}/judge", page=page, **fields).status_code == 403
    assert level_in_inbox(services) is Disposition.EMERGENCY
    told = judge(physio, id, "lower", "see_doctor", reason="Examined last week, unchanged")
    assert "The screening says Emergency. Pat listed it as See a doctor" in told
    assert level_in_inbox(services) is Disposition.SEE_DOCTOR


def test_a_lowered_one_can_be_raised_again_by_anybody(
    reception: Browser, physio: Browser, arrive: Arrive, services: DeskServices
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    judge(physio, id, "lower", "see_doctor", reason="Unchanged")
    judge(reception, id, "agree", version="1")
    assert level_in_inbox(services) is Disposition.EMERGENCY


def test_what_a_colleague_raised_the_reception_does_not_take_back(
    reception: Browser, physio: Browser, arrive: Arrive, services: DeskServices
) -> None:
    id = arrive(Patient(encounter=backache()))
    judge(physio, id, "higher", "emergency", reason="Saddle numbness on the phone")
    assert "Only a physiotherapist may make it less urgent" in judge(reception, id, "agree", version="1")
    assert level_in_inbox(services) is Disposition.EMERGENCY


@pytest.mark.parametrize(("verdict", "level"), [("higher", "see_doctor"), ("higher", "same_day"), ("lower", "crisis")])
def test_a_level_on_the_other_side_is_refused(
    physio: Browser, arrive: Arrive, services: DeskServices, verdict: str, level: str
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.SAME_DAY)))
    assert "is not higher, or not lower" in judge(physio, id, verdict, level, reason="why")
    assert level_in_inbox(services) is Disposition.SAME_DAY


@pytest.mark.parametrize("seen", [{"version": "7"}, {"heard": "0"}])
def test_nothing_is_lowered_on_a_page_that_lacks_the_newest(
    physio: Browser, arrive: Arrive, services: DeskServices, seen: dict[str, str]
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    assert "Read this page again first" in judge(physio, id, "lower", "see_doctor", reason="old", **seen)
    assert level_in_inbox(services) is Disposition.EMERGENCY


def test_raising_waits_for_no_newest_message(reception: Browser, arrive: Arrive, services: DeskServices) -> None:
    id = arrive(Patient(encounter=backache()))
    judge(reception, id, "higher", "emergency", reason="Numb between the legs, by phone", heard="0")
    assert level_in_inbox(services) is Disposition.EMERGENCY


def test_a_closed_inquiry_raised_to_urgent_is_back_on_the_desk(
    reception: Browser, arrive: Arrive, services: DeskServices
) -> None:
    id = arrive(Patient(encounter=backache()))
    reception.act(id, "status", status="closed", version="0", reason="spam")
    assert not queue(services, "open").entries
    judge(reception, id, "higher", "crisis", reason="The husband called", version="1")
    (entry,) = queue(services, "open").entries
    assert (entry.status.value, entry.closed_reason, entry.urgent_since) == ("new", None, services.clock.now())


def test_the_rules_and_their_version_are_kept_as_they_were(
    reception: Browser, arrive: Arrive, database: Database
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    judge(reception, id, "agree")
    with database.read() as connection:
        row = connection.execute(select(tables.judgements)).one()
    assert (row.rules, row.protocol_version, row.role) == ('["text:test"]', "test-1", "reception")
    assert (row.screened, row.listed, row.urgency) == (0, 0, 0)


def export(browser: Browser) -> str:
    """The file of every judgement."""
    answer = browser.submit("/desk/agreement/export", page="/desk/agreement")
    assert answer.status_code == 200
    return answer.text


def test_the_file_has_words_only_for_who_may_take_records_out(
    physio: Browser, work: Work, database: Database, arrive: Arrive, audited: Audited
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY, request=asked_for("Mary Ng"))))
    judge(physio, id, "lower", "see_doctor", reason="=unchanged since May")
    plain, whole = export(physio), export(colleague(work, database, "Max", Role.MANAGER))
    for text in (plain, whole):
        assert "lower,emergency,emergency,see_doctor,text:test,test-1,physiotherapist" in text
        assert "Mary" not in text
    assert "I can't feel anything when I wipe" in whole
    assert "'=unchanged since May" in whole
    assert all(word not in plain for word in ("wipe", "unchanged", id))
    assert ("judgements.exported", None) in audited()


def test_agreement_is_counted_by_the_screenings_level(physio: Browser, arrive: Arrive) -> None:
    for verdict, level in (*[("agree", "")] * 5, ("lower", "see_doctor")):
        judge(physio, arrive(Patient(encounter=flagged(Disposition.EMERGENCY))), verdict, level, reason="why")
    page = physio.read("/desk/agreement")
    assert "Emergency50under 5" in page


def test_what_is_judged_twice_counts_twice_and_the_newest_decides(
    physio: Browser, arrive: Arrive, services: DeskServices, clock: TurnableClock
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.SAME_DAY)))
    judge(physio, id, "lower", "physio_exam", reason="old")
    clock.turn(minutes=1)
    page = judge(physio, id, "higher", "emergency", reason="Breathless now", version="1")
    assert level_in_inbox(services) is Disposition.EMERGENCY
    assert "judged anew since" in page
    kept = [row.judgement for row in services.judgements.book.rows(with_words=False)]
    assert [(one.verdict.value, one.ended_by) for one in kept] == [("lower", "staff"), ("higher", None)]


def test_what_a_person_is_handed_tells_what_was_thought_of_the_level(
    physio: Browser, work: Work, database: Database, arrive: Arrive
) -> None:
    id = arrive(Patient(encounter=backache()))
    judge(physio, id, "higher", "same_day", reason="Sounded unwell")
    physio.act(id, "tick", step="same_day/call")
    page = f"/desk/inquiries/{id}/person"
    manager = colleague(work, database, "Max", Role.MANAGER)
    told = manager.submit(f"{page}/file", page=page, form="text").text
    assert "higher, Sounded unwell" in told
    assert "same_day/call" in told


def test_nothing_is_above_an_emergency(ana: Browser, arrive: Arrive) -> None:
    urgent = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    assert "Should be higher" not in ana.read(f"/desk/inquiries/{urgent}")
    assert "Should be higher" in ana.read(f"/desk/inquiries/{arrive(Patient(encounter=backache()))}")
