"""The desk's inbox: pages in the order of urgency and waiting, and what each line shows."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from bot.clinical.vocabulary import Disposition
from bot.service.actors import SYSTEM
from bot.service.desk_filters import Asked, View
from bot.service.desk_records import OPEN, Act, Place, Present, Queue, QueueEntry, Reason, Status
from bot.store import audit, inbox_search
from bot.store.inbox_lists import refresh
from bot.store.tables import conversations, inquiries, inquiry_reads, staff
from bot.store.transaction import Database

_ORDER = (inquiries.c.urgency, inquiries.c.waiting_since, inquiries.c.id)
_OPEN = [status.value for status in OPEN]
HERE = timedelta(seconds=45)
"""A page that is open says so every twenty seconds."""
WRITING = timedelta(seconds=30)
MOST_WOKEN = 100


class DeskInbox:
    """The Inbox of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, asked: Asked, *, after: Place | None, limit: int, now: datetime) -> Queue:
        """A page of inquiries: most urgent first, the longest waiting first among equals."""
        wake(self._database, now)
        with self._database.read() as connection:
            found = inbox_search.find(connection, asked, after=after, limit=limit + 1)
            entries = _entries(connection, found.places[:limit], now=now)
        if len(found.places) > limit:
            return Queue(entries, found.places[limit - 1])
        return Queue(entries, found.read_to, is_cut=found.read_to is not None)

    def arrived(self, *, since: datetime, limit: int, act: Act) -> tuple[tuple[QueueEntry, ...], bool]:
        """What came in since then and is open, most urgent first; and whether there was more."""
        wake(self._database, act.now)
        came = select(*_ORDER).where(inquiries.c.created_at >= since, inquiries.c.status.in_(_OPEN)).order_by(*_ORDER)
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, "morning_list.read", subject=None, now=act.now)
            places = tuple(Place(*row) for row in connection.execute(came.limit(limit + 1)))
            return _entries(connection, places[:limit], now=act.now), len(places) > limit

    def counts(
        self, tabs: Mapping[str, tuple[str, tuple[View, ...]]], *, staff_id: str, at_most: int
    ) -> dict[str, int]:
        """How many inquiries each tab shows, by its status and views, counted no further than `at_most`."""
        with self._database.read() as connection:
            return {
                tab: inbox_search.count(
                    connection, inbox_search.lists_of_view(status, views, staff_id), at_most=at_most
                )
                for tab, (status, views) in tabs.items()
            }


def wake(database: Database, now: datetime) -> None:
    """Inquiries whose time has come are back where they were."""
    due = inquiries.c.snoozed_until <= now
    with database.read() as connection:
        ids = connection.execute(select(inquiries.c.id).where(due).limit(MOST_WOKEN)).scalars().all()
    if not ids:
        return
    with database.write() as connection:
        for id in ids:
            awake = update(inquiries).where(inquiries.c.id == id, due).values(snoozed_until=None)
            if connection.execute(awake).rowcount:
                refresh(connection, id)
                audit.write(connection, SYSTEM, "inquiry.woken", subject=id, now=now)


ENTRY: Select[Any] = (
    select(inquiries, conversations.c.language.label("conversation_language"), staff.c.name.label("owner_name"))
    .join(conversations, conversations.c.id == inquiries.c.conversation_id)
    .join(staff, staff.c.id == inquiries.c.owner_id, isouter=True)
)


def entry_of(row: Row[Any], present: tuple[Present, ...] = ()) -> QueueEntry:
    """One row of ENTRY as the line the inbox shows."""
    return QueueEntry(
        id=row.id,
        urgency=row.urgency,
        disposition=Disposition(row.disposition) if row.disposition else None,
        status=Status(row.status),
        name=row.name,
        phone=row.phone,
        email=row.email,
        findings=tuple(json.loads(row.findings)),
        regions=tuple(json.loads(row.regions)),
        flags=tuple(json.loads(row.flags)),
        wants_booking=row.wants_booking,
        call_back=row.call_back,
        person_requested=row.person_requested,
        complete=row.complete,
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        waiting_since=row.waiting_since,
        last_activity_at=row.last_activity_at,
        spoken=row.language if row.language != row.conversation_language else None,
        channel=row.channel,
        urgent_since=row.urgent_since,
        is_unread=row.opened_at is None or row.opened_at < row.last_activity_at,
        snoozed_until=row.snoozed_until,
        closed_reason=Reason(row.closed_reason) if row.closed_reason else None,
        appointment=row.appointment,
        present=present,
    )


def present_at(connection: Connection, ids: list[str], *, now: datetime) -> Mapping[str, tuple[Present, ...]]:
    """Who has each of these inquiries open now."""
    seen = inquiry_reads.c
    here = select(seen.inquiry_id, staff.c.id, staff.c.name, seen.writing_at).join(staff, staff.c.id == seen.staff_id)
    found: dict[str, tuple[Present, ...]] = defaultdict(tuple)
    for row in connection.execute(here.where(seen.inquiry_id.in_(ids), seen.here_at > now - HERE)):
        is_writing = row.writing_at is not None and row.writing_at > now - WRITING
        found[row.inquiry_id] += (Present(row.id, row.name, is_writing),)
    return found


def _entries(connection: Connection, places: tuple[Place, ...], *, now: datetime) -> tuple[QueueEntry, ...]:
    ids = [place.id for place in places]
    rows = {row.id: row for row in connection.execute(ENTRY.where(inquiries.c.id.in_(ids)))}
    present = present_at(connection, ids, now=now)
    return tuple(entry_of(rows[id], present.get(id, ())) for id in ids if id in rows)
