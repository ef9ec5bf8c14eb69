"""Stored replies as the JSON of the chat API; their text is kept as JSON, so that nothing is written twice."""

import json
from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from bot.service.records import StoredReply


def replies_json(replies: Iterable[StoredReply]) -> str:
    """The JSON array of these replies."""
    return f"[{','.join(reply.body for reply in replies)}]"


def replies_answer(replies: Iterable[StoredReply], *, status: int = 200, **more: str) -> Response:
    """An answer with these replies and a few texts beside them."""
    beside = "".join(f"{json.dumps(name)}:{json.dumps(value)}," for name, value in more.items())
    return Response(f'{{{beside}"replies":{replies_json(replies)}}}', status, media_type="application/json")


def shown(replies: Iterable[Any]) -> list[Any]:
    """Replies carried by an error, as plain JSON data."""
    return [reply.public() if isinstance(reply, StoredReply) else reply for reply in replies]
