"""Made-up inquiries by the hundred thousand, loaded in the order of the inbox so that it takes minutes at most."""

from __future__ import annotations

import random
import sqlite3
from array import array
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Callable, Iterable, Iterator, Protocol, Sequence, Tuple

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bot.store.engine import sqlite_file
from bot.store.inbox_lists import facets_of, name_of, named_by, rank_of, scope_of

ME = "a" * 32
NOW = datetime(2026, 11, 27, 17, 0, tzinfo=timezone.utc)
SPAN = timedelta(days=700)
URGENCIES = ([0] * 1) + ([10] * 1) + ([20] * 4) + ([25] * 2) + ([30] * 12) + ([40] * 50) + ([45] * 20) + ([50] * 10)
STATUSES = ["new"] * 3 + ["in_progress"] * 2 + ["waiting"] * 2 + ["booked"] * 5 + ["closed"] * 8
REGIONS = ["lower_back"] * 5 + ["neck"] * 4 + ["shoulder"] * 3 + ["knee"] * 3 + ["hip"] * 2 + ["wrist_hand", "elbow"]
FINDINGS = ["pain"] * 4 + ["muscle_spasm"] * 3 + ["tenderness"] * 2 + ["swelling", "altered_sensation"]
PAYERS = [None] * 5 + ["private"] * 3 + ["extended"] * 3 + ["icbc"] * 2 + ["worksafebc", "msp"]
LANGUAGES = ["en"] * 16 + ["fr", "zh", "pa", "es"]
CHANNELS = ["web"] * 7 + ["phone"] * 2 + ["email"]
NAMES = ["Singh", "Ng", "Lee", "Brown", "Martin", "Tremblay", "Wong", "Reyes", "Olsen", "Kaur", "Mori", "Dubois"]
SAID = ["stairs", "knees", "driving", "gardening", "sleeping", "lifting", "typing", "running", "winter", "work"]
COLUMNS = (
    "id", "conversation_id", "version", "urgency", "disposition", "status", "flags", "regions", "present", "absent",
    "unknown", "name", "phone", "email", "wants_booking", "call_back", "person_requested", "complete", "owner_id",
    "created_at", "waiting_since", "last_activity_at", "channel", "language", "findings", "payer", "received_on",
    "snoozed_until", "opened_at",
)  # fmt: skip
TALKS = (
    "id", "channel", "language", "version", "encounter", "message_seq", "reply_seq", "notice", "opened_at",
    "last_activity_at",
)  # fmt: skip
FOUND = '{"complete": false, "findings": [{"finding": "pain", "presence": "present"}]}'
Row = Tuple[Any, ...]


