"""Looks after chats that staff took and left: no patient waits long for an answer that does not come."""

import asyncio
import logging

from bot.service.takeover import Takeover
from bot.service.trouble import where

log = logging.getLogger("needlepoint.attending")
LOOK = 15.0
"""Seconds between looks."""


class Attending:
    """Runs beside the requests."""

    name = "attending"

    def __init__(self, takeover: Takeover, *, look: float = LOOK) -> None:
        self._takeover = takeover
        self._look = look

    async def run(self) -> None:
        """Chats that were left while nothing ran are handed back at once; who writes where is kept."""
        while True:
            try:
                await self._takeover.sweep()
            except Exception as error:  # noqa: BLE001  # it must go on when the store is broken for a while
                log.warning("chats that staff have left could not be looked at: %s", where(error))
            await asyncio.sleep(self._look)
