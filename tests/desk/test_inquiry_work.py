"""What staff do on the inquiry page: own it, set its status, note, call; each once and written down."""

import threading
from collections.abc import Callable

import pytest

from bot.clinical.vocabulary import Disposition
from bot.service.desk import DeskServices
from bot.service.desk_records import Act, Change, Status
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import queue

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]


def page_of(inquiry_id: str) -> str:
    """The address of an inquiry's page."""
    return f"/desk/inquiries/{inquiry_id}"


def test_two_who_take_the_same_inquiry_have_one_owner(work: Callable[[str], Browser], arrive: Arrive) -> None:
    ana, bo, id = work("Ana"), work("Bo"), arrive(Patient(encounter=backache()))
    assert "This inquiry is yours." in ana.act(id, "take", owner="")
    page = bo.act(id, "take", owner="")
    assert "Somebody else took it first" in page
    assert "Ana has this inquiry." in page


def test_of_many_who_take_it_at_the_same_moment_one_wins(
    services: DeskServices, hire: Callable[[str], None], arrive: Arrive, clock: TurnableClock
) -> None:
    id, changes = arrive(Patient(encounter=backache())), []
    for number in range(8):
        hire(f"Staff{number}")
    known = [services.accounts.book.credentials(f"staff{number}@clinic.example") for number in range(8)]
    start = threading.Barrier(8)

    def take(staff_id: str) -> None:
        start.wait()
        changes.append(services.inquiries.changes.take(id, owner_id=None, act=Act(staff_id, clock.now())))

    threads = [threading.Thread(target=take, args=(found[0].id,)) for found in known if found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(changes) == sorted([Change.DONE] + [Change.OVERTAKEN] * 7)


def test_taking_starts_the_work_and_releasing_frees_it(ana: Browser, arrive: Arrive, services: DeskServices) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "take", owner="")
    entry = queue(services, "in_progress").entries[0]
    assert (entry.owner_name, entry.status) == ("Ana", Status.IN_PROGRESS)
    assert "free for others" in ana.act(id, "release")
    assert "Nobody has this inquiry." in ana.read(page_of(id))


def test_an_inquiry_can_be_taken_over_from_the_owner_that_was_seen(
    work: Callable[[str], Browser], arrive: Arrive, services: DeskServices
) -> None:
    ana, bo, id = work("Ana"), work("Bo"), arrive(Patient(encounter=backache()))
    ana.act(id, "take", owner="")
    owner = queue(services, "open").entries[0].owner_id
    assert "This inquiry is yours." in bo.act(id, "take", owner=owner or "")
    assert "Somebody changed it" in ana.act(id, "release")


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_set_on_a_routine_inquiry(
    ana: Browser, arrive: Arrive, services: DeskServices, status: Status
) -> None:
    id = arrive(Patient(encounter=backache()))
    assert "The status is changed." in ana.act(id, "status", status=status.value, version="0", reason="spam")
    assert [entry.id for entry in queue(services, status.value).entries] == [id]


def test_a_status_set_on_an_old_page_changes_nothing(ana: Browser, arrive: Arrive, services: DeskServices) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "status", status="waiting", version="0")
    assert "Somebody changed it" in ana.act(id, "status", status="closed", version="0", reason="duplicate")
    assert not queue(services, "closed").entries


@pytest.mark.parametrize("status", ["closed", "booked"])
@pytest.mark.parametrize("disposition", [Disposition.EMERGENCY, Disposition.CRISIS])
def test_an_urgent_inquiry_is_done_only_with_a_note(
    ana: Browser, arrive: Arrive, disposition: Disposition, status: str
) -> None:
    id = arrive(Patient(encounter=flagged(disposition)))
    assert "only with a note" in ana.act(id, "status", status=status, version="0", reason="not_suitable", note="  ")
    assert "only with a note" in ana.act(id, "status", status=status, version="0", reason="not_suitable")
    page = ana.act(
        id,
        "status",
        status=status,
        version="0",
        reason="not_suitable",
        note="Spoke to her; husband drives her to hospital.",
    )
    assert "The status is changed." in page
    assert "husband drives her" in page


