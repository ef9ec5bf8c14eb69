"""The pages of reports: small numbers never told, plots that stand on their own, periods, a line for every look."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from bot.clinical.vocabulary import Disposition, Region
from bot.service.report_counting import Counting
from bot.service.report_period import BadPeriod, read_period
from bot.service.report_records import Counted
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, backache, flagged
from tests.desk.report_rows import TODAY, back, rows
from tests.desk.talks import Turn, talk

Arrive = Callable[[Patient], str]

SUBJECTS = [one.value for one in Counted]


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
