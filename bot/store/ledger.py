"""The ledger on a SQL database: every message once, its answer whole or not at all."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.clinical.codec import to_data
from bot.errors import Overtaken, StorageError
from bot.service.records import Answer, Arrival, History, KeptMessage, Opening, Standing, StoredReply
from bot.store import audit, codes, history, inquiries, messages, replies
from bot.store.effects import CARRY_OUT, CarryOut
from bot.store.tables import conversations as table
from bot.store.texts import encounter_of
from bot.store.transaction import Database


class SqlLedger:
    """bot.service.ports.Ledger on one database; `effects` says how each kind of effect is carried out.

    `zone` is the clinic's: by its clock an inquiry has come in on a date.
    """

    def __init__(
        self, database: Database, *, effects: Mapping[type[Any], CarryOut] = CARRY_OUT, zone: tzinfo = UTC
    ) -> None:
        self._database = database
        self._effects = effects
        self._zone = zone

    def open(self, opening: Opening) -> tuple[StoredReply, ...]:
        """Keep a new conversation; its opening replies with their seq."""
        with self._database.write() as connection:
            connection.execute(insert(table), new_row(opening))
            audit.write(connection, "patient", "conversation.opened", subject=opening.session_id, now=opening.now)
            numbered = replies.numbered(opening.replies, newest=len(opening.replies), late=False)
            return replies.keep(connection, numbered, session_id=opening.session_id, message_id=None, now=opening.now)

    def standing(
        self, session_id: str, *, client_id: str | None = None, in_reply_to: str | None = None
    ) -> Standing | None:
        """Where a conversation stands, None when there is no such conversation."""
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"session": session_id}).one_or_none()
            if row is None:
                return None
            return Standing(
                session_id=row.id,
                channel=row.channel,
                language=row.language,
                version=row.version,
                encounter=encounter_of(row.encounter),
                recent=messages.recent_texts(connection, session_id),
                same=messages.find(connection, session_id, client_id=client_id) if client_id else None,
                owed=messages.owed_in(connection, session_id),
                offered=replies.question_of(connection, session_id, reply_id=in_reply_to) if in_reply_to else None,
                erased=row.erased_version or 0,
                writer=row.writer_id,
                attended_at=row.attended_at,
            )

    def receive(self, arrival: Arrival) -> KeptMessage:
        """Keep a message once: the kept one, which is the earlier one when its client id is known already."""
        with self._database.write() as connection:
            seq = _next_message(connection, arrival)
            known = messages.find(connection, arrival.session_id, client_id=arrival.client_id)
            return known or messages.keep(connection, arrival, seq=seq)

    def answer(self, answer: Answer) -> tuple[StoredReply, ...]:
        """Keep an answer with all it changes, or nothing: Overtaken when another answer came first, EffectError."""
        with self._database.write() as connection:
            newest = next_version(connection, answer)
            messages.settle(connection, answer)
            for effect in answer.effects:
                self._effects[type(effect)](connection, effect, answer)
            if answer.inquiry:
                inquiries.keep(connection, answer.inquiry, answer=answer, zone=self._zone)
            action = f"message.{answer.state.value}"
            audit.write(connection, "patient", action, subject=answer.message_id, now=answer.now)
            numbered = replies.numbered(answer.replies, newest=newest, late=answer.late)
            return replies.keep(
                connection, numbered, session_id=answer.session_id, message_id=answer.message_id, now=answer.now
            )

    def owed(self, *, received_by: datetime, limit: int) -> tuple[str, ...]:
        """Sessions with messages that still wait for their real reply, the longest waiting first."""
        with self._database.read() as connection:
            return messages.owing_sessions(connection, received_by=received_by, limit=limit)

    def replies_after(self, session_id: str, seq: int) -> tuple[StoredReply, ...]:
        """The replies of a conversation with a higher seq, in order."""
        with self._database.read() as connection:
            return replies.after(connection, session_id, seq=seq)

    def history(self, session_id: str, *, limit: int) -> History:
        """The newest messages and the newest replies of a conversation, so many of each, in order."""
        with self._database.read() as connection:
            return history.read(connection, session_id, limit=limit)

    def keep_code(self, session_id: str, digest: str, *, now: datetime, expires_at: datetime) -> bool:
        """Whether the conversation is kept and has this one-time code now, in place of an earlier one."""
        with self._database.write() as connection:
            return codes.keep(connection, session_id, digest, now=now, expires_at=expires_at)

    def use_code(self, digest: str, *, now: datetime) -> str | None:
        """The session of a code that is open, which is used up by this; None for every other code."""
        with self._database.write() as connection:
            return codes.use(connection, digest, now=now)


_MINE = table.c.id == bindparam("session")
_FIND = select(table).where(_MINE)
_COUNT_MESSAGE = (
    update(table)
    .where(_MINE)
    .values(
        message_seq=table.c.message_seq + 1,
        last_activity_at=bindparam("now"),
        accepted_at=func.coalesce(table.c.accepted_at, bindparam("now")),
    )
    .returning(table.c.message_seq)
)
_COUNT_ANSWER = (
    update(table)
    .where(_MINE, table.c.version == bindparam("seen"))
    .values(
        version=table.c.version + 1,
        encounter=bindparam("now_known"),
        reply_seq=table.c.reply_seq + bindparam("count"),
    )
    .returning(table.c.reply_seq)
)


def new_row(opening: Opening) -> dict[str, Any]:
    """A conversation that begins, as its table keeps it."""
    return {
        "id": opening.session_id,
        "channel": opening.channel,
        "language": opening.language,
        "version": 0,
        "encounter": json.dumps(to_data(opening.encounter)),
        "message_seq": 0,
        "reply_seq": len(opening.replies),
        "notice": opening.notice,
        "opened_at": opening.now,
        "last_activity_at": opening.now,
    }


def _next_message(connection: Connection, arrival: Arrival) -> int:
    """The message's seq; the conversation's row is held until the transaction ends, so messages come one by one."""
    values = {"session": arrival.session_id, "now": arrival.now}
    seq = connection.execute(_COUNT_MESSAGE, values).scalar_one_or_none()
    if seq is None:
        raise StorageError("the conversation is gone")
    return int(seq)


def next_version(connection: Connection, answer: Answer) -> int:
    """The seq of the answer's newest reply; the conversation now has the answer's encounter."""
    values = {
        "session": answer.session_id,
        "seen": answer.version,
        "now_known": json.dumps(to_data(answer.encounter)),
        "count": len(answer.replies),
    }
    newest = connection.execute(_COUNT_ANSWER, values).scalar_one_or_none()
    if newest is None:
        raise Overtaken("another answer of this conversation was kept first")
    return int(newest)
