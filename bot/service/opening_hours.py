"""When the clinic is open: what hours remain, and when the next ones begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.settings.hours import OpenSpan

FARTHEST = 60
"""Days to look ahead; a clinic that opens on none of them has no opening hours."""


@dataclass(frozen=True)
class OpeningHours:
    """The clinic's weekly hours less the days it is closed."""

    spans: tuple[OpenSpan, ...]
    closed_on: frozenset[date]
    zone: ZoneInfo

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is at the desk."""
        return any(opens <= moment < closes for opens, closes in self._on(self._day(moment)))

    def next_opening(self, moment: datetime) -> datetime | None:
        """When the desk opens next, from this moment on; the moment itself while it is open."""
        return next((max(opens, moment) for opens, closes in self._from(moment) if closes > moment), None)

    def after(self, moment: datetime, *, open_for: timedelta) -> datetime | None:
        """When the desk has been open for so long since the moment."""
        left = open_for
        for opens, closes in self._from(moment):
            begins = max(opens, moment)
            if closes - begins >= left:
                return begins + left
            left -= max(closes - begins, timedelta())
        return None

    def end_of_next_day(self, moment: datetime) -> datetime | None:
        """When the desk closes on the next day that it opens, the day of the moment left out."""
        today = self._day(moment)
        for ahead in range(1, FARTHEST):
            spans = list(self._on(today + timedelta(days=ahead)))
            if spans:
                return spans[-1][1]
        return None

    def closed_since(self, moment: datetime) -> datetime:
        """When the desk closed last, this moment's own day counted only once it is over; else a day before."""
        today = self._day(moment)
        for back in range(FARTHEST):
            spans = list(self._on(today - timedelta(days=back)))
            if spans and spans[-1][1] <= moment:
                return spans[-1][1]
        return moment - timedelta(days=1)

    def _from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        today = self._day(moment)
        for ahead in range(FARTHEST):
            yield from self._on(today + timedelta(days=ahead))

    def _on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The hours of a day as moments in UTC, so that what lies between them is real time."""
        if day in self.closed_on:
            return
        for span in self.spans:
            if span.weekday == day.weekday():
                begins, ends = (datetime.combine(day, at, self.zone) for at in (span.opens, span.closes))
                yield begins.astimezone(UTC), ends.astimezone(UTC)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
