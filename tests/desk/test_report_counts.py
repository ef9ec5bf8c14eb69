"""Figures of a few made patients counted by hand, and the job that counts the days that are over."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.clinical.encounter import Encounter
from bot.clinical.vocabulary import Disposition
from bot.service.desk import DeskServices
from bot.service.report_counting import Counting, DailyCounting
from bot.service.report_records import Counted
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import NOBODY
from tests.desk.report_rows import KNEE, TODAY, back, rows
from tests.desk.talks import Turn, talk

Arrive = Callable[[Patient], str]


@pytest.fixture
def counted(services: DeskServices, clock: TurnableClock) -> Callable[[Counted], dict[str, int]]:
    """What is counted of today, before anything is left out of it."""
    days = services.reports.days
    return lambda subject: dict(days.count(TODAY, [subject], now=clock.now())[subject])


def test_each_step_from_start_to_booked_counts_those_who_reached_it(
    ana: Browser, arrive: Arrive, database: Database, clock: TurnableClock, counted: Callable[[Counted], dict[str, int]]
) -> None:
    talk(database, (), at=clock.now())
    talk(database, (Turn("hi", "where"),), at=clock.now())
    arrive(Patient(encounter=backache()))
    arrive(Patient(encounter=backache(complete=False, disposition=None)))
    booked = arrive(Patient(encounter=backache(request=asked_for("Mary Ng", "+16045550123"))))
    ana.act(booked, "calls", outcome="booked")
    assert counted(Counted.START) == {"opened": 5, "wrote": 4, "inquiry": 3, "result": 2, "visit": 1, "booked": 1}


def test_a_chat_stops_at_its_last_question_once_it_is_still(
    database: Database, clock: TurnableClock, counted: Callable[[Counted], dict[str, int]]
) -> None:
    talk(database, (Turn("my back", "safety.first"), Turn("none", "time"), Turn("weeks", "time")), at=clock.now())
    talk(database, (Turn("my back", "safety.first"),), at=clock.now())
    done = Encounter(complete=True, disposition=Disposition.PHYSIO_EXAM)
    talk(database, (Turn("neck", "safety.first"), Turn("none", "booking.offer")), at=clock.now(), encounter=done)
    asked = {"asked:safety.first": 3, "asked:time": 1, "asked:booking.offer": 1}
    clock.turn(minutes=29)
    assert counted(Counted.QUESTIONS) == asked
    clock.turn(minutes=1)
    assert counted(Counted.QUESTIONS) == {**asked, "stopped:time": 1, "stopped:safety.first": 1}


def test_findings_regions_and_levels_are_counted_by_inquiry(
    arrive: Arrive, counted: Callable[[Counted], dict[str, int]]
) -> None:
    for encounter in (backache(), backache(), KNEE, flagged(Disposition.EMERGENCY)):
        arrive(Patient(encounter=encounter))
    found = counted(Counted.FINDINGS)
    assert (found["pain:present"], found["pain:unknown"]) == (3, 1)
    assert (found["swelling:present"], found["swelling:absent"]) == (1, 3)
    assert found["sweating_change:unknown"] == 4
    assert counted(Counted.REGIONS) == {"lower_back": 3, "knee": 1}
    assert counted(Counted.LEVELS) == {"physio_exam": 3, "emergency": 1}


def test_response_is_measured_from_arrival_to_the_first_look_and_the_first_call(
    ana: Browser, arrive: Arrive, clock: TurnableClock, counted: Callable[[Counted], dict[str, int]]
) -> None:
    urgent, late = (arrive(Patient(encounter=flagged(Disposition.EMERGENCY))) for _ in range(2))
    arrive(Patient(encounter=backache()))
    clock.turn(minutes=3)
    ana.open(f"/desk/inquiries/{urgent}")
    clock.turn(minutes=1)
    ana.open(f"/desk/inquiries/{urgent}")
    ana.act(urgent, "calls", outcome="no_answer")
    clock.turn(minutes=10)
    ana.act(late, "calls", outcome="no_answer")
    seen = counted(Counted.RESPONSE)
    assert {key: count for key, count in seen.items() if "@" not in key} == {
        "emergency:came": 2,
        "emergency:in_time": 1,
        "emergency:late": 1,
        "physio_exam:came": 1,
        "physio_exam:open": 1,
    }
    waits = {key for key in seen if "@" in key}
    assert {"emergency:opened@3", "emergency:reached@4"} < waits
    assert len(waits) == 4


def test_what_is_over_is_counted_at_night_and_stays_when_it_is_erased(
    ana: Browser, arrive: Arrive, clock: TurnableClock, job: Counting, services: DeskServices
) -> None:
    ids = [arrive(Patient(encounter=backache())) for _ in range(6)]
    assert rows(ana, "regions") == {"regions": ["inquiries"], "lower_back": ["6"]}
    clock.turn(days=1)
    assert job.is_due()
    assert job.run() == 1
    assert not job.is_due()
    clock.turn(days=40)
    arrive(Patient(encounter=KNEE))
    job.run()
    for id in ids:
        services.persons.erase(id, NOBODY)
    assert rows(back(ana), "regions", days="90") == {"regions": ["inquiries"], "lower_back": ["6"], "knee": ["under 5"]}


def test_a_day_is_counted_again_while_it_may_change(
    ana: Browser, arrive: Arrive, clock: TurnableClock, job: Counting
) -> None:
    ids = [arrive(Patient(encounter=backache())) for _ in range(5)]
    clock.turn(days=1)
    job.run()
    assert rows(back(ana), "start")["booked"] == ["0"]
    for id in ids:
        ana.act(id, "calls", outcome="booked")
    clock.turn(days=1)
    job.run()
    assert rows(back(ana), "start")["booked"] == ["5"]


def test_no_count_names_a_conversation(arrive: Arrive, clock: TurnableClock, job: Counting, database: Database) -> None:
    id = arrive(Patient(encounter=backache(request=asked_for("Mary Ng", "+16045550123"))))
    clock.turn(days=1)
    job.run()
    with database.read() as connection:
        kept = str(connection.execute(select(tables.report_counts)).all())
    assert "lower_back" in kept
    assert id not in kept
    assert "Ng" not in kept


def test_the_job_counts_what_is_due_and_collects_every_time(
    arrive: Arrive, clock: TurnableClock, job: Counting, services: DeskServices
) -> None:
    arrive(Patient(encounter=backache()))
    clock.turn(days=1)
    collected: list[bool] = []
    beside = DailyCounting(job, lambda: collected.append(job.is_due()))
    beside.once()
    beside.once()
    assert collected == [False, False]
    kept = services.reports.days.book.kept((Counted.REGIONS,), TODAY, TODAY)
    assert kept[Counted.REGIONS] == {"lower_back": 1}
