"""The rows of `inquiries`, as a patient's conversation writes them; the desk's own changes are in bot.store.desk."""

import json
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.clinical.effect import ConfirmTime
from bot.service.desk_records import URGENT_BELOW
from bot.service.records import Answer, InquiryRecord
from bot.store import audit
from bot.store.inbox_lists import refresh
from bot.store.judged_listing import JUDGED, listed_urgency
from bot.store.tables import conversations, messages
from bot.store.tables import inquiries as table

DONE = ("booked", "closed")


def keep(connection: Connection, record: InquiryRecord, *, answer: Answer, zone: tzinfo, by: str = "patient") -> None:
    """The conversation's inquiry shows what the encounter now says; a done one that needs people again is new."""
    row = connection.execute(_FIND, {"session": answer.session_id}).one_or_none()
    if row is None:
        _insert(connection, record, answer=answer, zone=zone, by=by)
        refresh(connection, answer.inquiry_id, said=_said(connection, answer, all_so_far=True))
        return
    record = replace(record, urgency=listed_urgency(connection, row, record, answer))
    changed = _columns(record) | ({} if answer.late else {"last_activity_at": answer.now})
    changed |= {"language": record.language or row.language, "urgent_since": _urgent_since(row, record, answer)}
    if not answer.late or record.urgency < row.urgency:
        changed |= {"snoozed_until": None}
    if row.status in DONE and _needs_people_again(row, record):
        changed |= {"status": "new", "waiting_since": answer.now, "closed_reason": None}
        audit.write(connection, by, "inquiry.reopened", subject=row.id, now=answer.now)
    changed |= _booked(answer, urgency=record.urgency)
    connection.execute(_CHANGE, {"inquiry": row.id, **changed})
    refresh(connection, row.id, said=_said(connection, answer, all_so_far=False))


def reopen(connection: Connection, session_id: str, *, now: datetime, appointment: str) -> None:
    """The patient changed what was settled: a done inquiry is new again, and every one shows when it was."""
    row = connection.execute(_FIND, {"session": session_id}).one_or_none()
    if row is None:
        return
    changed: dict[str, Any] = {"last_activity_at": now, "snoozed_until": None, "appointment": appointment}
    if row.status in DONE:
        changed |= {"status": "new", "waiting_since": now, "closed_reason": None}
        audit.write(connection, "patient", "inquiry.reopened", subject=row.id, now=now)
    connection.execute(_CHANGE, {"inquiry": row.id, **changed})
    refresh(connection, row.id)


_FIND = JUDGED.where(table.c.conversation_id == bindparam("session"))
_CHANGE = update(table).where(table.c.id == bindparam("inquiry"))


def _insert(connection: Connection, record: InquiryRecord, *, answer: Answer, zone: tzinfo, by: str) -> None:
    talk = select(conversations.c.channel, conversations.c.language).where(conversations.c.id == answer.session_id)
    channel, language = connection.execute(talk).one()
    first = {
        "id": answer.inquiry_id,
        "conversation_id": answer.session_id,
        "version": 0,
        "status": "new",
        "created_at": answer.now,
        "waiting_since": answer.now,
        "last_activity_at": answer.now,
        "channel": channel,
        "language": record.language or language,
        "received_on": f"{answer.now.astimezone(zone):%Y-%m-%d}",
        "urgent_since": answer.now if record.urgency < URGENT_BELOW else None,
        **_booked(answer, urgency=record.urgency),
    }
    connection.execute(insert(table), {**_columns(record), **first})
    audit.write(connection, by, "inquiry.created", subject=answer.inquiry_id, now=answer.now)


def _columns(record: InquiryRecord) -> dict[str, Any]:
    return {
        "urgency": record.urgency,
        "disposition": record.disposition.value if record.disposition else None,
        "flags": json.dumps(record.flags),
        "regions": json.dumps(record.regions),
        "present": record.present,
        "absent": record.absent,
        "unknown": record.unknown,
        "name": record.contact.name,
        "phone": record.contact.phone,
        "email": record.contact.email,
        "wants_booking": record.wants_booking,
        "call_back": record.call_back,
        "person_requested": record.person_requested,
        "complete": record.complete,
        "findings": json.dumps(record.findings),
        "payer": record.payer,
    }


def _booked(answer: Answer, *, urgency: int) -> dict[str, str]:
    """A time of our own calendar that was booked: the inquiry is done, unless somebody must still look at it."""
    if not any(isinstance(effect, ConfirmTime) for effect in answer.effects):
        return {}
    return {"appointment": "confirmed"} | ({} if urgency < URGENT_BELOW else {"status": "booked"})


def _urgent_since(row: Row[Any], record: InquiryRecord, answer: Answer) -> datetime | None:
    if record.urgency >= URGENT_BELOW:
        return None
    return row.urgent_since or answer.now


def _said(connection: Connection, answer: Answer, *, all_so_far: bool) -> tuple[str, ...]:
    """What the patient wrote that the inquiry is not found by yet: this message, or everything so far."""
    texts = select(messages.c.text).where(messages.c.text.is_not(None))
    if all_so_far:
        texts = texts.where(messages.c.conversation_id == answer.session_id)
    else:
        texts = texts.where(messages.c.id == answer.message_id)
    return tuple(connection.execute(texts).scalars())


def _needs_people_again(row: Row[Any], record: InquiryRecord) -> bool:
    return (
        record.urgency < row.urgency
        or (record.wants_booking and not row.wants_booking)
        or (record.person_requested is not None and record.person_requested != row.person_requested)
    )
