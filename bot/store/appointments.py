"""The rows of `appointments`: a time belongs to one patient at most, which the table itself sees to."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from bot.clinical.appointment import AppointmentState
from bot.clinical.codec import to_data
from bot.clinical.effect import ConfirmTime, HoldTime
from bot.errors import EffectError, Overtaken
from bot.service.appointment_records import AppointmentChange, Booked
from bot.service.calendar import Taken
from bot.service.ports import Openings
from bot.service.records import StoredReply
from bot.store import audit, inquiries, mails, replies
from bot.store.tables import appointments as table
from bot.store.tables import conversations
from bot.store.transaction import Database

HELD, CONFIRMED, CANCELLED = (state.value for state in AppointmentState)
TAKEN, GONE = "taken", "gone"
LONGEST = timedelta(hours=8)
"""No time lasts longer, so that whatever overlaps another began at most this long before it."""


class Appointments:
    """bot.service.ports.AppointmentBook on one database."""

    def __init__(self, database: Database, openings: Openings) -> None:
        self._database = database
        self._openings = openings

    def taken(self, *, since: datetime, until: datetime, now: datetime) -> tuple[Taken, ...]:
        """What is booked, or held still, between two moments."""
        near = select(table.c.practitioner, table.c.starts_at, table.c.minutes).where(
            table.c.starts_at > since - LONGEST, table.c.starts_at < until, _has_it(now)
        )
        with self._database.read() as connection:
            return tuple(Taken(*row) for row in connection.execute(near))

    def booked(self, session_id: str) -> Booked | None:
        """The newest time that a conversation has booked or given back."""
        with self._database.read() as connection:
            row = connection.execute(_newest(session_id)).first()
        return _booked(row) if row else None

    def change(self, change: AppointmentChange) -> tuple[StoredReply, ...]:
        """Give the time back or move it, with all that follows: Overtaken, or EffectError when it is somebody's."""
        with self._database.write() as connection:
            newest = _next_version(connection, change)
            row = connection.execute(_newest(change.session_id)).first()
            if row is None or row.state != CONFIRMED or row.starts_at <= change.now:
                raise Overtaken("the appointment is no longer the patient's to change")
            if change.to is None:
                _cancel(connection, row, change)
            else:
                _move(connection, row, change, change.to, self._openings)
            became = "moved" if change.to else "cancelled"
            inquiries.reopen(connection, change.session_id, now=change.now, appointment=became)
            return _with_lines(connection, change, newest=newest)


def is_free(
    connection: Connection, effect: HoldTime | ConfirmTime, *, besides: str, openings: Openings, now: datetime
) -> bool:
    """Whether the calendar offers this time and nobody else has a part of it; holds that ran out give way."""
    if not openings.offers(effect.practitioner, effect.starts_at, effect.minutes, now=now):
        return False
    ends = effect.starts_at + timedelta(minutes=effect.minutes)
    near = and_(
        table.c.practitioner == effect.practitioner,
        table.c.starts_at > effect.starts_at - LONGEST,
        table.c.starts_at < ends,
    )
    connection.execute(delete(table).where(near, table.c.state == HELD, table.c.held_until <= now))
    rows = connection.execute(
        select(table.c.starts_at, table.c.minutes).where(near, _has_it(now), table.c.conversation_id != besides)
    )
    return all(row.starts_at + timedelta(minutes=row.minutes) <= effect.starts_at for row in rows)


def insert_once(connection: Connection, **row: Any) -> bool:
    """Whether the time was still nobody's, and is kept now; two who try at once are told apart by the table."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    wanted = dialect.insert(table).values(**row)
    once = wanted.on_conflict_do_nothing(
        index_elements=[table.c.practitioner, table.c.starts_at], index_where=text("state <> 'cancelled'")
    )
    return connection.execute(once.returning(table.c.id)).first() is not None


def _has_it(now: datetime) -> ColumnElement[bool]:
    return or_(table.c.state == CONFIRMED, and_(table.c.state == HELD, table.c.held_until > now))


def _newest(session_id: str) -> Any:
    mine = select(table).where(table.c.conversation_id == session_id, table.c.state != HELD)
    return mine.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(1)


def _booked(row: Any) -> Booked:
    state = AppointmentState(row.state)
    return Booked(row.id, row.practitioner, row.starts_at, row.minutes, state, row.sequence, row.changed_at)


def _next_version(connection: Connection, change: AppointmentChange) -> int:
    """The seq of the newest reply; the conversation now has the change's encounter."""
    mine = and_(conversations.c.id == change.session_id, conversations.c.version == change.version)
    changed = update(conversations).where(mine)
    changed = changed.values(
        version=conversations.c.version + 1,
        encounter=json.dumps(to_data(change.encounter)),
        reply_seq=conversations.c.reply_seq + len(change.replies),
    )
    newest = connection.execute(changed.returning(conversations.c.reply_seq)).scalar_one_or_none()
    if newest is None:
        raise Overtaken("an answer of this conversation was kept first")
    return int(newest)


def _cancel(connection: Connection, row: Any, change: AppointmentChange) -> None:
    _change(connection, row, change, state=CANCELLED)
    audit.write(connection, "patient", "appointment.cancelled", subject=row.id, now=change.now)


def _move(connection: Connection, row: Any, change: AppointmentChange, to: HoldTime, openings: Openings) -> None:
    if not is_free(connection, to, besides=change.session_id, openings=openings, now=change.now):
        raise EffectError(to, TAKEN)
    try:
        with connection.begin_nested():
            _change(connection, row, change, practitioner=to.practitioner, starts_at=to.starts_at, minutes=to.minutes)
    except IntegrityError:
        raise EffectError(to, TAKEN) from None
    audit.write(connection, "patient", "appointment.moved", subject=row.id, now=change.now)


def _change(connection: Connection, row: Any, change: AppointmentChange, **values: Any) -> None:
    mine = update(table).where(table.c.id == row.id)
    connection.execute(mine.values(sequence=row.sequence + 1, changed_at=change.now, **values))


def _with_lines(connection: Connection, change: AppointmentChange, *, newest: int) -> tuple[StoredReply, ...]:
    """The chat's lines of the change, kept; and its mail, queued."""
    mail, session_id = change.mail, change.session_id
    if mail:
        row = {"kind": mail.kind, "address": mail.address, "link": mail.link, "id": mail.id}
        mails.queue(connection, conversation_id=session_id, now=change.now, **row)
    lines = replies.numbered(change.replies, newest=newest, late=True)
    return replies.keep(connection, lines, session_id=session_id, message_id=None, now=change.now)
