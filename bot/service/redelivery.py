"""Messages that are kept but wait for their real reply get it, in order and once, when rasa is there again."""

import asyncio
import logging
from datetime import timedelta

from bot.errors import StorageError
from bot.service.answering import Answering
from bot.service.ports import Clock, Ledger
from bot.service.threads import Threads
from bot.service.trouble import where
from bot.service.turnstile import Turnstile

log = logging.getLogger("needlepoint.redelivery")
BATCH = 50
IN_FLIGHT = timedelta(seconds=10)
"""A message received so recently is most likely being answered now, perhaps by another process."""
SWEEP = 30.0
"""Seconds between looks for messages that another process left behind."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between attempts while rasa or the store stays down."""


class Redelivery:
    """Runs beside the requests; `wake` tells it that something is owed."""

    name = "redelivery"

    def __init__(
        self, *, ledger: Ledger, threads: Threads, answering: Answering, turnstile: Turnstile, clock: Clock
    ) -> None:
        self._ledger = ledger
        self._threads = threads
        self._answering = answering
        self._turnstile = turnstile
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something is owed: look soon."""
        self._woken.set()

    async def run(self) -> None:
        """What an earlier process left unanswered is picked up first; what is owed at the end stays in the ledger."""
        failures = 0
        in_flight = timedelta()
        while True:
            self._woken.clear()
            if await self._swept(in_flight):
                in_flight, failures = IN_FLIGHT, 0
                await self._until_woken()
            else:
                await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1

    async def sweep(self, *, in_flight: timedelta = IN_FLIGHT) -> bool:
        """Answer what is owed; whether everything that was found is answered now."""
        before = self._clock.now() - in_flight
        sessions = await self._threads.run(self._ledger.owed, received_by=before, limit=BATCH)
        settled = [await self._settle(session_id) for session_id in sessions]
        return all(settled) and len(sessions) < BATCH

    async def _swept(self, in_flight: timedelta) -> bool:
        try:
            return await self.sweep(in_flight=in_flight)
        except StorageError as error:
            log.warning("redelivery waits: %s", where(error))
            return False

    async def _settle(self, session_id: str) -> bool:
        try:
            async with self._turnstile.turn(session_id):
                await self._answering.settle_owed(session_id)
        except Exception as error:  # noqa: BLE001  # one conversation that cannot be answered must not stop the others
            log.warning("session %s is still owed a reply: %s", session_id, where(error))
            return False
        return True

    async def _until_woken(self) -> None:
        try:
            async with asyncio.timeout(SWEEP):
                await self._woken.wait()
        except TimeoutError:
            return
