"""The morning list: since when, in which order, with what to do."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.clinical.vocabulary import Disposition
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged

Arrive = Callable[[Patient], str]
FRIDAY_EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 16, 55, tzinfo=UTC)


def test_it_lists_what_came_in_since_closing_most_urgent_first(
    work: Callable[[str], Browser], arrive: Arrive, clock: TurnableClock
) -> None:
    clock.moment = FRIDAY_EVENING.replace(hour=0, minute=30)
    arrive(Patient(encounter=backache(request=asked_for("Before Closing", "+16045550101"))))
    clock.moment = FRIDAY_EVENING
    arrive(Patient(encounter=backache(request=asked_for("Kim Routine", "+16045550102"))))
    arrive(Patient(encounter=flagged(Disposition.SAME_DAY, request=asked_for("Lee Today", "+16045550103"))))
    clock.moment = MONDAY_MORNING
    page = work("Ana").read("/desk/morning")
    assert "since Fri 20 Nov, 5:00 pm" in page
    assert "Before Closing" not in page
    assert page.index("Lee Today") < page.index("Kim Routine")
    for words in ("+1 604-555-0103", "Call today, before the others.", "Call to book the examination."):
        assert words in page


def test_what_is_done_is_not_on_it(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=backache(request=asked_for("Kim Done", "+16045550102"))))
    assert "Kim Done" in ana.read("/desk/morning")
    ana.act(id, "status", status="booked", version="0")
    assert "Nothing came in since then." in ana.read("/desk/morning")


def test_reading_it_leaves_an_audit_line(
    ana: Browser, arrive: Arrive, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    arrive(Patient(encounter=backache()))
    ana.open("/desk/morning")
    assert ("morning_list.read", None) in audited()
