"""Inquiries on their way out: which they are is known at once and written down, their rows come a few at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.service.desk_filters import Asked
from bot.service.desk_records import Act, Inquiry, Place, Request
from bot.service.export_records import ExportRow, Form, Span
from bot.store import audit, inbox_search
from bot.store.desk_file import FIELDS, ONE, whole_inquiry
from bot.store.desk_inbox import ENTRY, entry_of, wake
from bot.store.judgements import encounter_of
from bot.store.tables import appointment_requests, calls, conversations, inquiries, notes
from bot.store.transaction import Database

HANDED_ON, EXPORTED = "inquiry.handed_on", "inquiries.exported"
_WALKED = 1000
"""Places that are looked up at once."""
_PAGE = 250
"""Rows that are read in one transaction."""
LONGEST_DETAIL = 64


class ExportRows:
    """bot.service.export_records.ExportBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def one(self, inquiry_id: str, *, form: Form, act: Act) -> Inquiry | None:
        """A whole inquiry, with an audit line that it was handed on; it is not marked as opened by that."""
        with self._database.write() as connection:
            row = connection.execute(ONE.where(inquiries.c.id == inquiry_id)).one_or_none()
            if row is None:
                return None
            audit.write(connection, act.staff_id, HANDED_ON, subject=inquiry_id, now=act.now, detail=form.value)
            return whole_inquiry(connection, row, ())

    def shown(self, asked: Asked, *, kinds: Sequence[str], act: Act) -> Sequence[str]:
        """The ids of what the inbox shows: one state of it, so that none is twice or left out while others work."""
        wake(self._database, act.now)
        with self._database.read() as connection:
            ids = [place.id for place in _places(connection, asked)]
        self._keep(_told(len(ids), kinds), act)
        return ids

    def arrived(self, span: Span, *, form: Form, act: Act) -> Sequence[str]:
        """The ids of what came in within the span, oldest first."""
        at = inquiries.c.created_at
        found = select(inquiries.c.id).order_by(at, inquiries.c.id)
        found = found.where(at >= span.since) if span.since else found
        found = found.where(at < span.until) if span.until else found
        with self._database.read() as connection:
            ids = connection.execute(found).scalars().all()
        kinds = [name for name, bound in (("since", span.since), ("until", span.until)) if bound]
        self._keep(_told(len(ids), [form.value, *kinds]), act)
        return ids

    def rows(self, ids: Sequence[str]) -> Iterator[ExportRow]:
        """These inquiries in this order, each few of them in a short transaction of their own."""
        for start in range(0, len(ids), _PAGE):
            some = ids[start : start + _PAGE]
            with self._database.read() as connection:
                found = {row.id: row for row in connection.execute(_ROW.where(inquiries.c.id.in_(some)))}
            yield from (_export_row(found[id]) for id in some if id in found)

    def whole(self, ids: Sequence[str]) -> Iterator[Inquiry]:
        """The same with everything that the inquiry page shows."""
        for id in ids:
            with self._database.read() as connection:
                row = connection.execute(ONE.where(inquiries.c.id == id)).one_or_none()
                inquiry = whole_inquiry(connection, row, ()) if row else None
            if inquiry is not None:
                yield inquiry

    def _keep(self, detail: str, act: Act) -> None:
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, EXPORTED, subject=None, now=act.now, detail=detail)


def _places(connection: Connection, asked: Asked) -> Iterator[Place]:
    """Every place that the inbox shows, walked to the end."""
    after: Place | None = None
    while True:
        found = inbox_search.find(connection, asked, after=after, limit=_WALKED)
        yield from found.places
        if len(found.places) < _WALKED and found.read_to is None:
            return
        after = found.places[-1] if len(found.places) == _WALKED else found.read_to


def _told(count: int, kinds: Sequence[str]) -> str:
    """How many there were and what they were filtered by, never for what."""
    told = f"{count} {' '.join(kinds)}".strip()
    return told if len(told) <= LONGEST_DETAIL else f"{count} with {len(kinds)} filters"


_mine = calls.c.inquiry_id == inquiries.c.id, notes.c.inquiry_id == inquiries.c.id
_CALLS, _NOTES = (select(func.count()).where(mine).correlate(inquiries).scalar_subquery() for mine in _mine)
_wanted = appointment_requests.c
_ROW = ENTRY.add_columns(
    conversations.c.encounter,
    _CALLS.label("calls"),
    _NOTES.label("notes"),
    *(_wanted[name].label(f"wanted_{name}") for name in FIELDS),
).join(appointment_requests, _wanted.conversation_id == inquiries.c.conversation_id, isouter=True)


def _export_row(row: Row[Any]) -> ExportRow:
    return ExportRow(
        entry=entry_of(row),
        created_at=row.created_at,
        language=row.language,
        payer=row.payer,
        encounter=encounter_of(row.encounter),
        request=_request(row),
        calls=row.calls,
        notes=row.notes,
    )


def _request(row: Row[Any]) -> Request | None:
    if row.wanted_requested_at is None:
        return None
    return Request(*(getattr(row, f"wanted_{name}") for name in FIELDS))
