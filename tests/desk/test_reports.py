"""Reports: figures of a few made patients counted by hand, small numbers never told, plots that stand on their own."""

import csv
import io
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from bot.clinical.encounter import Encounter, FindingRecord
from bot.clinical.vocabulary import Disposition, Finding, Presence, Region
from bot.service.desk import DeskServices
from bot.service.report_counting import Counting, DailyCounting
from bot.service.report_period import BadPeriod, read_period
from bot.service.report_records import Counted
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import PASSWORD, TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import NOBODY
from tests.desk.talks import Turn, talk

Arrive = Callable[[Patient], str]
TODAY = date(2026, 11, 22)
SUBJECTS = [one.value for one in Counted]
KNEE = backache(regions=(Region.KNEE,), findings=(FindingRecord(Finding.SWELLING, Presence.PRESENT),))


@pytest.fixture
def counted(services: DeskServices, clock: TurnableClock) -> Callable[[Counted], dict[str, int]]:
    """What is counted of today, before anything is left out of it."""
    days = services.reports.days
    return lambda subject: dict(days.count(TODAY, [subject], now=clock.now())[subject])


@pytest.fixture
def job(services: DeskServices, clock: TurnableClock) -> Counting:
    """The daily job."""
    return Counting(services.reports.days, clock)


def back(browser: Browser) -> Browser:
    """Ana, signed in again after a long time."""
    browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    return browser


def rows(browser: Browser, subject: str, **period: str) -> dict[str, list[str]]:
    """A report as its CSV file has it."""
    answer = browser.submit(f"/desk/reports/{subject}/csv", page="/desk/reports", **(period or {"days": "7"}))
    assert answer.status_code == 200
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.text))}


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


def test_small_numbers_are_told_nowhere(ana: Browser, arrive: Arrive) -> None:
    for _ in range(7):
        arrive(Patient(encounter=backache()))
    arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    assert rows(ana, "levels")["emergency"] == ["under 5"]
    assert rows(ana, "levels")["total"] == ["about 10"]
    page = ana.read("/desk/reports/levels")
    assert "Emergencyunder 5" in page.replace("Emergency under", "Emergencyunder")
    assert "about 10" in page


def test_the_agreement_page_suppresses_too_and_refers_to_no_single_judgement(ana: Browser, arrive: Arrive) -> None:
    ana.act(arrive(Patient(encounter=backache())), "judge", verdict="agree", heard="1", version="0")
    page = ana.read("/desk/agreement")
    assert "under 5" in page
    assert rows(ana, "agreement") == {
        "agreement": ["agree", "higher", "lower"],
        "physio_exam": ["under 5", "0", "0"],
    }


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_plot_is_well_formed_named_and_coloured_by_the_style_sheet_alone(
    ana: Browser, arrive: Arrive, database: Database, clock: TurnableClock, subject: str
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.SAME_DAY, regions=(Region.NECK, Region.KNEE))))
    ana.act(id, "judge", verdict="agree", heard="1", version="0")
    talk(database, (Turn("my back", "safety.first"),), at=clock.now())
    clock.turn(minutes=30)
    page = back(ana).open(f"/desk/reports/{subject}").text
    plots = [f"<svg{part.partition('</svg>')[0]}</svg>" for part in page.split("<svg")[1:]]
    assert plots
    for plot in plots:
        drawn = ElementTree.fromstring(plot)
        assert drawn.get("role") == "img"
        assert [one.tag for one in drawn][:2] == ["title", "desc"]
        assert not any(one.tag == "script" or "style" in one.attrib for one in drawn.iter())
    assert "style=" not in page
    assert "<table" in page


BAD = [
    ("from=x", "is no day"),
    ("from=2026-13-01", "is no day"),
    ("from=20261101", "is no day"),
    ("from=2026-11-20&to=2026-11-01", "after the last"),
    ("from=2026-11-20&to=2026-12-01", "not come yet"),
    ("from=2010-01-01&to=2026-11-01", "three years"),
    ("days=12", "7, 30 or 90"),
    ("to=2026-11-01", "is no day"),
]


@pytest.mark.parametrize(("query", "told"), BAD)
def test_a_bad_period_is_told_and_the_usual_one_is_shown(ana: Browser, query: str, told: str) -> None:
    answer = ana.open(f"/desk/reports?{query}")
    assert answer.status_code == 400
    assert told in answer.text
    assert "2026-10-24 to 2026-11-22" in answer.text
    with pytest.raises(BadPeriod):
        read_period(dict(part.split("=") for part in query.split("&")), today=TODAY)


def test_a_period_holds_both_its_days(ana: Browser, arrive: Arrive, clock: TurnableClock) -> None:
    for _ in range(5):
        arrive(Patient(encounter=backache()))
    clock.turn(days=1)
    back(ana)
    day = {"from": "2026-11-22", "to": "2026-11-22"}
    assert rows(ana, "regions", **day)["lower_back"] == ["5"]
    assert rows(ana, "regions", **{"from": "2026-11-23", "to": "2026-11-23"}) == {"regions": ["inquiries"]}


def test_what_is_not_counted_yet_is_told(ana: Browser, arrive: Arrive, clock: TurnableClock, job: Counting) -> None:
    arrive(Patient(encounter=backache()))
    clock.turn(days=6)
    assert "up to 2026-11-25 is still being counted" in back(ana).read("/desk/reports?days=30")
    job.run()
    assert "still being counted" not in ana.read("/desk/reports?days=30")


def test_every_look_and_every_file_leaves_a_line(
    ana: Browser, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    ana.open("/desk/reports/findings")
    rows(ana, "findings")
    assert ("report.read", None) in audited()
    assert audited()[-1] == ("report.exported", None)


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
