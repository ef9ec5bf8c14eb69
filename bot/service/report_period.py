"""The period a report is about, as its address names it: the last so many days, or from one day to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import NotUnderstood

LAST = (7, 30, 90)
USUAL = 30
LONGEST = 3 * 366
"""Days that one report may be about."""


class BadPeriod(NotUnderstood):
    """The address names no period; `reason` names the words for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Period:
    """From one day to another, both counted; `last_days` where it was asked for so."""

    first: date
    last: date
    last_days: int | None = None

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The period as the address has it."""
        if self.last_days:
            return (("days", str(self.last_days)),)
        return (("from", str(self.first)), ("to", str(self.last)))


def read_period(asked: Mapping[str, str], *, today: date) -> Period:
    """The period an address asks for; BadPeriod where it asks for none that can be."""
    first, last = asked.get("from", "").strip(), asked.get("to", "").strip()
    if first or last:
        return _between(_day(first), _day(last) if last else today, today)
    return last_days(asked.get("days", "").strip() or str(USUAL), today=today)


def last_days(days: str, *, today: date) -> Period:
    """The last so many days, today among them."""
    if days not in map(str, LAST):
        raise BadPeriod("days")
    return Period(today - timedelta(days=int(days) - 1), today, int(days))


def _between(first: date, last: date, today: date) -> Period:
    if first > last:
        raise BadPeriod("order")
    if last > today:
        raise BadPeriod("future")
    if (last - first).days >= LONGEST:
        raise BadPeriod("long")
    return Period(first, last)


def _day(value: str) -> date:
    """A day as YYYY-MM-DD; other ways of writing one are read differently by different people."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise BadPeriod("date") from None
    if len(value) != len("2026-11-22") or day.year < 2000:
        raise BadPeriod("date")
    return day
