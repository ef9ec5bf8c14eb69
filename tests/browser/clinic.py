"""A clinic for browser tests: the real web application on scripted conversations, on a free loopback port."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from bot.clinical.protocol import RegionFacts
from bot.errors import Conflict, Forbidden, StorageError
from bot.service.records import Incoming, Opened, StoredReply
from bot.settings import demo
from bot.web.app import create_app
from bot.web.parts import Parts, PartState
from tests.browser.doors import Doors
from tests.browser.script import HELP_NOW, NOTICE, answer
from tests.browser.script_parts import Body, message
from tests.web.fakes import FakeSummaries

PLACE = RegionFacts("ca-bc", "British Columbia", "Canada", "911", "8-1-1", "9-8-8", "a walk-in clinic", 19)
SIGNPOST = {**message("I could not save your message just now. If this can't wait, call 911."), "kind": "emergency"}


class ScriptedConversations:
    """Answers from the script; remembers what it took, and fails when told to."""

    def __init__(self) -> None:
        self._epoch = 0
        self.doors = Doors(self)
        self.reset()

    def reset(self) -> None:
        """As new: no sessions, no messages, no faults."""
        self._epoch += 1
        self.doors.reset()
        self.taken: list[Incoming] = []
        self.attempts: list[str] = []
        self.opened = 0
        self.faults: list[Exception] = []
        self.pause = 0.0
        self.first_valid = 1
        self._answers: dict[tuple[str, str], tuple[StoredReply, ...]] = {}
        self._late: dict[str, list[StoredReply]] = {}
        self._count = 0

    async def open(self, *, channel: str, language: str) -> Opened:
        """A new session with the notice."""
        self._fail_when_told()
        self.opened += 1
        return Opened(f"s{self.opened}", f"token-{self.opened}", (self._stored(NOTICE),))

    async def take(self, session_id: str, incoming: Incoming) -> tuple[StoredReply, ...]:
        """The scripted replies; the same ones for the same id."""
        self.attempts.append(incoming.id)
        await self._pause()
        self._fail_when_told()
        known = (session_id, incoming.id)
        if known not in self._answers:
            self.taken.append(incoming)
            replies = tuple(self._stored(body) for body in answer(incoming.text, incoming.choices))
            self._answers[known] = replies
        return self._answers[known]

    async def encounter(self, session_id: str) -> Mapping[str, Any]:
        """Nothing is known here."""
        return {}

    async def subscribe(self, session_id: str, *, after: int | None = None) -> AsyncIterator[StoredReply]:
        """Late replies with a higher number than `after`, soon after they were said."""
        seen = after or 0
        while True:
            for reply in [one for one in self._late.get(session_id, []) if one.seq > seen]:
                seen = reply.seq
                yield reply
            await asyncio.sleep(0.05)

    def session_of(self, token: str) -> str:
        """The session of a token that is still good."""
        number = int(token.removeprefix("token-"))
        if number < self.first_valid:
            raise Forbidden("the token opens no session")
        return f"s{number}"

    def signpost(self) -> tuple[StoredReply, ...]:
        """Where to turn."""
        return (self._stored(SIGNPOST),)

    def say_later(self, body: Body, *, session: str = "s1") -> None:
        """Staff answer, or a late reply, to a session."""
        self._late.setdefault(session, []).append(self._stored(body))

    def end_sessions(self) -> None:
        """No token given so far opens anything any more."""
        self.first_valid = self.opened + 1

    def lose_database(self, *, times: int) -> None:
        """The next requests cannot be stored; what is urgent in them is told all the same."""
        self.faults += [StorageError("gone", replies=(self._stored(HELP_NOW),)) for _ in range(times)]

    def refuse_as_stale(self) -> None:
        """The next choice is not on offer any more."""
        self.faults.append(Conflict("this question is no longer open"))

    async def _pause(self) -> None:
        """Take as long as told; what an earlier test left behind is not taken at all."""
        epoch = self._epoch
        await asyncio.sleep(self.pause)
        if epoch != self._epoch:
            raise StorageError("of another test")

    def _fail_when_told(self) -> None:
        if self.faults:
            raise self.faults.pop(0)

    def _stored(self, body: Body) -> StoredReply:
        self._count += 1
        return StoredReply(f"r{self._count}", json.dumps({"id": f"r{self._count}", **body}), self._count)


@contextmanager
def serving(folder: Path, conversations: ScriptedConversations, **settings: str) -> Iterator[str]:
    """The address of the application while the block runs; it runs in a thread of its own."""
    app = create_app(_parts(folder, conversations, settings))
    app.router.routes[:0] = conversations.doors.routes()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def _parts(folder: Path, conversations: ScriptedConversations, settings: Mapping[str, str]) -> Parts:
    async def ready() -> PartState:
        return PartState(ready=True)

    async def understood(line: Mapping[str, Any]) -> Mapping[str, Any]:
        return line

    chosen = demo(
        {"DATA_DIR": str(folder), "RATE_SESSIONS": "1000", "RATE_REQUESTS": "10000", "STORE_TIMEOUT": "30", **settings}
    )
    checks = {"database": ready}
    return Parts(chosen, conversations, understood, checks, place=PLACE, summaries=FakeSummaries())
