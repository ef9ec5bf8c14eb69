"""A web process that has kept a message and waits for a rasa that never answers: run it, then kill it."""

import asyncio
import sys
from typing import NoReturn

from bot.knowledge import load_protocol
from bot.service.records import Incoming
from bot.store.transaction import Database
from tests.service.clinic import clinic_on


class Hanging:
    """A rasa that says that it was asked, and nothing more."""

    async def turn(self, _: object) -> NoReturn:
        """Never."""
        sys.stdout.write("in the turn\n")
        sys.stdout.flush()
        await asyncio.Event().wait()
        raise AssertionError("nobody sets the event")


async def hang(address: str, text: str) -> None:
    """Open a session, say its id, and take one message."""
    clinic = clinic_on(Database(address), load_protocol(), turns=Hanging())
    session = await clinic.session()
    sys.stdout.write(f"{session}\n")
    sys.stdout.flush()
    await clinic.conversations.take(session, Incoming("one", text))


if __name__ == "__main__":
    asyncio.run(hang(*sys.argv[1:]))
