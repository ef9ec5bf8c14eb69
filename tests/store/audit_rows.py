"""Audit lines for tests, and what somebody does to them who can write to the database and has not the key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from bot.service.audit_chain import UNKEYED, Said, Verdict, linked, sealed
from bot.store import audit
from bot.store.audit_trail import SqlAuditTrail
from bot.store.tables import audit as table
from bot.store.tables import audit_head as head
from bot.store.transaction import Database
from tests.store.rows import NOW

FORGER = b"a key of their own"
SQLITE_TRIGGERS = ("audit_no_update", "audit_no_delete", "audit_head_no_delete")
Tamper = Callable[[Connection], Any]


def write_lines(database: Database, count: int, *, subject: str = "5" * 32) -> None:
    """So many more lines, each in a transaction of its own."""
    for _ in range(count):
        with database.write() as connection:
            audit.write(connection, "patient", "message.answered", subject=subject, now=NOW)


def verdict(database: Database) -> Verdict:
    """What a check of the whole chain comes to."""
    *_, last = SqlAuditTrail(database).check()
    return last


@contextmanager
def unguarded(database: Database) -> Iterator[Connection]:
    """A transaction without the triggers, as whoever owns the database can have it."""
    sqlite = database.engine.dialect.name == "sqlite"
    with database.write() as connection:
        kept = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).all() if sqlite else []
        for name in SQLITE_TRIGGERS if sqlite else ():
            connection.execute(text(f"DROP TRIGGER {name}"))
        for name in () if sqlite else ("audit", "audit_head"):
            connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        yield connection
        for row in kept:
            connection.execute(text(row.sql))
        for name in () if sqlite else ("audit", "audit_head"):
            connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))


def change(line: int, **values: Any) -> Tamper:
    """Other values in one line."""
    return lambda connection: connection.execute(update(table).where(table.c.id == line).values(**values))


def remove(*ids: int) -> Tamper:
    """Lines are gone."""
    return lambda connection: connection.execute(delete(table).where(table.c.id.in_(ids)))


def swap(one: int, other: int) -> Tamper:
    """Two lines have changed places, with all that they hold."""

    def tamper(connection: Connection) -> None:
        for old, new in ((one, 0), (other, one), (0, other)):
            connection.execute(update(table).where(table.c.id == old).values(id=new))

    return tamper


def put_in(id: int, *, after: int) -> Tamper:
    """One more line, chained to an earlier one with a key that is not ours."""

    def tamper(connection: Connection) -> None:
        previous = connection.execute(select(table.c.hash).where(table.c.id == after)).scalar_one()
        line = linked(FORGER, Said(NOW, "patient", "inquiry.read", None, None), id=id, previous=previous)
        connection.execute(insert(table), audit.row_of(line))

    return tamper


def chain_anew(first: int, *, with_head: bool) -> Tamper:
    """A changed line, and every line after it chained again with a key that is not ours."""

    def tamper(connection: Connection) -> None:
        previous = connection.execute(select(table.c.hash).where(table.c.id == first - 1)).scalar_one()
        rows = connection.execute(select(table).where(table.c.id >= first).order_by(table.c.id)).all()
        for row in rows:
            line = linked(FORGER, Said(row.at, "nobody", row.action, None, None), id=row.id, previous=previous)
            connection.execute(update(table).where(table.c.id == row.id).values(**audit.row_of(line)))
            previous = line.hash
        if with_head:
            cut_head(rows[-1].id, key=FORGER)(connection)

    return tamper


def cut_head(last_id: int, *, key: bytes = UNKEYED) -> Tamper:
    """The head says that the chain ends at an earlier line."""

    def tamper(connection: Connection) -> None:
        hash = connection.execute(select(table.c.hash).where(table.c.id == last_id)).scalar_one()
        lines = connection.execute(select(func.count()).select_from(table)).scalar_one()
        false = sealed(key, last_id=last_id, lines=lines, hash=hash)
        connection.execute(update(head).values(last_id=last_id, lines=lines, hash=hash, seal=false.seal))

    return tamper


def change_head(**values: Any) -> Tamper:
    """Other values in the head, under the seal it had."""
    return lambda connection: connection.execute(update(head).values(**values))


def drop_head(connection: Connection) -> None:
    """There is no head."""
    connection.execute(delete(head))


def all_of(*tampers: Tamper) -> Tamper:
    """One after the other."""
    return lambda connection: [tamper(connection) for tamper in tampers]
