"""Replies as they are stored and sent: the chat API's JSON with an id of their own."""

import json
from collections.abc import Callable

from bot.clinical.reply import Reply, contract
from bot.service.records import StoredReply

NewId = Callable[[], str]
"""Makes opaque ids: 128 random bits as 32 hexadecimal digits."""


def bubbles(replies: tuple[Reply, ...], new_id: NewId) -> tuple[StoredReply, ...]:
    """The replies as JSON texts, each with a new id."""
    return tuple(_bubble(reply, new_id()) for reply in replies)


def _bubble(reply: Reply, id: str) -> StoredReply:
    return StoredReply(id, json.dumps({"id": id, **contract(reply)}, ensure_ascii=False))
