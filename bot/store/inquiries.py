"""The rows of `inquiries`, as a patient's conversation writes them; the desk's own changes are in bot.store.desk."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.service.records import Answer, InquiryRecord
from bot.store import audit
from bot.store.tables import inquiries as table

DONE = ("booked", "closed")


def keep(connection: Connection, record: InquiryRecord, *, answer: Answer) -> None:
    """The conversation's inquiry shows what the encounter now says; a done one that needs people again is new."""
    row = connection.execute(_FIND, {"session": answer.session_id}).one_or_none()
    if row is None:
        _insert(connection, record, answer=answer)
        return
    changed = _columns(record) | ({} if answer.late else {"last_activity_at": answer.now})
    if row.status in DONE and _needs_people_again(row, record):
        changed |= {"status": "new", "waiting_since": answer.now}
        audit.write(connection, "patient", "inquiry.reopened", subject=row.id, now=answer.now)
    connection.execute(_CHANGE, {"inquiry": row.id, **changed})


def reopen(connection: Connection, session_id: str, *, now: datetime) -> None:
    """The patient changed what was settled: a done inquiry is new again, and every one shows when it was."""
    row = connection.execute(_FIND, {"session": session_id}).one_or_none()
    if row is None:
        return
    changed: dict[str, Any] = {"last_activity_at": now}
    if row.status in DONE:
        changed |= {"status": "new", "waiting_since": now}
        audit.write(connection, "patient", "inquiry.reopened", subject=row.id, now=now)
    connection.execute(_CHANGE, {"inquiry": row.id, **changed})


_FIND = select(table).where(table.c.conversation_id == bindparam("session"))
_CHANGE = update(table).where(table.c.id == bindparam("inquiry"))


def _insert(connection: Connection, record: InquiryRecord, *, answer: Answer) -> None:
    first = {
        "id": answer.inquiry_id,
        "conversation_id": answer.session_id,
        "version": 0,
        "status": "new",
        "created_at": answer.now,
        "waiting_since": answer.now,
        "last_activity_at": answer.now,
    }
    connection.execute(insert(table), {**first, **_columns(record)})
    audit.write(connection, "patient", "inquiry.created", subject=answer.inquiry_id, now=answer.now)


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
    }


def _needs_people_again(row: Row[Any], record: InquiryRecord) -> bool:
    return (
        record.urgency < row.urgency
        or (record.wants_booking and not row.wants_booking)
        or (record.person_requested is not None and record.person_requested != row.person_requested)
    )
