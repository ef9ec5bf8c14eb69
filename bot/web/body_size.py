"""No request body is read past 64 kB, or 128 where staff paste, or waited for longer than ten seconds."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import problem

LARGEST = 64 * 1024
PASTED, LARGEST_PASTED = "/desk/triage", 128 * 1024
"""Where staff paste whole letters: 8,000 characters of any script."""
PATIENCE = 10.0
CLOSE = {"Connection": "close"}
TOO_LARGE = "The body passes 64 kB; a message is at most 4,000 characters."
TOO_SLOW = "The body did not arrive within ten seconds; send the request again."


class BodySize:
    """Reads the whole body before the application runs, and refuses what is too large or too slow."""

    def __init__(self, app: ASGIApp, *, signpost: Callable[[], Sequence[Any]], patience: float = PATIENCE) -> None:
        self._app = app
        self._signpost = signpost
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application on a body that is known to be small."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return await self._app(scope, receive, send)
        try:
            body = await asyncio.wait_for(self._read(scope, receive), self._patience)
        except TimeoutError:
            return await problem(408, TOO_SLOW, headers=CLOSE)(scope, receive, send)
        if body is None:
            # What nobody reads may hold an emergency: say where to turn.
            return await problem(413, TOO_LARGE, replies=self._signpost(), headers=CLOSE)(scope, receive, send)
        await self._app(scope, _again(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None when it is too large."""
        largest = LARGEST_PASTED if scope["path"].startswith(PASTED) else LARGEST
        if _declared(scope) > largest:
            return None
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > largest:
                return None
            if not message.get("more_body"):
                return body


def _declared(scope: Scope) -> int:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(length) if length.isdigit() else 0


def _again(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the body that has been read, then whatever comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
