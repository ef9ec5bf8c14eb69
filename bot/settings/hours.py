"""Opening hours as a setting: `mon-fri 9:00-17:00; sat 9:00-13:00`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? (\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class OpenSpan:
    """Open from then to then on one weekday, 0 for Monday, by the clinic's clock."""

    weekday: int
    opens: time
    closes: time


def read_hours(value: str) -> tuple[OpenSpan, ...]:
    """The spans in the order of the week; ValueError when the text is no hours."""
    parts = [part.strip().lower() for part in value.split(";") if part.strip()]
    return tuple(sorted((span for part in parts for span in _spans(part)), key=lambda span: (span.weekday, span.opens)))


def read_dates(value: str) -> tuple[date, ...]:
    """Dates such as 2026-12-25 2026-12-26."""
    try:
        return tuple(date.fromisoformat(word) for word in value.replace(",", " ").split())
    except ValueError:
        raise ValueError("must be dates such as 2026-12-25 2026-12-26") from None


def _spans(part: str) -> list[OpenSpan]:
    found = _PART.fullmatch(part)
    if found is None or found[1] not in DAYS or (found[2] or found[1]) not in DAYS:
        raise ValueError("must be hours such as mon-fri 9:00-17:00; sat 9:00-13:00")
    first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
    opens, closes = _time(found[3], found[4]), _time(found[5], found[6])
    if last < first or closes <= opens:
        raise ValueError("has days or hours that end before they begin")
    return [OpenSpan(day, opens, closes) for day in range(first, last + 1)]


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"has {hour}:{minute}, which is no time of day") from None


def hours_by_day(spans: tuple[OpenSpan, ...]) -> dict[str, str]:
    """The hours of each weekday as one line, empty when closed."""
    lines = dict.fromkeys(DAYS, "")
    for span in spans:
        day = DAYS[span.weekday]
        hours = f"{span.opens.hour}:{span.opens:%M}-{span.closes.hour}:{span.closes:%M}"
        lines[day] = f"{lines[day]}, {hours}" if lines[day] else hours
    return lines


def hours_of_days(lines: Mapping[str, str]) -> str:
    """The setting that gives each weekday the hours of its line."""
    parts = [(day, part.replace(" ", "").replace("–", "-")) for day in lines for part in lines[day].split(",")]
    return "; ".join(f"{day} {part}" for day, part in parts if part)
