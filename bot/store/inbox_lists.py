"""The lists an inquiry stands in, kept as the inquiry is: one row for each way it can be found."""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.service.desk_entry_records import DESK
from bot.service.desk_filters import UNFINISHED, Kind, Scope, level_of
from bot.service.desk_records import DONE, Place
from bot.service.desk_words import numbers_of, words_of
from bot.store.inbox_tables import inbox_lists as table
from bot.store.tables import inquiries

ALL = "*"
"""The list of every inquiry of a scope."""
NOBODY = "nobody"
UNREAD, UNDONE, NO_CONTACT = "unread", "undone", "no_contact"
_DONE = {status.value for status in DONE}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_WORDS = 1000
"""Words that one inquiry is found by: a turn costs no more, however long somebody writes."""
_BITS = 52
"""Microseconds since 1970 fit until 2112."""


def refresh(connection: Connection, inquiry_id: str, *, said: Collection[str] = ()) -> None:
    """The inquiry stands in the lists that its row asks for, and is found by the words of what was `said` too."""
    row = connection.execute(select(inquiries).where(inquiries.c.id == inquiry_id)).one_or_none()
    if row is None:
        return
    mine = select(table.c.list, table.c.rank).where(table.c.inquiry_id == inquiry_id)
    standing: dict[str, int] = {row.list: row.rank for row in connection.execute(mine)}
    words = {name.partition("|")[2] for name in standing if name[1:4] == "|w:"}
    new = sorted({f"w:{word}" for text in said for word in words_of(text)} - words)
    words |= set(new[: max(MOST_WORDS - len(words), 0)])
    rank, scope = rank_of(row.urgency, row.waiting_since), scope_of(row)
    wanted = {name_of(scope, facet) for facet in (*facets_of(row), *named_by(row.name, row.phone), *words)}
    stays = {name for name, at in standing.items() if name in wanted and at == rank}
    _leave(connection, inquiry_id, set(standing) - stays)
    if wanted - stays:
        rows = [{"list": name, "rank": rank, "inquiry_id": inquiry_id} for name in sorted(wanted - stays)]
        connection.execute(insert(table), rows)


def facets_of(row: Any) -> Iterator[str]:
    """What an inquiry can be found by, besides its patient's words."""
    yield ALL
    yield f"status:{row.status}"
    yield f"owner:{row.owner_id or NOBODY}"
    level = level_of(row.urgency)
    yield facet(Kind.LEVEL, level.value if level else UNFINISHED)
    yield from (facet(Kind.REGION, region) for region in json.loads(row.regions))
    yield from (facet(Kind.FINDING, finding) for finding in json.loads(row.findings))
    yield facet(Kind.CHANNEL, row.channel)
    yield facet(Kind.LANGUAGE, row.language)
    yield facet(Kind.RECEIVED, row.received_on)
    yield facet(Kind.RECEIVED, row.received_on[:7])
    if row.payer:
        yield facet(Kind.PAYER, row.payer)
    if not (row.phone or row.email):
        yield NO_CONTACT
    if not row.complete and row.channel != DESK:
        yield UNDONE
    if row.opened_at is None or row.opened_at < row.last_activity_at:
        yield UNREAD


def named_by(name: str | None, phone: str | None) -> frozenset[str]:
    """What an inquiry is found by when somebody asks for its patient."""
    return frozenset(f"n:{word}" for word in words_of(name or "")) | {f"p:{one}"[:40] for one in numbers_of(phone)}


def facet(kind: Kind, value: str) -> str:
    """How a filter's value is called in the lists."""
    return f"{kind.value}:{value}"


def name_of(scope: Scope, facet: str) -> str:
    """The list of a scope's inquiries with this facet."""
    return f"{scope.value}|{facet}"


def scope_of(row: Any) -> Scope:
    """Where an inquiry stands as a whole."""
    if row.status in _DONE:
        return Scope.DONE
    return Scope.SNOOZED if row.snoozed_until else Scope.OPEN


def rank_of(urgency: int, waiting_since: datetime) -> int:
    """One number that sorts as urgency and then waiting since."""
    return (urgency << _BITS) + (waiting_since - _EPOCH) // timedelta(microseconds=1)


def first_rank(urgency: int) -> int:
    """The rank before all of this urgency."""
    return urgency << _BITS


def place_of(rank: int, inquiry_id: str) -> Place:
    """The place in the inbox behind a rank."""
    urgency, micros = rank >> _BITS, rank & ((1 << _BITS) - 1)
    return Place(urgency, _EPOCH + timedelta(microseconds=micros), inquiry_id)


def _leave(connection: Connection, inquiry_id: str, names: Collection[str]) -> None:
    if names:
        left = delete(table).where(table.c.inquiry_id == inquiry_id, table.c.list.in_(sorted(names)))
        connection.execute(left)