def test_a_booking_call_closes_no_urgent_inquiry_without_a_word(
    ana: Browser, arrive: Arrive, services: DeskServices
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    assert "The call is kept. The status stays" in ana.act(id, "calls", outcome="booked", line="")
    assert queue(services, "new").entries
    assert "The call is kept." in ana.act(id, "calls", outcome="booked", line="Seen at hospital, books for next week")
    assert queue(services, "booked").entries


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("no_answer", "in_progress"), ("left_message", "waiting"), ("booked", "booked"), ("declined", "in_progress")],
)
def test_a_call_is_kept_with_its_line_and_moves_the_inquiry_on(
    ana: Browser, arrive: Arrive, services: DeskServices, outcome: str, status: str
) -> None:
    id = arrive(Patient(encounter=backache()))
    page = ana.act(id, "calls", outcome=outcome, line="husband answered")
    assert "husband answered" in page
    assert [entry.id for entry in queue(services, status).entries] == [id]


def test_a_call_reopens_nothing_that_is_done(ana: Browser, arrive: Arrive, services: DeskServices) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "status", status="closed", version="0", reason="duplicate")
    ana.act(id, "calls", outcome="left_message", line="")
    assert queue(services, "closed").entries


def test_notes_stand_with_their_author_and_time_as_they_were_written(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=backache()))
    page = ana.act(id, "notes", text="Prefers mornings.\n  Hard of hearing.")
    assert "The note is kept." in page
    assert "Prefers mornings.\n  Hard of hearing.</p>" in ana.open(page_of(id)).text
    assert "Ana, 9:00 am" in page
    assert "The note was empty." in ana.act(id, "notes", text=" \n ")


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("status", {"status": "odd", "version": "0"}),
        ("status", {"status": "closed", "version": "x"}),
        ("calls", {"outcome": "odd"}),
        ("calls", {"outcome": "booked", "line": "x" * 501}),
        ("notes", {"text": "x" * 4001}),
    ],
)
def test_what_no_form_offers_is_refused(ana: Browser, arrive: Arrive, what: str, fields: dict[str, str]) -> None:
    id = arrive(Patient(encounter=backache()))
    assert ana.submit(f"{page_of(id)}/{what}", page="/desk", **fields).status_code == 400


@pytest.mark.parametrize("what", ["take", "release", "status", "notes", "calls"])
def test_an_inquiry_that_is_not_there_cannot_be_changed(ana: Browser, what: str) -> None:
    fields = {"status": "new", "version": "0", "text": "note", "outcome": "declined"}
    assert ana.submit(f"{page_of('0' * 32)}/{what}", page="/desk", **fields).status_code == 404


def test_every_reading_and_change_is_written_down_with_opaque_ids_only(
    ana: Browser, arrive: Arrive, audited: Audited, database: Database
) -> None:
    id = arrive(Patient(encounter=backache(request=asked_for("Mary Ng", "+16045550123"))))
    before = len(audited())
    ana.open(page_of(id))
    ana.act(id, "take", owner="")
    ana.act(id, "notes", text="Prefers mornings.")
    ana.act(id, "calls", outcome="left_message", line="to her husband")
    ana.act(id, "release")
    lines = [line for line in audited()[before:] if line[0] != "inquiry.read"]
    assert lines == [
        ("inquiry.taken", None),
        ("inquiry.noted", None),
        ("inquiry.called", "left_message"),
        ("inquiry.status", "waiting"),
        ("inquiry.released", None),
    ]
    assert ("inquiry.read", None) in audited()[before:]
    with database.read() as connection:
        everything = str(connection.execute(tables.audit.select()).all())
    assert not [word for word in ("Mary", "Ana", "mornings", "husband", "6045550123") if word in everything]
