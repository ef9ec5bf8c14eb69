"""Which inquiries an inbox query shows: the lists of all its filters at once, read along the shortest of them.

Every list is in the order of the inbox. One is walked, the others are only asked whether they hold the same row, so a
page costs what it shows, however many inquiries there are. Where filters hardly ever meet, a page looks through
so many rows and says where to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select, tuple_

from bot.service.desk_filters import SCOPES, Asked, Scope, View
from bot.service.desk_records import Place
from bot.store.inbox_lists import ALL, NO_CONTACT, NOBODY, UNDONE, UNREAD, facet, name_of, place_of, rank_of
from bot.store.inbox_tables import inbox_lists, inquiry_reads
from bot.store.tables import inquiries

MOST_WALKED = 1000
"""Rows that one page looks through where filters hardly ever meet."""
MEASURED = 500
"""Lists are counted up to here to find the shortest."""
ALIKE = 8
"""Words that begin as the last one does and are looked for with it."""
SHORTEST_BEGINNING = 3
_YES: ColumnElement[Any] = literal_column("1")

Condition = tuple[str, ...]
"""Lists of which an inquiry stands in one at least."""


@dataclass(frozen=True)
class Found:
    """Places in order, and how far the lists were read when that was not to the end."""

    places: tuple[Place, ...]
    read_to: Place | None = None


def find(connection: Connection, asked: Asked, *, after: Place | None, limit: int) -> Found:
    """The first so many places after one."""
    _keep_to_the_index(connection)
    conditions = _conditions(connection, asked)
    if not all(conditions):
        return Found(())
    shortest = min(conditions, key=lambda names: _size(connection, names)) if len(conditions) > 1 else conditions[0]
    others = [names for names in conditions if names is not shortest]
    also = _also(asked)
    bound = _bound(connection, shortest, after) if others or also else None
    ranks: set[tuple[int, str]] = set()
    for name in shortest:
        walk = _walk(name, others, after=after, bound=bound, limit=limit)
        for condition in also:
            walk = walk.where(condition)
        ranks.update((row.rank, row.inquiry_id) for row in connection.execute(walk))
    places = tuple(place_of(*one) for one in sorted(ranks)[:limit])
    return Found(places, place_of(*bound) if bound and len(places) < limit else None)


def count(connection: Connection, names: Condition, *, at_most: int) -> int:
    """How many rows these lists have together, counted no further than that."""
    total = 0
    for name in names:
        some = select(_YES).where(inbox_lists.c.list == name).limit(at_most - total).subquery()
        total += int(connection.execute(select(func.count()).select_from(some)).scalar_one())
        if total >= at_most:
            break
    return total


def lists_of_view(status: str, views: Sequence[View], staff_id: str) -> Condition:
    """The lists behind a tab of the inbox: a status, or a view of what is open."""
    scopes, only = SCOPES[status]
    plain = {
        View.UNREAD: UNREAD,
        View.MINE: f"owner:{staff_id}",
        View.UNASSIGNED: f"owner:{NOBODY}",
        View.NO_CONTACT: NO_CONTACT,
        View.LEFT_EARLY: UNDONE,
        View.NEW_TO_ME: ALL,
    }
    wanted = plain[views[0]] if views else f"status:{only.value}" if only else ALL
    return tuple(name_of(scope, wanted) for scope in scopes)


def _keep_to_the_index(connection: Connection) -> None:
    """PostgreSQL guesses how many rows a filter leaves and may read and sort a whole list; here it never pays."""
    if connection.dialect.name == "postgresql":
        off = (func.set_config(name, "off", True) for name in ("enable_sort", "enable_bitmapscan", "enable_seqscan"))
        connection.execute(select(*off))


def _conditions(connection: Connection, asked: Asked) -> list[Condition]:
    query = asked.query
    scopes, status = SCOPES[query.status]
    wanted = [f"status:{status.value}"] if status else []
    wanted += [facet(one.kind, one.value) for one in query.facets]
    if query.search.number:
        wanted.append(f"p:{query.search.number}"[:40])
    conditions = [tuple(name_of(scope, one) for scope in scopes) for one in wanted]
    conditions += [lists_of_view(query.status, (view,), asked.staff_id) for view in query.views]
    conditions += _of_words(connection, query.search.words, scopes)
    return conditions or [tuple(name_of(scope, ALL) for scope in scopes)]


def _of_words(connection: Connection, words: tuple[str, ...], scopes: Sequence[Scope]) -> list[Condition]:
    """Each word whole, in a name or in what was said; the last one may be only the beginning of one."""
    whole = [tuple(name_of(scope, f"{kind}:{word}") for scope in scopes for kind in "nw") for word in words[:-1]]
    if not words:
        return []
    beginnings = [name_of(scope, f"{kind}:{words[-1]}") for scope in scopes for kind in "nw"]
    alike = [name for beginning in beginnings for name in _beginning_with(connection, beginning)]
    return [*whole, tuple(alike)]


def _beginning_with(connection: Connection, beginning: str) -> list[str]:
    """The first lists whose name begins so; each is one step along the index."""
    names: list[str] = []
    if len(beginning.rpartition(":")[2]) < SHORTEST_BEGINNING:
        return [beginning]
    at = inbox_lists.c.list >= beginning
    while len(names) < ALIKE:
        step = select(inbox_lists.c.list).where(at).order_by(inbox_lists.c.list).limit(1)
        name = connection.execute(step).scalar()
        if name is None or not name.startswith(beginning):
            break
        names.append(name)
        at = inbox_lists.c.list > name
    return names


def _also(asked: Asked) -> list[ColumnElement[bool]]:
    """What no list says: it depends on the moment, or on who asks."""
    row, also = inbox_lists.c, []
    if View.LEFT_EARLY in asked.query.views:
        left = select(_YES).where(inquiries.c.id == row.inquiry_id, inquiries.c.last_activity_at <= asked.left_before)
        also.append(left.scalar_subquery() == _YES)
    if View.NEW_TO_ME in asked.query.views:
        seen = inquiry_reads.c
        read = select(_YES).join_from(inquiry_reads, inquiries, inquiries.c.id == seen.inquiry_id)
        read = read.where(seen.inquiry_id == row.inquiry_id, seen.staff_id == asked.staff_id)
        read = read.where(seen.read_at >= inquiries.c.last_activity_at).correlate(inbox_lists)
        also.append(read.scalar_subquery().is_(None))
    return also


def _walk(
    name: str,
    others: Sequence[Condition],
    *,
    after: Place | None,
    bound: tuple[int, str] | None,
    limit: int,
) -> Select[tuple[int, str]]:
    """The rows of one list that stand in the others too.

    A scalar subquery is worked out row by row as the list is walked; EXISTS would be free to read a whole list first.
    """
    row = inbox_lists.c
    walk = _from(name, after).order_by(row.rank, row.inquiry_id).limit(limit)
    if bound is not None:
        walk = walk.where(tuple_(row.rank, row.inquiry_id) <= _pair(*bound))
    for names in others:
        same = inbox_lists.alias()
        here = same.c.list == names[0] if len(names) == 1 else same.c.list.in_(names)
        hold = select(_YES).where(here, same.c.rank == row.rank, same.c.inquiry_id == row.inquiry_id).limit(1)
        walk = walk.where(hold.scalar_subquery() == _YES)
    return walk


def _bound(connection: Connection, names: Condition, after: Place | None) -> tuple[int, str] | None:
    """How far these lists are read for one page; None when that is to their end."""
    row, found = inbox_lists.c, []
    for name in names:
        far = _from(name, after).order_by(row.rank, row.inquiry_id).offset(MOST_WALKED).limit(1)
        found += [(row.rank, row.inquiry_id) for row in connection.execute(far)]
    return min(found, default=None)


def _from(name: str, after: Place | None) -> Select[tuple[int, str]]:
    row = inbox_lists.c
    rows = select(row.rank, row.inquiry_id).where(row.list == name)
    if after is None:
        return rows
    return rows.where(tuple_(row.rank, row.inquiry_id) > _pair(rank_of(after.urgency, after.waiting_since), after.id))


def _pair(rank: int, id: str) -> ColumnElement[tuple[int, str]]:
    row = inbox_lists.c
    return tuple_(rank, id, types=[row.rank.type, row.inquiry_id.type])


def _size(connection: Connection, names: Condition) -> int:
    return count(connection, names, at_most=MEASURED)
