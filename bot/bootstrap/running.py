"""What runs beside the requests: started once the database is migrated, stopped without losing what is owed."""

import asyncio
import logging
from collections.abc import Sequence

from bot.errors import StorageError
from bot.outside.rasa import RasaTurns
from bot.service.beside import Beside, BesideTask
from bot.service.threads import Threads
from bot.store.schema import upgrade
from bot.store.transaction import Database

log = logging.getLogger("needlepoint")
MIGRATION_PAUSE = 2.0


class Running:
    """Starts and stops what runs beside the requests."""

    def __init__(
        self, beside: Sequence[Beside], *, rasa: RasaTurns, threads: Threads, database: Database, address: str
    ) -> None:
        self._beside = [BesideTask(one) for one in beside]
        self._rasa = rasa
        self._threads = threads
        self._database = database
        self._address = address
        self._migrating: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Migrate the database and begin the rest; a database that is down is waited for beside the requests."""
        if await self._migrated():
            self._begin()
        else:
            self._migrating = asyncio.create_task(self._until_migrated())

    async def stop(self) -> None:
        """End what runs, leaving what is owed in the ledger."""
        if self._migrating:
            self._migrating.cancel()
        for one in self._beside:
            await one.stop()
        await self._rasa.close()
        self._threads.close()
        self._database.close()

    def _begin(self) -> None:
        for one in self._beside:
            one.start()

    async def _until_migrated(self) -> None:
        while not await self._migrated():
            await asyncio.sleep(MIGRATION_PAUSE)
        self._begin()

    async def _migrated(self) -> bool:
        try:
            await asyncio.to_thread(upgrade, self._address, key=self._database.key)
        except StorageError as error:
            log.error("the database cannot be used yet: %s", error)
            return False
        return True
