"""How a conversation is erased, at its patient's word or by the clinic: nothing that was said is left in any table."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, case, delete, select, update

from bot.clinical.effect import EraseConversation
from bot.errors import EffectError
from bot.service.records import Answer
from bot.store import audit
from bot.store.keeping import is_booked, is_held
from bot.store.tables import conversations, messages, metadata, replies

CONFIRMED = json.dumps(["yes"])
"""What is kept of the message that confirmed it, also where it was typed."""
BOOKED, ON_HOLD = "booked", "on_hold"
ERASED = "conversation.erased"


def erase(connection: Connection, effect: EraseConversation, answer: Answer) -> None:
    """Only an empty shell is left: the conversation, the message that confirmed it with its reply, ids in the audit.

    EffectError when a visit was booked, for then the inquiry belongs to the clinic's record, or is under a legal hold.
    """
    reason = _why_kept(connection, answer.session_id)
    if reason is not None:
        raise EffectError(effect, reason)
    for table in _owned():
        connection.execute(delete(table).where(table.c.conversation_id == answer.session_id))
    _erase_words(connection, answer)
    # The answer that erases has counted the version up already: links made before it open nothing any more.
    shell = update(conversations).where(conversations.c.id == answer.session_id)
    connection.execute(shell.values(erased_version=conversations.c.version))
    audit.write(connection, "patient", ERASED, subject=answer.session_id, now=answer.now)


def erase_whole(connection: Connection, session_id: str, *, actor: str, detail: str, now: datetime) -> None:
    """Nothing is left of a conversation but its opaque ids in the audit; `detail` is the class it was kept as."""
    for table in _owned():
        connection.execute(delete(table).where(table.c.conversation_id == session_id))
    connection.execute(delete(replies).where(replies.c.conversation_id == session_id))
    connection.execute(delete(messages).where(messages.c.conversation_id == session_id))
    connection.execute(delete(conversations).where(conversations.c.id == session_id))
    audit.write(connection, actor, ERASED, subject=session_id, now=now, detail=detail)


def _why_kept(connection: Connection, session_id: str) -> str | None:
    stands = select(is_booked().label("booked"), is_held().label("held")).where(conversations.c.id == session_id)
    row = connection.execute(stands).one_or_none()
    if row is None:
        return None
    return BOOKED if row.booked else ON_HOLD if row.held else None


def _owned() -> tuple[Table, ...]:
    """Every table whose rows belong to a conversation; their own rows, such as notes, go with them."""
    ours = (table for table in reversed(metadata.sorted_tables) if "conversation_id" in table.c)
    return tuple(table for table in ours if table not in (messages, replies))


def _erase_words(connection: Connection, answer: Answer) -> None:
    """Messages up to the one that confirmed it go with their replies; what was written after it is new."""
    said, sent = messages.c, replies.c
    seq = select(said.seq).where(said.id == answer.message_id).scalar_subquery()
    connection.execute(delete(messages).where(said.conversation_id == answer.session_id, said.seq < seq))
    unasked = sent.message_id.is_(None)
    connection.execute(delete(replies).where(sent.conversation_id == answer.session_id, unasked))
    tapped = case((said.text.is_(None), said.choices), else_=CONFIRMED)
    kept: dict[str, Any] = {"text": None, "choices": tapped, "flags": "[]", "intents": None}
    connection.execute(update(messages).where(said.id == answer.message_id).values(**kept))
