"""How conversations stand for erasing: of which class each is, when it was last heard of, and whether it is on hold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from bot.clinical.vocabulary import MINOR
from bot.service.desk_records import CallOutcome, Status
from bot.service.person_records import HoldReason, KeptAs, Standing
from bot.store.tables import appointment_requests, appointments, audit, calls, conversations, inquiries, legal_holds

CONFIRMED = "confirmed"
BOOKED = Status.BOOKED.value
_mine = inquiries.c.conversation_id == conversations.c.id
_visits = and_(appointments.c.conversation_id == conversations.c.id, appointments.c.state == CONFIRMED)


def is_booked() -> ColumnElement[bool]:
    """The desk has booked a visit, ever, or the patient has one: this is the clinic's record."""
    called = and_(calls.c.inquiry_id == inquiries.c.id, calls.c.outcome == CallOutcome.BOOKED.value)
    marked = and_(audit.c.subject == inquiries.c.id, audit.c.action == "inquiry.status", audit.c.detail == BOOKED)
    return or_(
        _there_is(_mine, inquiries.c.status == BOOKED),
        _there_is(_mine, marked),
        _there_is(_mine, called),
        _there_is(_visits),
    )


def is_held() -> ColumnElement[bool]:
    """Nobody may erase it."""
    return _there_is(legal_holds.c.conversation_id == conversations.c.id)


def _there_is(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the conversation has such a row, whatever else the statement reads."""
    return exists().where(*conditions).correlate(conversations)


STANDING: Select[Any] = (
    select(
        conversations.c.id,
        conversations.c.encounter,
        conversations.c.last_activity_at,
        is_booked().label("booked"),
        inquiries.c.complete,
        or_(
            inquiries.c.name.is_not(None),
            inquiries.c.phone.is_not(None),
            inquiries.c.email.is_not(None),
            appointment_requests.c.id.is_not(None),
        ).label("reachable"),
        select(func.max(appointments.c.starts_at))
        .where(_visits)
        .correlate(conversations)
        .scalar_subquery()
        .label("visit"),
        legal_holds.c.reason,
    )
    .join(inquiries, _mine, isouter=True)
    .join(appointment_requests, appointment_requests.c.conversation_id == conversations.c.id, isouter=True)
    .join(legal_holds, legal_holds.c.conversation_id == conversations.c.id, isouter=True)
)


def standing_of(row: Row[Any]) -> Standing:
    """One row of STANDING."""
    newest = max(row.last_activity_at, row.visit) if row.visit else row.last_activity_at
    minor = f'"{MINOR}"' in row.encounter
    return Standing(row.id, _class(row), minor, newest, HoldReason(row.reason) if row.reason else None)


def oldest(
    connection: Connection, *, before: datetime, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Row[Any]]:
    """A page of the conversations last heard of by a moment, the oldest first."""
    heard, id = conversations.c.last_activity_at, conversations.c.id
    wanted = STANDING.where(heard <= before).order_by(heard, id).limit(limit)
    if after is not None:
        wanted = wanted.where(or_(heard > after[0], and_(heard == after[0], id > after[1])), heard >= after[0])
    return connection.execute(wanted).all()


def _class(row: Row[Any]) -> KeptAs:
    if row.booked:
        return KeptAs.BOOKED
    return KeptAs.NOT_BOOKED if row.complete or row.reachable else KeptAs.LEFT_EARLY
