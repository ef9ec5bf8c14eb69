"""Live news for open pages by server-sent events: how much nobody has opened, and how much of it is urgent.

One look at the store serves every page that is open, so that thirty screens cost as much as one.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator

from fastapi import APIRouter
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs, session_token
from bot.desk.route import DeskRoute
from bot.errors import StorageError
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right
from bot.service.desk_watch import News, Watch

router = APIRouter(route_class=DeskRoute, dependencies=[needs(Right.READ)])
EVERY = 2.0
"""Seconds between looks at the store."""
HEARTBEAT = 15
STILL_SIGNED_IN = 30.0
"""Seconds between looks whether the session still is one."""


class Newsroom:
    """Looks at the store for everybody who listens."""

    def __init__(self, watch: Watch, *, every: float = EVERY) -> None:
        self._watch = watch
        self._every = every
        self._looked = -every
        self._news = News(0, 0)
        self._turn = asyncio.Lock()

    async def latest(self) -> News:
        """The news, not older than one look; the last known while the store is down."""
        async with self._turn:
            if time.monotonic() - self._looked >= self._every:
                self._looked = time.monotonic()
                try:
                    self._news = await asyncio.to_thread(self._watch.news)
                except StorageError:
                    return self._news
            return self._news


@router.get("/events")
async def listen(
    request: Request, desk: Desk, staff: SignedIn, once: bool = False, inquiry: str | None = None
) -> Response:
    """What is new, told whenever it changes, also in the chat of one `inquiry`; `once` ends after the first."""
    room = getattr(request.app.state, "newsroom", None) or Newsroom(desk.watch)
    request.app.state.newsroom = room
    news = _events(desk, room, session_token(request) or "", once=once, inquiry=inquiry)
    return EventSourceResponse(news, ping=HEARTBEAT)


async def _events(
    desk: DeskServices, room: Newsroom, token: str, *, once: bool, inquiry: str | None
) -> AsyncIterator[ServerSentEvent]:
    told: News | None = None
    seen: str | None = None
    asked = time.monotonic()
    while True:
        news = await room.latest()
        if news != told:
            told = news
            yield ServerSentEvent(json.dumps({"unread": news.unread, "urgent": news.urgent}), event="news")
        mark = await _mark(desk.watch, inquiry) if inquiry else None
        if mark and mark != seen:
            seen = mark
            yield ServerSentEvent(mark, event="talk")
        if once:
            return
        await asyncio.sleep(EVERY)
        if time.monotonic() - asked >= STILL_SIGNED_IN:
            asked = time.monotonic()
            if await asyncio.to_thread(desk.accounts.session, token, quietly=True) is None:
                return


async def _mark(watch: Watch, inquiry_id: str) -> str | None:
    """How far the chat of an inquiry is; nothing while the store is down."""
    try:
        return await asyncio.to_thread(watch.mark, inquiry_id)
    except StorageError:
        return None
