"""Opening hours, and by when an inquiry is to be answered."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.service.escalating import steps_due
from bot.service.opening_hours import OpeningHours
from bot.settings.hours import read_dates, read_hours

VANCOUVER = ZoneInfo("America/Vancouver")
HOURS = OpeningHours(read_hours("mon-fri 9:00-17:00; sat 10:00-12:00"), frozenset({date(2026, 12, 25)}), VANCOUVER)


def at(text: str) -> datetime:
    """A moment by the clinic's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=VANCOUVER).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23T09:00", True, "2026-11-23T09:00"),
        ("2026-11-23T16:59", True, "2026-11-23T16:59"),
        ("2026-11-23T17:00", False, "2026-11-24T09:00"),
        ("2026-11-28T12:00", False, "2026-11-30T09:00"),
        ("2026-12-24T18:00", False, "2026-12-26T10:00"),
        ("2026-12-25T10:00", False, "2026-12-26T10:00"),
    ],
)
def test_the_next_opening_skips_nights_sundays_and_closed_days(moment: str, is_open: bool, opens: str) -> None:
    assert HOURS.is_open(at(moment)) == is_open
    assert HOURS.next_opening(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-23T10:00", "2026-11-23T11:00"),
        ("2026-11-23T16:30", "2026-11-24T09:30"),
        ("2026-11-28T11:30", "2026-11-30T09:30"),
        ("2026-11-29T03:00", "2026-11-30T10:00"),
    ],
)
def test_an_hour_of_opening_time_goes_on_the_next_day(moment: str, due: str) -> None:
    assert HOURS.after(at(moment), open_for=timedelta(hours=1)) == at(due)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-23T10:00", "2026-11-24T17:00"),
        ("2026-11-27T20:00", "2026-11-28T12:00"),
        ("2026-11-28T13:00", "2026-11-30T17:00"),
    ],
)
def test_the_next_opening_day_ends_when_it_closes(moment: str, due: str) -> None:
    assert HOURS.end_of_next_day(at(moment)) == at(due)


def test_hours_are_real_time_when_the_clocks_change() -> None:
    always = OpeningHours(read_hours("mon-sun 0:00-23:59"), frozenset(), VANCOUVER)
    start = at("2026-11-01T00:30")
    assert always.after(start, open_for=timedelta(hours=3)) == start + timedelta(hours=3)


def test_a_clinic_that_never_opens_promises_nothing() -> None:
    never = OpeningHours((), frozenset(), VANCOUVER)
    assert never.next_opening(at("2026-11-23T10:00")) is None
    assert never.after(at("2026-11-23T10:00"), open_for=timedelta(hours=1)) is None


@pytest.mark.parametrize("text", ["monday 9-5", "mon 9:00", "mon 25:00-26:00", "fri-mon 9:00-17:00", "mon 17:00-9:00"])
def test_a_text_that_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|has"):
        read_hours(text)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="dates such as"):
        read_dates("christmas")


@pytest.mark.parametrize(
    ("since", "minutes", "steps"),
    [
        ("2026-11-23T10:00", 4, ()),
        ("2026-11-23T10:00", 5, (5,)),
        ("2026-11-23T10:00", 16, (5, 15)),
        ("2026-11-23T10:00", 90, (5, 15, 30)),
        ("2026-11-23T22:00", 0, (0,)),
        ("2026-11-23T22:00", 31, (0, 5, 15, 30)),
    ],
)
def test_whoever_is_on_duty_is_told_in_steps_and_outside_hours_at_once(
    since: str, minutes: int, steps: tuple[int, ...]
) -> None:
    assert steps_due(at(since), at(since) + timedelta(minutes=minutes), HOURS) == steps
