"""Server-sent events: the replies of one session that arrive after the answer to a message."""

from collections import Counter
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.web.parts import parts_of
from bot.web.problems import RateLimited

HEARTBEAT = 15
STREAMS = 5
"""Open streams that one session may have; a patient has a tab or two."""


def stream(request: Request, session_id: str) -> Response:
    """The session's later replies as events, each with the reply's id, and a comment as heartbeat."""
    streams: Counter[str] = request.app.state.streams
    if streams[session_id] >= STREAMS:
        raise RateLimited(HEARTBEAT)
    return EventSourceResponse(_events(request, session_id), ping=HEARTBEAT)


async def _events(request: Request, session_id: str) -> AsyncIterator[ServerSentEvent]:
    streams: Counter[str] = request.app.state.streams
    streams[session_id] += 1
    try:
        async for reply in parts_of(request).conversations.subscribe(session_id, after=_last_seen(request)):
            yield ServerSentEvent(reply.body, id=str(reply.seq), event="reply")
    finally:
        streams[session_id] -= 1
        if not streams[session_id]:
            del streams[session_id]


def _last_seen(request: Request) -> int | None:
    """The number of the last reply this client has had, None when it does not say."""
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < 10 else None
