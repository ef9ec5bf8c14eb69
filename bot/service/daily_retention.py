"""The retention job beside the requests: once a day, at night, with the disk tidied when no patient is writing."""

import asyncio
import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.service.retaining import NIGHT, Retaining
from bot.service.trouble import where

log = logging.getLogger("needlepoint.retention")
LOOK = 600.0
"""Seconds between looks whether it is time."""


@dataclass
class DailyRetention:
    """Runs the job beside the requests."""

    name = "retention"

    job: Retaining
    zone: ZoneInfo
    look: float = LOOK

    async def run(self) -> None:
        """The first look comes after a while, for a start has other things to do; what is not done is done later."""
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
