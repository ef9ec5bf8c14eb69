"""Whose a chat is: one row decides, so that two who take it at once are told apart, and every reply has its place."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from bot.clinical.codec import to_data
from bot.errors import Overtaken
from bot.service.chat import Chat
from bot.service.chat_records import HandBack, Taking
from bot.service.desk_records import Act
from bot.service.records import StoredReply
from bot.store import audit, replies
from bot.store.desk_changes import claim
from bot.store.tables import conversations, inquiries, messages, staff
from bot.store.tables import replies as reply_rows
from bot.store.transaction import Database

TAKEN, TAKEN_OVER, WRITTEN, HANDED_BACK = "chat.taken", "chat.taken_over", "chat.written", "chat.handed_back"


class Chats:
    """bot.service.chat_records.ChatBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, inquiry_id: str) -> Chat | None:
        """The chat of an inquiry."""
        with self._database.read() as connection:
            return chat_of(connection, inquiry_id)

    def take(self, taking: Taking) -> tuple[StoredReply, ...] | None:
        """The chat is theirs, and the inquiry where it was nobody's; None when somebody else was quicker."""
        act, chat = taking.act, taking.chat
        seen = conversations.c.writer_id.is_(None) if taking.seen is None else conversations.c.writer_id == taking.seen
        taken = update(conversations).where(conversations.c.id == chat.session_id, seen)
        taken = taken.values(
            writer_id=act.staff_id,
            attended_at=act.now,
            version=conversations.c.version + 1,
            reply_seq=conversations.c.reply_seq + 1,
        )
        with self._database.write() as connection:
            newest = connection.execute(taken.returning(conversations.c.reply_seq)).scalar_one_or_none()
            if newest is None:
                return None
            claim(connection, chat.inquiry_id, act=act)
            action = TAKEN_OVER if taking.seen else TAKEN
            audit.write(connection, act.staff_id, action, subject=chat.inquiry_id, now=act.now)
            return _keep(connection, (taking.reply,), session_id=chat.session_id, newest=newest, now=act.now)

    def write(self, chat: Chat, reply: StoredReply, *, act: Act) -> tuple[StoredReply, ...] | None:
        """The reply as it is kept, nothing when it was kept before; None when the chat is not theirs."""
        mine = conversations.c.id == chat.session_id
        with self._database.write() as connection:
            writer = connection.execute(select(conversations.c.writer_id).where(mine).with_for_update()).scalar()
            if connection.execute(select(reply_rows.c.id).where(reply_rows.c.id == reply.id)).first():
                return ()
            if writer != act.staff_id:
                return None
            counted = update(conversations).where(mine)
            counted = counted.values(reply_seq=conversations.c.reply_seq + 1, attended_at=act.now)
            newest = connection.execute(counted.returning(conversations.c.reply_seq)).scalar_one()
            audit.write(connection, act.staff_id, WRITTEN, subject=chat.inquiry_id, now=act.now)
            return _keep(connection, (reply,), session_id=chat.session_id, newest=newest, now=act.now)

    def hand_back(self, hand_back: HandBack) -> tuple[StoredReply, ...]:
        """The chat is nobody's; Overtaken when the conversation is no longer as it was seen."""
        session_id, one = hand_back.session_id, conversations.c
        seen = [one.id == session_id, one.version == hand_back.version, one.writer_id == hand_back.writer_id]
        if hand_back.unattended_since is not None:
            seen.append(one.attended_at == hand_back.unattended_since)
        given = (
            update(conversations)
            .where(*seen)
            .values(
                writer_id=None,
                attended_at=None,
                version=one.version + 1,
                encounter=json.dumps(to_data(hand_back.encounter)),
                reply_seq=one.reply_seq + len(hand_back.replies),
            )
        )
        with self._database.write() as connection:
            newest = connection.execute(given.returning(one.reply_seq)).scalar_one_or_none()
            if newest is None:
                raise Overtaken("the chat is no longer as it was seen")
            inquiry_id = connection.execute(_INQUIRY.where(inquiries.c.conversation_id == session_id)).scalar()
            action, left = HANDED_BACK, hand_back.left.value
            audit.write(connection, hand_back.actor, action, subject=inquiry_id, now=hand_back.now, detail=left)
            return _keep(connection, hand_back.replies, session_id=session_id, newest=newest, now=hand_back.now)

    def name_of(self, staff_id: str) -> str:
        """The name of one of the staff."""
        with self._database.read() as connection:
            name: str = connection.execute(select(staff.c.name).where(staff.c.id == staff_id)).scalar_one()
            return name

    def unattended(self, *, since: datetime, limit: int) -> Sequence[str]:
        """Sessions that somebody writes in, where nobody of the staff has looked since then."""
        one = conversations.c
        found = select(one.id).where(one.writer_id.is_not(None), one.attended_at <= since)
        with self._database.read() as connection:
            return connection.execute(found.order_by(one.attended_at).limit(limit)).scalars().all()


_INQUIRY = select(inquiries.c.id)
_CHAT: Select[Any] = (
    select(
        inquiries.c.id.label("inquiry_id"),
        inquiries.c.channel,
        conversations.c.id.label("session_id"),
        conversations.c.writer_id,
        conversations.c.version,
        conversations.c.message_seq,
        conversations.c.reply_seq,
        staff.c.name,
    )
    .join(conversations, conversations.c.id == inquiries.c.conversation_id)
    .join(staff, staff.c.id == conversations.c.writer_id, isouter=True)
)


def chat_of(connection: Connection, inquiry_id: str) -> Chat | None:
    """The chat of an inquiry, as it stands in this transaction."""
    row: Row[Any] | None = connection.execute(_CHAT.where(inquiries.c.id == inquiry_id)).one_or_none()
    if row is None:
        return None
    mark = f"{row.version}.{row.message_seq}.{row.reply_seq}"
    return Chat(row.inquiry_id, row.session_id, row.channel, row.writer_id, row.name, mark)


def attend(connection: Connection, inquiry_id: str, *, now: datetime) -> None:
    """Staff look at the chat that one of them writes in. Before anything of the inquiry is changed, as turns do."""
    mine = select(inquiries.c.conversation_id).where(inquiries.c.id == inquiry_id).scalar_subquery()
    written_in = conversations.c.id == mine, conversations.c.writer_id.is_not(None)
    connection.execute(update(conversations).where(*written_in).values(attended_at=now))


def _keep(
    connection: Connection, new: tuple[StoredReply, ...], *, session_id: str, newest: int, now: datetime
) -> tuple[StoredReply, ...]:
    """The replies as they are kept; they stand after the newest message, which they come too late to answer."""
    said = select(messages.c.id).where(messages.c.conversation_id == session_id).order_by(messages.c.seq.desc())
    last = connection.execute(said.limit(1)).scalar()
    numbered = replies.numbered(new, newest=newest, late=True)
    return replies.keep(connection, numbered, session_id=session_id, message_id=last, now=now)
