"""The rows of one day that the reports count, read by index and for that day alone."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from bot.clinical.vocabulary import Disposition
from bot.service.desk_entry_records import DESK
from bot.service.desk_filters import UNFINISHED
from bot.service.desk_records import DONE
from bot.service.inquiry import STEP
from bot.service.report_records import Screened, Talked
from bot.store.keeping import is_booked
from bot.store.tables import appointment_requests, audit, calls, conversations, inquiries, replies

_DONE = {status.value for status in DONE}
_BY_STAFF = '%"kind": "staff"%'
"""A message that staff wrote to the patient, as its reply is kept."""
_COMPLETE = '%"complete": true%'
"""A result was given, as the encounter says it: where nothing was found there is no inquiry to say so."""
_OPENED = conversations.c.opened_at
_TALKED = (
    select(
        conversations.c.id,
        conversations.c.message_seq,
        conversations.c.last_activity_at,
        inquiries.c.id.label("inquiry"),
        conversations.c.encounter.like(_COMPLETE).label("complete"),
        inquiries.c.wants_booking,
        appointment_requests.c.id.label("request"),
        is_booked().label("booked"),
    )
    .join(inquiries, inquiries.c.conversation_id == conversations.c.id, isouter=True)
    .join(appointment_requests, appointment_requests.c.conversation_id == conversations.c.id, isouter=True)
    .where(conversations.c.channel != DESK)
)
_ASKED = (
    select(replies.c.conversation_id, replies.c.question)
    .join(conversations, conversations.c.id == replies.c.conversation_id)
    .where(replies.c.question.is_not(None))
    .order_by(replies.c.conversation_id, replies.c.seq)
)
_SCREENED = select(inquiries, conversations.c.encounter).join(
    conversations, conversations.c.id == inquiries.c.conversation_id
)


def talked(connection: Connection, since: datetime, until: datetime) -> tuple[Talked, ...]:
    """The conversations that patients began between two moments."""
    day = since <= _OPENED, until > _OPENED
    questions: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(_ASKED.where(*day)):
        questions[row.conversation_id].append(row.question)
    return tuple(_talked(row, questions.get(row.id, [])) for row in connection.execute(_TALKED.where(*day)))


def screened(connection: Connection, since: datetime, until: datetime) -> tuple[Screened, ...]:
    """The inquiries that came between two moments."""
    day = and_(inquiries.c.created_at >= since, inquiries.c.created_at < until)
    opened, reached = _first_opened(connection, day), _first_reached(connection, day)
    rows = connection.execute(_SCREENED.where(day)).all()
    return tuple(_screened(row, opened.get(row.id), reached.get(row.id)) for row in rows)


def _talked(row: Row[Any], questions: list[str]) -> Talked:
    return Talked(
        has_written=row.message_seq > 0,
        is_inquiry=row.inquiry is not None,
        has_result=bool(row.complete),
        wants_visit=bool(row.wants_booking) or row.request is not None,
        is_booked=bool(row.booked),
        last_activity_at=row.last_activity_at,
        questions=tuple(questions),
    )


def _screened(row: Row[Any], opened_at: datetime | None, reached_at: datetime | None) -> Screened:
    known = _presences(row.encounter)
    return Screened(
        level=row.disposition or UNFINISHED,
        urgency=Disposition(row.disposition).urgency * STEP if row.disposition else row.urgency,
        regions=tuple(json.loads(row.regions)),
        present=frozenset(finding for finding, presence in known.items() if presence == "present"),
        absent=frozenset(finding for finding, presence in known.items() if presence == "absent"),
        since=row.urgent_since or row.created_at,
        opened_at=opened_at,
        reached_at=reached_at,
        is_done=row.status in _DONE,
        by_desk=row.channel == DESK,
    )


def _presences(encounter: str) -> dict[str, str]:
    """The presence of each finding that was spoken of; a damaged encounter knows none."""
    try:
        records = json.loads(encounter).get("findings", ())
        return {record["finding"]: record["presence"] for record in records}
    except (ValueError, AttributeError, KeyError, TypeError):
        return {}


def _first_opened(connection: Connection, day: Any) -> dict[str, datetime]:
    """When each inquiry of a day was first opened, by the audit, which forgets nothing."""
    mine = audit.c.subject.in_(select(inquiries.c.id).where(day))
    first = select(audit.c.subject, func.min(audit.c.at)).where(mine, audit.c.action == "inquiry.read")
    return {row[0]: row[1] for row in connection.execute(first.group_by(audit.c.subject))}


def _first_reached(connection: Connection, day: Any) -> dict[str, datetime]:
    """When each patient of a day was first called or written to."""
    called = select(calls.c.inquiry_id, func.min(calls.c.called_at))
    called = called.join(inquiries, inquiries.c.id == calls.c.inquiry_id).where(day).group_by(calls.c.inquiry_id)
    written = select(inquiries.c.id, func.min(replies.c.created_at))
    written = written.join(inquiries, inquiries.c.conversation_id == replies.c.conversation_id)
    written = written.where(day, replies.c.body.like(_BY_STAFF)).group_by(inquiries.c.id)
    first: dict[str, datetime] = {}
    for statement in (called, written):
        for inquiry_id, at in connection.execute(statement):
            first[inquiry_id] = min(at, first.get(inquiry_id, at))
    return first
