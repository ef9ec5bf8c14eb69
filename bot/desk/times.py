"""Times as the desk shows them: in the clinic's time zone, with the moment in UTC beside it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from zoneinfo import ZoneInfo

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True)
class Times:
    """Shows moments to staff of a clinic in this zone, as of now."""

    zone: ZoneInfo
    now: datetime

    def local(self, moment: datetime) -> str:
        """The clinic's own date and time; only the time for today."""
        here = moment.astimezone(self.zone)
        day = here.date()
        clock = f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"
        today = self.now.astimezone(self.zone).date()
        if day == today:
            return clock
        year = "" if day.year == today.year else f" {day.year}"
        return f"{here:%a} {day.day} {here:%b}{year}, {clock}"

    def day(self, moment: datetime) -> str:
        """The clinic's own date and time with the year, as a paper needs it that is read on another day."""
        here = moment.astimezone(self.zone)
        return f"{here:%Y-%m-%d %H:%M}"

    def utc(self, moment: datetime) -> str:
        """The moment in UTC."""
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"

    def machine(self, moment: datetime) -> str:
        """The moment for the `datetime` attribute."""
        return moment.astimezone(UTC).isoformat()

    def due(self, moment: datetime) -> str:
        """How long there is until then, or how long ago it was, in one unit."""
        left = moment - self.now
        return f"late by {_one_unit(-left)}" if left < timedelta() else f"answer within {_one_unit(left)}"

    def is_late(self, moment: datetime) -> bool:
        """Whether it is past."""
        return moment < self.now

    def waiting(self, since: datetime) -> str:
        """How long ago that was, in the two largest units."""
        minutes = int(max(self.now - since, timedelta()).total_seconds() // 60)
        if minutes < HOUR:
            return f"{minutes} min"
        if minutes < DAY:
            return f"{minutes // HOUR} h {minutes % HOUR} min"
        return f"{minutes // DAY} d {minutes % DAY // HOUR} h"


WEEK = 7 * DAY
"""Where the scale of waiting times ends."""


def span(minutes: int) -> str:
    """So many minutes in one unit that is told without a part."""
    return _one_unit(timedelta(minutes=minutes))


def on_scale(minutes: int) -> str:
    """Where so many minutes stand on a scale from a minute to a week, in percent: minutes, hours and days alike."""
    return f"{100 * log(max(minutes, 1)) / log(WEEK):.1f}" if minutes < WEEK else "100"


def _one_unit(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 2 * HOUR:
        return f"{minutes} min"
    return f"{minutes // HOUR} h" if minutes < 2 * DAY else f"{minutes // DAY} d"
