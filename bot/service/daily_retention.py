"""The retention job beside the requests: once a day, at night, with the disk tidied when no patient is writing."""

import asyncio
import logging
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.service.retaining import NIGHT, Retaining
from bot.service.trouble import where

log = logging.getLogger("needlepoint.retention")
LOOK = 600.0
"""Seconds between looks whether it is time."""


@dataclass
class DailyRetention:
    """Runs the job beside the requests."""

    job: Retaining
    zone: ZoneInfo
    look: float = LOOK
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    def start(self) -> None:
        """Begin; the first look comes after a while, for a start has other things to do."""
        self._task = asyncio.create_task(self._run(), name="retention")

    async def stop(self) -> None:
        """End; what is not done is done by the next run."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self.look)
            try:
                await asyncio.to_thread(self.once)
            except Exception as error:  # noqa: BLE001  # one person who cannot be erased must not end it for good
                log.warning("retention waits: %s", where(error))

    def once(self) -> None:
        """What is to be done now, if anything."""
        if self.job.is_due(self.zone):
            erased = self.job.run()
            log.info("retention: %s", dict(erased))
        if self.job.clock.now().astimezone(self.zone).hour in NIGHT:
            self.job.tidy()
