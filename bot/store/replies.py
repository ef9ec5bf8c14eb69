"""The rows of `replies`: numbered within their conversation, never changed."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select

from bot.service.records import StoredReply
from bot.store.tables import replies as table


def numbered(new: tuple[StoredReply, ...], *, newest: int, late: bool) -> tuple[StoredReply, ...]:
    """The replies with their seq, of which `newest` is the last."""
    first = newest - len(new) + 1
    return tuple(StoredReply(reply.id, reply.body, first + place, late) for place, reply in enumerate(new))


def keep(
    connection: Connection,
    new: tuple[StoredReply, ...],
    *,
    session_id: str,
    message_id: str | None,
    now: datetime,
) -> tuple[StoredReply, ...]:
    """The replies as they are now kept."""
    rows = [
        {
            "id": reply.id,
            "conversation_id": session_id,
            "seq": reply.seq,
            "message_id": message_id,
            "late": reply.late,
            "question": json.loads(reply.body)["question"],
            "body": reply.body,
            "created_at": now,
        }
        for reply in new
    ]
    if rows:
        connection.execute(insert(table), rows)
    return new


def answering(connection: Connection, message_id: str) -> tuple[StoredReply, ...]:
    """The answer a message got, without replies that came late."""
    return _read(connection, _ANSWERING, {"message": message_id})


def after(connection: Connection, session_id: str, *, seq: int) -> tuple[StoredReply, ...]:
    """The replies of a conversation with a higher seq, in order."""
    return _read(connection, _AFTER, {"session": session_id, "after": seq})


def question_of(connection: Connection, session_id: str, *, reply_id: str) -> str | None:
    """The id of the question that a reply of this conversation put."""
    return connection.execute(_QUESTION, {"reply": reply_id, "session": session_id}).scalar_one_or_none()


_REPLY = select(table.c.id, table.c.body, table.c.seq, table.c.late).order_by(table.c.seq)
_MINE = table.c.conversation_id == bindparam("session")
_ANSWERING = _REPLY.where(table.c.message_id == bindparam("message"), table.c.late.is_(False))
_AFTER = _REPLY.where(_MINE, table.c.seq > bindparam("after"))
_QUESTION = select(table.c.question).where(_MINE, table.c.id == bindparam("reply"))


def _read(connection: Connection, statement: Select[Any], values: dict[str, Any]) -> tuple[StoredReply, ...]:
    return tuple(StoredReply(row.id, row.body, row.seq, row.late) for row in connection.execute(statement, values))
