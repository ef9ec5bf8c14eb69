"""One inquiry as the desk reads it: its line of the inbox, the encounter, the request, transcript, notes and calls."""

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.clinical.reply import ReplyKind
from bot.service.desk_records import Act, Call, CallOutcome, Inquiry, Note, Present, Request
from bot.service.transcript import Line, in_order
from bot.store import audit
from bot.store import inbox_reads as reads
from bot.store.chats import attend, chat_of
from bot.store.desk_entries import entered
from bot.store.desk_inbox import ENTRY, entry_of
from bot.store.judgements import encounter_of
from bot.store.tables import appointment_requests, calls, conversations, inquiries, messages, notes, replies, staff
from bot.store.transaction import Database

ONE = ENTRY.add_columns(conversations.c.encounter)
"""One inquiry with its encounter, as `whole_inquiry` takes it."""
FIELDS = tuple(field.name for field in fields(Request))


class DeskFile:
    """The InquiryFile of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, inquiry_id: str, *, act: Act) -> Inquiry | None:
        """The whole inquiry, with an audit line that it was read."""
        with self._database.write() as connection:
            attend(connection, inquiry_id, now=act.now)
            row = connection.execute(ONE.where(inquiries.c.id == inquiry_id)).one_or_none()
            if row is None:
                return None
            audit.write(connection, act.staff_id, "inquiry.read", subject=inquiry_id, now=act.now)
            present = reads.keep(connection, inquiry_id, act=act, was_unread=entry_of(row).is_unread)
            return whole_inquiry(connection, row, present)


def whole_inquiry(connection: Connection, row: Row[Any], present: tuple[Present, ...]) -> Inquiry:
    """One row of ONE with everything that hangs on it."""
    return Inquiry(
        entry=entry_of(row, present),
        version=row.version,
        language=row.conversation_language,
        created_at=row.created_at,
        encounter=encounter_of(row.encounter),
        request=_request(connection, row.conversation_id),
        transcript=_transcript(connection, row.conversation_id),
        notes=_notes(connection, row.id),
        calls=_calls(connection, row.id),
        entered=entered(connection, row.conversation_id),
        chat=chat_of(connection, row.id),
    )


def _request(connection: Connection, conversation_id: str) -> Request | None:
    wanted = appointment_requests.c
    found = select(*[wanted[name] for name in FIELDS])
    row = connection.execute(found.where(wanted.conversation_id == conversation_id)).one_or_none()
    return Request(*row) if row else None


def _transcript(connection: Connection, conversation_id: str) -> tuple[Line, ...]:
    """Everything said and sent, in order."""
    said = connection.execute(_SAID.where(messages.c.conversation_id == conversation_id)).all()
    sent = connection.execute(_SENT.where(replies.c.conversation_id == conversation_id)).all()
    seqs = {row.id: row.seq for row in said}
    labels: dict[str, str] = {}
    ordered = in_order(
        [(row.seq, partial(_said, row, labels)) for row in said],
        [(seqs.get(row.message_id), partial(_sent, row, labels)) for row in sent],
    )
    return tuple(line() for line in ordered)


_SAID = select(messages).order_by(messages.c.seq)
_SENT = select(replies).order_by(replies.c.seq)


def _said(row: Row[Any], labels: dict[str, str]) -> Line:
    tapped = json.loads(row.choices) if row.choices else ()
    return Line(row.received_at, by_patient=True, text=row.text, choices=tuple(labels.get(id, id) for id in tapped))


def _sent(row: Row[Any], labels: dict[str, str]) -> Line:
    body = json.loads(row.body)
    labels.update({choice["id"]: choice["label"] for choice in body.get("choices", ())})
    return Line(row.created_at, by_patient=False, text=body["text"], kind=body["kind"], writer=_writer(body))


def _writer(body: Mapping[str, Any]) -> str | None:
    """The first name of whoever of the staff wrote it."""
    return (body.get("data") or {}).get("name") if body["kind"] == ReplyKind.STAFF.value else None


def _notes(connection: Connection, inquiry_id: str) -> tuple[Note, ...]:
    found = select(staff.c.name, notes.c.text, notes.c.created_at).join(staff, staff.c.id == notes.c.staff_id)
    rows = connection.execute(found.where(notes.c.inquiry_id == inquiry_id).order_by(notes.c.created_at, notes.c.id))
    return tuple(Note(*row) for row in rows)


def _calls(connection: Connection, inquiry_id: str) -> tuple[Call, ...]:
    found = select(staff.c.name, calls.c.outcome, calls.c.note, calls.c.called_at)
    found = found.join(staff, staff.c.id == calls.c.staff_id).where(calls.c.inquiry_id == inquiry_id)
    rows = connection.execute(found.order_by(calls.c.called_at, calls.c.id))
    return tuple(Call(by, CallOutcome(outcome), text, at) for by, outcome, text, at in rows)
