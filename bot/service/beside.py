"""What runs beside the requests: one task for each, started, stopped, and never gone without a word."""

import asyncio
import logging
from typing import Protocol

from bot.service.trouble import where

log = logging.getLogger("needlepoint.beside")


class Beside(Protocol):
    """Something that runs beside the requests, such as redelivery."""

    name: str

    async def run(self) -> None:
        """Go on until it is cancelled, leaving what is not done for the next process."""
        ...


class BesideTask:
    """The task that it runs as."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._beside.run(), name=self._beside.name)
        self._task.add_done_callback(_tell)

    async def stop(self) -> None:
        """End, and wait until it has ended."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None


def _tell(task: asyncio.Task[None]) -> None:
    """Say that it died by itself, for nothing it should do is done until the next start."""
    error = None if task.cancelled() else task.exception()
    if error:
        log.error("%s has ended: %s", task.get_name(), where(error))