class Bulk(Protocol):
    """A database that is loaded in one go."""

    def begin(self) -> None:
        """Nothing waits and nothing is looked at while it is loaded."""
        ...

    def copy(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """All these rows."""
        ...

    def end(self) -> None:
        """Indexed and measured as a database in use is."""
        ...


def load(address: str, size: int, *, beside: Callable[[Bulk, Sequence[Any]], None] | None = None) -> None:
    """Fill an empty migrated database with so many inquiries, and with what `beside` adds to them."""
    rows = list(made_up(size))
    lists = lists_of(rows)
    into: Bulk = _Sqlite(address) if sqlite_file(address) else _Postgresql(address)
    into.begin()
    into.copy("conversations", TALKS, (_talk(row) for row in rows))
    into.copy("inquiries", COLUMNS, (tuple(getattr(row, name) for name in COLUMNS) for row in rows))
    into.copy("inbox_lists", ("list", "rank", "inquiry_id"), _in_order(lists, rows))
    if beside:
        beside(into, rows)
    into.end()


def made_up(size: int) -> Iterator[Any]:
    """Inquiries in the order of the inbox."""
    chance = random.Random(7)  # noqa: S311  # made-up people, no secret
    keys = [(chance.choice(URGENCIES), NOW - SPAN * chance.random()) for _ in range(size)]
    for number, (urgency, since) in enumerate(sorted(keys)):
        yield _one(chance, number, urgency=urgency, since=since)


def lists_of(rows: Iterable[Any]) -> dict[str, array[int]]:
    """The lists that these inquiries stand in, each in the order of the inbox."""
    lists: dict[str, array[int]] = defaultdict(lambda: array("l"))
    named = lru_cache(maxsize=None)(named_by)
    for number, row in enumerate(rows):
        scope = scope_of(row)
        for facet in (*facets_of(row), *named(row.name, row.phone), *(f"w:{word}" for word in row.said)):
            lists[name_of(scope, facet)].append(number)
    return lists


def _in_order(lists: dict[str, array[int]], rows: list[Any]) -> Iterator[Row]:
    ranks = [rank_of(row.urgency, row.waiting_since) for row in rows]
    for name in sorted(lists):
        yield from ((name, ranks[number], rows[number].id) for number in lists[name])


def _one(chance: random.Random, number: int, *, urgency: int, since: datetime) -> Any:
    status, last = chance.choice(STATUSES), since + timedelta(minutes=chance.randrange(40))
    is_read = status != "new" or chance.random() < 0.3
    is_named = chance.random() < 0.8
    phone = f"+1604555{chance.randrange(1_000):04}"
    is_snoozed = status in ("in_progress", "waiting") and chance.random() < 0.1
    return SimpleNamespace(
        id=f"{number:032x}", conversation_id=f"{number:032x}", version=0, urgency=urgency, disposition=None,
        status=status, flags="[]", regions=f'["{chance.choice(REGIONS)}"]', present=2, absent=0, unknown=5,
        name=f"Kim {chance.choice(NAMES)}" if is_named else None, phone=phone if is_named else None, email=None,
        wants_booking=False, call_back=False, person_requested=None, complete=chance.random() < 0.8,
        owner_id=ME if status != "new" and chance.random() < 0.2 else None, created_at=since, waiting_since=since,
        last_activity_at=last, channel=chance.choice(CHANNELS), language=chance.choice(LANGUAGES),
        findings=f'["{chance.choice(FINDINGS)}"]', payer=chance.choice(PAYERS), received_on=f"{since:%Y-%m-%d}",
        snoozed_until=NOW + timedelta(days=900) if is_snoozed else None,
        opened_at=last + timedelta(hours=1) if is_read else None, said=chance.sample(SAID, 3),
    )  # fmt: skip


def _talk(row: Any) -> Row:
    return (row.id, row.channel, "en", 1, FOUND, 1, 1, "n", row.created_at, row.last_activity_at)


class _Sqlite:
    def __init__(self, address: str) -> None:
        self._connection = sqlite3.connect(make_url(address).database or "", isolation_level=None)

    def begin(self) -> None:
        """Nothing waits for the disk or looks at keys while it is loaded."""
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        self._connection.execute("DROP INDEX ix_inbox_lists_inquiry_id")

    def copy(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """All these rows."""
        holes = ", ".join("?" * len(columns))
        wanted = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({holes})"  # noqa: S608  # names of our own
        self._connection.executemany(wanted, (tuple(_plain(value) for value in row) for row in rows))

    def end(self) -> None:
        """Indexed and measured as a database in use is."""
        self._connection.execute("CREATE INDEX ix_inbox_lists_inquiry_id ON inbox_lists (inquiry_id)")
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.close()


class _Postgresql:
    def __init__(self, address: str) -> None:
        plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, autocommit=True)

    def begin(self) -> None:
        """Keys are not looked at while it is loaded."""
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute("DROP INDEX ix_inbox_lists_inquiry_id")

    def copy(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """All these rows."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        wanted = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self._connection.cursor() as cursor, cursor.copy(wanted) as into:
            for row in rows:
                into.write_row(row)

    def end(self) -> None:
        """Indexed and measured as a database in use is."""
        self._connection.execute("CREATE INDEX ix_inbox_lists_inquiry_id ON inbox_lists (inquiry_id)")
        self._connection.execute("VACUUM ANALYZE")
        self._connection.close()


def _plain(value: Any) -> Any:
    """Moments as SQLAlchemy writes them into SQLite."""
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value
