"""Tells whoever is on duty, by mail and without a clinical word, that an urgent inquiry waits and nobody opens it.

Each step is a row of its own, written once with its mail: a restart neither forgets a step nor repeats one. After a
pause of the whole service one mail goes out for all the steps that were missed.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.service.desk_watch import SHOWN, Unopened
from bot.service.opening_hours import OpeningHours
from bot.service.ports import Clock
from bot.service.threads import Threads
from bot.service.trouble import where

log = logging.getLogger("needlepoint.escalating")
LOOK = 15.0
"""Seconds between looks."""
STEPS = (5, 15, 30)
"""Minutes that it has waited unopened."""
AT_ONCE = 0


@dataclass(frozen=True)
class DutyMail:
    """One mail to whoever is on duty; `address` is None where there is nobody to write to."""

    id: str
    address: str | None
    link: str


class EscalationBook(Protocol):
    """Urgent inquiries that nobody opens, and the steps that were taken."""

    def unopened(self, *, limit: int) -> tuple[Unopened, ...]:
        """Urgent inquiries that nobody has opened since their patient last wrote."""
        ...

    def escalate(self, one: Unopened, steps: tuple[int, ...], *, mail: DutyMail, now: datetime) -> bool:
        """Keep these steps and queue the mail, if the last of them is new; whether it was."""
        ...


def steps_due(since: datetime, now: datetime, hours: OpeningHours) -> tuple[int, ...]:
    """The steps that are due: outside opening hours the first is at once, for nobody sits at the desk."""
    first = () if hours.is_open(since) else (AT_ONCE,)
    return (*first, *(step for step in STEPS if now - since >= timedelta(minutes=step)))


class Escalating:
    """Runs beside the requests."""

    name = "escalating"

    def __init__(
        self,
        *,
        book: EscalationBook,
        hours: OpeningHours,
        address: str | None,
        mailed: Callable[[], None],
        threads: Threads,
        clock: Clock,
        new_id: Callable[[], str],
        look: float = LOOK,
    ) -> None:
        self._book = book
        self._hours = hours
        self._address = address
        self._mailed = mailed
        self._threads = threads
        self._clock = clock
        self._new_id = new_id
        self._look = look

    async def run(self) -> None:
        """What came due while nothing ran is told at once; the steps taken are kept."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001  # it must go on when the store is broken for a while
                log.warning("urgent inquiries could not be looked at: %s", where(error))
            await asyncio.sleep(self._look)

    async def sweep(self) -> int:
        """Take the steps that are due; for how many inquiries there was a new one."""
        now = self._clock.now()
        waiting = await self._threads.run(self._book.unopened, limit=SHOWN)
        taken = sum([await self._escalate(one, now) for one in waiting])
        if taken:
            self._mailed()
        return taken

    async def _escalate(self, one: Unopened, now: datetime) -> bool:
        steps = steps_due(one.since, now, self._hours)
        if not steps:
            return False
        mail = DutyMail(self._new_id(), self._address, f"/desk/inquiries/{one.inquiry_id}")
        return await self._threads.run(self._book.escalate, one, steps, mail=mail, now=now)
