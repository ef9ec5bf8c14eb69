"""The desk's inbox: pages in the order of urgency and waiting, each status read off the one index that fits it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from bot.clinical.codec import from_data
from bot.clinical.encounter import Encounter
from bot.clinical.tally import present
from bot.clinical.vocabulary import Disposition
from bot.errors import EncounterError
from bot.service.desk_records import Place, Queue, QueueEntry, Status
from bot.store.tables import conversations, inquiries, staff
from bot.store.transaction import Database

_ORDER = (inquiries.c.urgency, inquiries.c.waiting_since, inquiries.c.id)


class DeskInbox:
    """The Inbox of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, statuses: tuple[Status, ...], *, after: Place | None, limit: int) -> Queue:
        """A page of inquiries: most urgent first, the longest waiting first among equals."""
        with self._database.read() as connection:
            found = [place for status in statuses for place in _first(connection, status, after, limit + 1)]
            places = sorted(found, key=_rank)[: limit + 1]
            entries = _entries(connection, [place.id for place in places[:limit]])
        return Queue(entries, entries[-1].place if len(places) > limit else None)

    def counts(self, *, at_most: int) -> Mapping[Status, int]:
        """How many inquiries have each status, counted no further than `at_most`."""
        with self._database.read() as connection:
            return {status: _count(connection, status, at_most) for status in Status}


ENTRY: Select[Any] = (
    select(inquiries, conversations.c.encounter, conversations.c.language, staff.c.name.label("owner_name"))
    .join(conversations, conversations.c.id == inquiries.c.conversation_id)
    .join(staff, staff.c.id == inquiries.c.owner_id, isouter=True)
)


def entry_of(row: Row[Any]) -> QueueEntry:
    """One row of ENTRY as the line the inbox shows."""
    known = _known(row.encounter)
    return QueueEntry(
        id=row.id,
        urgency=row.urgency,
        disposition=Disposition(row.disposition) if row.disposition else None,
        status=Status(row.status),
        name=row.name,
        phone=row.phone,
        email=row.email,
        findings=tuple(record.finding.value for record in present(known)) if known else (),
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
        spoken=known.language if known else None,
    )


def _first(connection: Connection, status: Status, after: Place | None, limit: int) -> list[Place]:
    wanted = select(*_ORDER).where(inquiries.c.status == status.value).order_by(*_ORDER).limit(limit)
    if after is not None:
        place = tuple_(after.urgency, after.waiting_since, after.id, types=[column.type for column in _ORDER])
        wanted = wanted.where(tuple_(*_ORDER) > place)
    return [Place(*row) for row in connection.execute(wanted)]


def _entries(connection: Connection, ids: list[str]) -> tuple[QueueEntry, ...]:
    rows = connection.execute(ENTRY.where(inquiries.c.id.in_(ids)).order_by(*_ORDER))
    return tuple(entry_of(row) for row in rows)


def _count(connection: Connection, status: Status, at_most: int) -> int:
    some = select(inquiries.c.id).where(inquiries.c.status == status.value).limit(at_most).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _rank(place: Place) -> tuple[int, Any, str]:
    return place.urgency, place.waiting_since, place.id


def _known(encounter: str) -> Encounter | None:
    """The encounter; one that is damaged must not keep the whole list from opening."""
    try:
        return from_data(Encounter, json.loads(encounter))
    except (EncounterError, ValueError):
        return None
