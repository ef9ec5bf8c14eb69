"""The daily job of the reports: every day that is over is counted, and again while it may still change."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.service.ports import Clock
from bot.service.report_days import Days
from bot.service.report_records import Counted
from bot.service.trouble import where

log = logging.getLogger("needlepoint.reports")
FIRST_LOOK, LOOK = 30.0, 600.0
"""Seconds before the first look and between the others."""
SETTLES = 28
"""Days after which a day's counts stand: by then people are called and booked, and the first chats are erased."""


@dataclass(frozen=True)
class Counting:
    """Counts the days that are over; `settles` is fewer days than anything is kept."""

    days: Days
    clock: Clock
    settles: int = SETTLES

    def is_due(self) -> bool:
        """A day has ended since it ran last."""
        counted = self.days.book.counted_until()
        return counted is None or counted.astimezone(self.days.zone).date() < self._today()

    def run(self) -> int:
        """Count what is over and may have changed, day by day; how many days."""
        first, today, now = self._first(), self._today(), self.clock.now()
        days = [first + timedelta(days=n) for n in range((today - first).days)]
        for day in days:
            counts = self.days.count(day, list(Counted), now=now)
            self.days.book.keep(day, counts, until=self.days.begins(day + timedelta(days=1)))
        if not days:
            self.days.book.keep(today - timedelta(days=1), {}, until=self.days.begins(today))
        return len(days)

    def _first(self) -> date:
        """The first day to count; days that stand are left alone, for some of their chats are erased by now."""
        book, today = self.days.book, self._today()
        counted, began = book.counted_until(), book.began()
        if counted is None:
            return began.astimezone(self.days.zone).date() if began else today
        return min(counted.astimezone(self.days.zone).date(), today - timedelta(days=self.settles))

    def _today(self) -> date:
        return self.clock.now().astimezone(self.days.zone).date()


@dataclass
class DailyCounting:
    """Runs the job, and what is collected in small pieces, beside the requests."""

    name = "reports"

    job: Counting
    collect: Callable[[], None]
    first_look: float = FIRST_LOOK
    look: float = LOOK

    async def run(self) -> None:
        """The first look comes after a while, for a start has other things to do; a day left out is counted later."""
        await asyncio.sleep(self.first_look)
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Exception as error:  # noqa: BLE001  # a day that cannot be counted now is counted by a later look
                log.warning("reports wait: %s", where(error))
            await asyncio.sleep(self.look)

    def once(self) -> None:
        """What is to be done now, if anything."""
        if self.job.is_due():
            log.info("reports: %d days counted", self.job.run())
        self.collect()
