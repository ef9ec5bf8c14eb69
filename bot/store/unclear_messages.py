"""Typed messages that were not understood: collected from conversations in the order they were last heard of."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, or_, select, update

from bot.service.desk_entry_records import DESK
from bot.service.desk_records import Act
from bot.service.training_records import NOT_FOR_TRAINING, Answered, Unclear, Why, why_unclear
from bot.store import audit
from bot.store.report_tables import LABELLED, TO_LABEL
from bot.store.tables import conversations, inquiries, messages, replies, report_marks
from bot.store.tables import unclear_messages as table
from bot.store.transaction import Database

MARK = "unclear_messages"
PIECE = 40
"""Conversations that are looked through at once."""
OVERLAP = timedelta(hours=1)
"""A message that was answered late is still found."""
_PAGE = 500


class UnclearMessages:
    """bot.service.training_records.TrainingBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self, *, fallbacks: tuple[str, ...], now: datetime) -> bool:
        """Look through the next so many conversations; whether there are more."""
        with self._database.read() as connection:
            mark = connection.execute(_MARK).scalar_one_or_none()
            heard = _heard_since(connection, mark)
            found = list(_unclear(connection, [row.id for row in heard], fallbacks))
        is_cut = len(heard) == PIECE
        until = heard[-1].last_activity_at if is_cut else now - OVERLAP
        if found or mark is None or until > mark:
            with self._database.write() as connection:
                _keep(connection, found)
                _move_mark(connection, mark, until)
        return is_cut and (mark is None or until > mark)

    def page(self, *, labelled: bool, before: tuple[datetime, str] | None, limit: int, act: Act) -> tuple[Unclear, ...]:
        """The newest, of those before a place; that they were read is written down."""
        one, wanted = table.c, _ALL.where(LABELLED if labelled else TO_LABEL)
        if before is not None:
            wanted = wanted.where(_earlier(before))
        newest = wanted.order_by(one.received_at.desc(), one.message_id.desc()).limit(limit)
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, "training.read", subject=None, now=act.now)
            return tuple(_one(row) for row in connection.execute(newest))

    def label(self, message_id: str, label: str, *, act: Act) -> bool:
        """The right intent of a message, in place of an earlier one; False where there is no such message."""
        changed = update(table).where(table.c.message_id == message_id)
        with self._database.write() as connection:
            given = changed.values(label=label, labelled_by=act.staff_id, labelled_at=act.now)
            if connection.execute(given).rowcount != 1:
                return False
            audit.write(connection, act.staff_id, "training.labelled", subject=message_id, now=act.now, detail=label)
            return True

    def labelled(self, *, act: Act) -> Iterator[Unclear]:
        """Every message with an intent, oldest first; that they were taken out is written down."""
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, "training.exported", subject=None, now=act.now)
        return self._labelled()

    def _labelled(self) -> Iterator[Unclear]:
        one, after = table.c, None
        order = one.received_at, one.message_id
        while True:
            found = _ALL.where(LABELLED, one.label != NOT_FOR_TRAINING).order_by(*order).limit(_PAGE)
            if after is not None:
                found = found.where(or_(order[0] > after[0], and_(order[0] == after[0], order[1] > after[1])))
            with self._database.read() as connection:
                rows = connection.execute(found).all()
            yield from (_one(row) for row in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1].received_at, rows[-1].message_id


_MARK = select(report_marks.c.at).where(report_marks.c.name == MARK)
_ALL: Select[Any] = (
    select(table, messages.c.text, messages.c.intents, inquiries.c.id.label("inquiry_id"), inquiries.c.name)
    .join(messages, messages.c.id == table.c.message_id)
    .join(inquiries, inquiries.c.conversation_id == table.c.conversation_id, isouter=True)
    .where(messages.c.text.is_not(None))
)


def _earlier(place: tuple[datetime, str]) -> Any:
    at, message_id = place
    one = table.c
    return and_(one.received_at <= at, or_(one.received_at < at, one.message_id < message_id))


def _heard_since(connection: Connection, mark: datetime | None) -> Sequence[Any]:
    one = conversations.c
    heard = select(one.id, one.last_activity_at).where(one.channel != DESK)
    if mark is not None:
        heard = heard.where(one.last_activity_at >= mark)
    return connection.execute(heard.order_by(one.last_activity_at, one.id).limit(PIECE)).all()


def _unclear(connection: Connection, sessions: list[str], fallbacks: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The rows of what was not understood in these conversations and is not kept yet."""
    one, sent = messages.c, replies.c
    said = select(one.id, one.conversation_id, one.text, one.intents, one.state, one.received_at)
    said = said.where(one.conversation_id.in_(sessions)).order_by(one.conversation_id, one.seq)
    told = select(sent.conversation_id, sent.message_id, sent.question, sent.body)
    told = told.where(sent.conversation_id.in_(sessions)).order_by(sent.conversation_id, sent.seq)
    known = set(connection.execute(select(table.c.message_id).where(table.c.conversation_id.in_(sessions))).scalars())
    answers: dict[str, list[Any]] = {}
    for reply in connection.execute(told):
        answers.setdefault(reply.message_id or reply.conversation_id, []).append(reply)
    waiting: dict[str, str | None] = {}
    for row in connection.execute(said):
        got = answers.get(row.id, [])
        question = waiting.get(row.conversation_id)
        waiting[row.conversation_id] = next((one.question for one in reversed(got) if one.question), None)
        if row.text and row.state == "answered" and row.id not in known:
            why = why_unclear(_answered(row, got, question), fallbacks=fallbacks)
            if why:
                yield _row(row, why, question)


def _answered(row: Any, got: Sequence[Any], question: str | None) -> Answered:
    return Answered(
        text=row.text,
        intents=_names(row.intents),
        question=question,
        replies=tuple(json.loads(reply.body)["text"] for reply in got),
        questions=tuple(reply.question for reply in got if reply.question),
    )


def _names(intents: str | None) -> tuple[str, ...]:
    return tuple(intent["name"] for intent in json.loads(intents)) if intents else ()


def _row(row: Any, why: Why, question: str | None) -> dict[str, Any]:
    place = {"message_id": row.id, "conversation_id": row.conversation_id, "received_at": row.received_at}
    return {**place, "why": why.value, "question": question}


def _keep(connection: Connection, found: list[dict[str, Any]]) -> None:
    """Those that are there still: their patient may have erased them since they were read, another look kept them."""
    ids = [row["message_id"] for row in found]
    there = set(connection.execute(select(messages.c.id).where(messages.c.id.in_(ids)).with_for_update()).scalars())
    there -= set(connection.execute(select(table.c.message_id).where(table.c.message_id.in_(ids))).scalars())
    rows = [row for row in found if row["message_id"] in there]
    if rows:
        connection.execute(insert(table), rows)


def _move_mark(connection: Connection, mark: datetime | None, until: datetime) -> None:
    if mark is None:
        connection.execute(insert(report_marks).values(name=MARK, at=until))
    elif until > mark:
        connection.execute(update(report_marks).where(report_marks.c.name == MARK).values(at=until))


def _one(row: Row[Any]) -> Unclear:
    return Unclear(
        message_id=row.message_id,
        text=row.text,
        why=Why(row.why),
        received_at=row.received_at,
        question=row.question,
        intents=_names(row.intents),
        label=row.label,
        inquiry_id=row.inquiry_id,
        name=row.name,
    )
