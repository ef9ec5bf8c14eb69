"""The inbox: its order, what a line shows, its filters and pages."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter
from bot.clinical.vocabulary import Disposition, Finding, Level
from bot.errors import NotUnderstood
from bot.service.desk import DeskServices
from bot.service.desk_inquiries import PAGE, read_place, write_place
from bot.service.desk_records import Place
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import queue

Arrive = Callable[[Patient], str]
LINK = re.compile(r'href="/desk/inquiries/([0-9a-f]{32})"')


def listed(browser: Browser, address: str = "/desk") -> list[str]:
    """The ids on a page of the inbox, from the top."""
    return LINK.findall(browser.open(address).text)


def test_the_most_urgent_come_first_and_then_the_longest_waiting(
    ana: Browser, arrive: Arrive, clock: TurnableClock
) -> None:
    encounters = [
        backache(),
        flagged(Disposition.SEE_DOCTOR),
        flagged(Disposition.CRISIS),
        backache(disposition=Disposition.INFORMATION, findings=()),
        backache(disposition=None, complete=False),
        flagged(Disposition.EMERGENCY),
        flagged(Disposition.SAME_DAY),
    ]
    ids: list[str] = []
    for encounter in encounters * 2:
        ids.append(arrive(Patient(encounter=encounter)))
        clock.turn(seconds=50)
    routine, doctor, crisis, told, unfinished, emergency, today = zip(ids[:7], ids[7:], strict=True)
    assert listed(ana) == [*emergency, *crisis, *today, *doctor, *routine, *unfinished, *told]


def test_a_line_says_who_how_to_reach_them_what_for_and_how_long(
    ana: Browser, arrive: Arrive, clock: TurnableClock
) -> None:
    arrive(Patient(encounter=backache(request=asked_for("Mary Ng", "+16045550123"), wants_appointment=True)))
    clock.turn(hours=2, minutes=10)
    assert ana.open("/desk/alive").status_code == 303
    ana.submit("/desk/sign-in", email="ana@clinic.example", password="seven quiet otters")
    page = ana.read("/desk")
    for part in ("Examination", "Mary Ng", "+1 604-555-0123", "pain, tight muscles", "lower back", "2 h 10 min"):
        assert part in page
    assert "Appointment requested" in page
    assert "No owner" in page
    assert 'href="tel:+16045550123"' in ana.open("/desk").text


def test_someone_without_a_name_or_number_is_shown_all_the_same(ana: Browser, arrive: Arrive) -> None:
    arrive(Patient(encounter=backache()))
    page = ana.read("/desk")
    assert "No name yet" in page
    assert "No contact details yet" in page


def test_a_screening_left_for_half_an_hour_is_shown_as_left_early(
    ana: Browser, arrive: Arrive, clock: TurnableClock
) -> None:
    arrive(Patient(encounter=backache(disposition=None, complete=False)))
    clock.turn(minutes=14)
    assert "Left early" not in ana.read("/desk")
    clock.turn(minutes=14)
    ana.open("/desk")
    clock.turn(minutes=2)
    assert "Left early" in ana.read("/desk")


def test_a_finished_screening_is_never_left_early(services: DeskServices, arrive: Arrive, clock: TurnableClock) -> None:
    arrive(Patient(encounter=backache()))
    clock.turn(hours=5)
    assert not services.inquiries.left_early(queue(services, "open").entries[0])


def test_open_is_shown_unless_asked_otherwise(ana: Browser, arrive: Arrive) -> None:
    kept, shut, booked = (arrive(Patient(encounter=backache())) for _ in range(3))
    ana.act(shut, "status", status="closed", version="0", reason="duplicate")
    ana.act(booked, "calls", outcome="booked", line="")
    assert listed(ana) == [kept]
    assert listed(ana, "/desk?status=closed") == [shut]
    assert listed(ana, "/desk?status=booked") == [booked]
    assert sorted(listed(ana, "/desk?status=all")) == sorted([kept, shut, booked])
    assert "Open 1" in ana.read("/desk")
    assert "All 3" in ana.read("/desk")


def test_pages_follow_one_another_without_gap_or_repetition(ana: Browser, arrive: Arrive, clock: TurnableClock) -> None:
    arrived = [arrive(Patient(encounter=backache())) for _ in range(PAGE + 2)]
    arrived.append(arrive(Patient(encounter=flagged(Disposition.EMERGENCY))))
    ana.act(arrived[3], "take")
    first = ana.open("/desk").text
    following = re.search(r'href="(/desk\?status=open&amp;after=[^"]+)"', first)
    assert following is not None
    second = ana.open(following.group(1).replace("&amp;", "&")).text
    seen = [*LINK.findall(first), *LINK.findall(second)]
    assert len(LINK.findall(first)) == PAGE
    assert seen[0] == arrived[-1]
    assert sorted(seen) == sorted(arrived)
    assert "Next page" not in second


def test_a_new_emergency_between_two_pages_moves_nobody_off_the_second(services: DeskServices, arrive: Arrive) -> None:
    arrived = [arrive(Patient(encounter=backache())) for _ in range(PAGE + 1)]
    first = queue(services, "open")
    arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    assert first.following is not None
    second = queue(services, "open", after=write_place(first.following))
    assert [entry.id for entry in second.entries] == arrived[PAGE:]


@pytest.mark.parametrize("written", ["", "x", "fHx8", "MHwyMDI2LTExLTIyVDE3OjAwOjAwfGE=", "ö", "OXw5fDk=", "a" * 5000])
def test_an_address_that_names_no_place_is_refused(written: str) -> None:
    with pytest.raises(NotUnderstood):
        read_place(written)


def test_a_place_survives_its_address(clock: TurnableClock) -> None:
    place = Place(45, clock.now(), "a" * 32)
    assert read_place(write_place(place)) == place


def test_a_doubtful_word_ranks_a_line_until_it_is_settled(ana: Browser, arrive: Arrive) -> None:
    held = flagged(Disposition.SEE_DOCTOR)
    doubtful = replace(held.flags[0], level=Level.NONE, row_level=Level.EMERGENCY, ask=True)
    arrive(Patient(encounter=replace(held, flags=(doubtful,), disposition=None, complete=False)))
    assert "See a doctor" in ana.read("/desk")


def test_an_empty_inbox_says_so(ana: Browser) -> None:
    assert "Nobody is waiting." in ana.read("/desk")


def test_a_wish_for_a_person_is_shown(ana: Browser, arrive: Arrive) -> None:
    arrive(Patient(encounter=Encounter(person_requested="complaint")))
    assert "Has a complaint" in ana.read("/desk")
    assert "No finding yet" in ana.read("/desk")


def test_a_call_in_another_language_is_asked_for_by_its_name(ana: Browser, arrive: Arrive) -> None:
    request = AppointmentRequest(call_back=True, language="es")
    wrote = Encounter(language="es", request=request, person_requested="other_language")
    id = arrive(Patient(text="no puedo orinar", encounter=wrote))
    for page in (ana.read("/desk"), ana.read(f"/desk/inquiries/{id}")):
        assert "Call back, language: Spanish" in page
        assert "Wrote in another language, not screened" in page


def test_a_returning_patient_stands_before_those_who_may_wait(ana: Browser, arrive: Arrive) -> None:
    arrive(Patient(encounter=backache(request=asked_for("Waits Longer"))))
    back = backache(
        returning=True, disposition=None, person_requested="returning_patient", request=asked_for("Ann Lee")
    )
    arrive(Patient(encounter=back))
    page = ana.read("/desk")
    assert "Returning patient: their physiotherapist to call today" in page
    assert page.index("Ann Lee") < page.index("Waits Longer")


def test_every_finding_has_a_short_word_in_the_inbox(ana: Browser, arrive: Arrive) -> None:
    finding = backache().findings[0]
    every = tuple(replace(finding, finding=one) for one in Finding)
    arrive(Patient(encounter=backache(findings=every)))
    assert "numb or tingling" in ana.read("/desk")
