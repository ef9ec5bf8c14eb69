"""The rows of `messages`: kept once, numbered, settled when they are answered."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, text, update

from bot.clinical.codec import to_data
from bot.errors import Overtaken
from bot.service.records import Answer, Arrival, KeptMessage, MessageState, StoredReply
from bot.store import replies
from bot.store.tables import messages as table
from bot.store.texts import flags_of, flags_text

RECENT = 4
"""How many earlier texts the screen joins to the newest."""


def keep(connection: Connection, arrival: Arrival, *, seq: int) -> KeptMessage:
    """The message as it is now kept."""
    row = {
        "id": arrival.message_id,
        "conversation_id": arrival.session_id,
        "seq": seq,
        "client_id": arrival.client_id,
        "digest": arrival.digest,
        "text": arrival.text,
        "choices": json.dumps(arrival.choices) if arrival.choices else None,
        "in_reply_to": arrival.in_reply_to,
        "flags": flags_text(arrival.flags),
        "state": MessageState.RECEIVED.value,
        "received_at": arrival.now,
    }
    connection.execute(insert(table), row)
    return KeptMessage(
        message_id=arrival.message_id,
        client_id=arrival.client_id,
        seq=seq,
        digest=arrival.digest,
        state=MessageState.RECEIVED,
        text=arrival.text,
        choices=arrival.choices,
        flags=arrival.flags,
    )


def find(connection: Connection, session_id: str, *, client_id: str) -> KeptMessage | None:
    """The message with the sender's own id, with the answer it got."""
    row = connection.execute(_BY_CLIENT_ID, {"session": session_id, "client": client_id}).one_or_none()
    return kept(row, answer=replies.answering(connection, row.id)) if row else None


def recent_texts(connection: Connection, session_id: str) -> tuple[str, ...]:
    """The newest texts of a conversation, oldest first."""
    return tuple(reversed(connection.execute(_RECENT, {"session": session_id}).scalars().all()))


def owed_in(connection: Connection, session_id: str) -> tuple[KeptMessage, ...]:
    """The messages of a conversation that wait for their real reply, in order."""
    return tuple(kept(row, answer=()) for row in connection.execute(_OWED_IN, {"session": session_id}))


def owing_sessions(connection: Connection, *, received_by: datetime, limit: int) -> tuple[str, ...]:
    """Sessions that are owed a reply, deferred or received by then, the longest waiting first."""
    return tuple(connection.execute(_OWING, {"received_by": received_by, "most": limit}).scalars())


def settle(connection: Connection, answer: Answer) -> None:
    """The message has the answer's state; Overtaken when it had been answered before."""
    values = {
        "message": answer.message_id,
        "state": answer.state.value,
        "answered_at": answer.now,
        "intents": json.dumps(to_data(answer.intents)) if answer.intents else None,
    }
    if connection.execute(_SETTLE, values).rowcount != 1:
        raise Overtaken("the message was answered before")


def kept(row: Row[Any], *, answer: tuple[StoredReply, ...]) -> KeptMessage:
    """A row as a message, with the answer it got."""
    return KeptMessage(
        message_id=row.id,
        client_id=row.client_id,
        seq=row.seq,
        digest=row.digest,
        state=MessageState(row.state),
        text=row.text,
        choices=tuple(json.loads(row.choices)) if row.choices else (),
        flags=flags_of(row.flags),
        replies=answer,
    )


_MINE = table.c.conversation_id == bindparam("session")
# Written out, not bound: a database uses a partial index only when it can see the condition.
_IS_OWED = text("state <> 'answered'")
_BY_CLIENT_ID = select(table).where(_MINE, table.c.client_id == bindparam("client"))
_RECENT = select(table.c.text).where(_MINE, table.c.text.is_not(None)).order_by(table.c.seq.desc()).limit(RECENT)
_OWED_IN = select(table).where(_MINE, _IS_OWED).order_by(table.c.seq)
_OWING = (
    select(table.c.conversation_id)
    .where(_IS_OWED, or_(table.c.state == MessageState.DEFERRED.value, table.c.received_at <= bindparam("received_by")))
    .group_by(table.c.conversation_id)
    .order_by(func.min(table.c.received_at))
    .limit(bindparam("most"))
)
_SETTLE = (
    update(table)
    .where(table.c.id == bindparam("message"), _IS_OWED)
    .values(state=bindparam("state"), answered_at=bindparam("answered_at"), intents=bindparam("intents"))
)
