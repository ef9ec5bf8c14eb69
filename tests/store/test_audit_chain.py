"""The audit only grows, line after line, and whatever is done to it without the key is noticed and named."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, delete, event, select, text

from bot.errors import Overtaken, StorageError
from bot.service.audit_chain import HEAD_FORGED, Break, Fault, key_of
from bot.service.desk_records import Act
from bot.store import audit
from bot.store.audit_trail import PAGE, SqlAuditTrail
from bot.store.ledger import SqlLedger
from bot.store.tables import audit as table
from bot.store.tables import audit_head as head
from bot.store.transaction import Database
from tests.store.audit_rows import (
    FORGER,
    Tamper,
    all_of,
    chain_anew,
    change,
    change_head,
    cut_head,
    drop_head,
    put_in,
    remove,
    swap,
    unguarded,
    verdict,
    write_lines,
)
from tests.store.rows import NOW, answer, arrival, inquiry, opened

KEY = key_of("the secret of a clinic, which is long enough")


@pytest.fixture
def database(address: str, database: Database) -> Database:
    """A clinic's database: its chain has a key that nobody else has."""
    database.key = KEY
    with unguarded(database) as connection:
        connection.execute(delete(head))
        audit.keep_first_head(connection, KEY)
    return database


def test_lines_follow_each_other_and_the_head_knows_the_last(database: Database) -> None:
    write_lines(database, 5)
    assert (verdict(database).holds, verdict(database).lines, verdict(database).last_id) == (True, 5, 5)
    with database.read() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]


def test_a_chain_without_lines_holds(database: Database) -> None:
    assert (verdict(database).holds, verdict(database).lines) == (True, 0)


def test_a_chain_longer_than_a_page_is_checked_to_its_end(database: Database) -> None:
    with database.write() as connection:
        for _ in range(2 * PAGE):
            audit.write(connection, "patient", "message.answered", subject=None, now=NOW)
    assert [one.lines for one in SqlAuditTrail(database).check()] == [PAGE, 2 * PAGE, 2 * PAGE]
    with unguarded(database) as connection:
        change(PAGE + 7, detail="x")(connection)
    assert verdict(database).found == Break(Fault.CHANGED, PAGE + 7)


def test_lines_of_a_transaction_that_fails_are_not_written(database: Database) -> None:
    write_lines(database, 2)
    ledger = opened(SqlLedger(database))
    kept = ledger.receive(arrival("hello"))
    with pytest.raises(Overtaken):
        ledger.answer(answer(kept, "hi", version=7))
    write_lines(database, 1)
    assert (verdict(database).holds, verdict(database).lines) == (True, 4)


TAMPERED: dict[str, tuple[Tamper, Break]] = {
    "a changed subject": (change(4, subject="6" * 32), Break(Fault.CHANGED, 4)),
    "a changed actor": (change(1, actor="nobody"), Break(Fault.CHANGED, 1)),
    "a changed action": (change(9, action="x"), Break(Fault.CHANGED, 9)),
    "a changed detail": (change(4, detail="x"), Break(Fault.CHANGED, 4)),
    "a changed moment": (change(4, at=NOW.replace(hour=3)), Break(Fault.CHANGED, 4)),
    "a changed hash": (change(4, hash="f" * 64), Break(Fault.CHANGED, 4)),
    "a changed id": (change(9, id=99), Break(Fault.CHANGED, 99)),
    "the first line removed": (remove(1), Break(Fault.MISSING, 2)),
    "a middle line removed": (remove(5), Break(Fault.MISSING, 6)),
    "middle lines removed": (remove(4, 5, 6), Break(Fault.MISSING, 7)),
    "the last line removed": (remove(9), Break(Fault.CUT, 9)),
    "the last lines removed": (remove(7, 8, 9), Break(Fault.CUT, 7)),
    "every line removed": (remove(*range(1, 10)), Break(Fault.CUT, 1)),
    "two lines swapped": (swap(3, 6), Break(Fault.MISPLACED, 3)),
    "two neighbours swapped": (swap(3, 4), Break(Fault.MISPLACED, 3)),
    "a line put in": (all_of(remove(5), put_in(5, after=4)), Break(Fault.CHANGED, 5)),
    "a line put in before the first": (put_in(-1, after=9), Break(Fault.MISPLACED, -1)),
    "a line put in at the end": (put_in(10, after=9), Break(Fault.CHANGED, 10)),
    "a line put in elsewhere": (put_in(12, after=3), Break(Fault.MISPLACED, 12)),
    "a tail chained anew": (chain_anew(4, with_head=False), Break(Fault.CHANGED, 4)),
    "a tail and a head made anew": (chain_anew(4, with_head=True), Break(Fault.CHANGED, 4)),
    "a tail cut off with the head": (all_of(remove(8, 9), cut_head(7, key=FORGER)), Break(Fault.HEAD, 7)),
    "a tail cut off, the head half changed": (all_of(remove(9), change_head(last_id=8)), Break(Fault.HEAD, 8)),
    "no head": (drop_head, Break(Fault.HEAD, 9)),
    "no head and no lines": (all_of(remove(*range(1, 10)), drop_head), Break(Fault.HEAD, 0)),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_is_done_without_the_key_is_noticed_and_named(database: Database, name: str) -> None:
    tamper, found = TAMPERED[name]
    write_lines(database, 9)
    with unguarded(database) as connection:
        tamper(connection)
    assert verdict(database).found == found


BEHIND_THE_HEAD = ("a line put in at the end", "a line put in elsewhere")
"""Nothing more can be written then: the database itself refuses a second line of the same id."""


@pytest.mark.parametrize("name", [name for name in TAMPERED if name not in BEHIND_THE_HEAD])
def test_what_was_noticed_is_not_healed_by_what_is_written_later(database: Database, name: str) -> None:
    write_lines(database, 9)
    with unguarded(database) as connection:
        TAMPERED[name][0](connection)
    write_lines(database, 3)
    assert not verdict(database).holds


def test_a_head_that_was_forged_is_written_down_when_the_chain_goes_on(database: Database) -> None:
    write_lines(database, 9)
    with unguarded(database) as connection:
        all_of(remove(8, 9), cut_head(7, key=FORGER))(connection)
    write_lines(database, 1)
    with database.read() as connection:
        actions = connection.execute(select(table.c.action).order_by(table.c.id.desc()).limit(2)).scalars().all()
    assert actions == ["message.answered", HEAD_FORGED]
    assert verdict(database).found == Break(Fault.HEAD, 8)


def test_another_key_breaks_it_at_the_first_line(database: Database) -> None:
    write_lines(database, 3)
    database.key = key_of("another secret")
    assert verdict(database).found == Break(Fault.CHANGED, 1)


@pytest.mark.parametrize("what", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "DELETE FROM audit_head"])
def test_the_database_refuses_changes_by_itself(database: Database, what: str) -> None:
    write_lines(database, 2)
    with pytest.raises(StorageError), database.write() as connection:
        connection.execute(text(what))
    assert (verdict(database).holds, verdict(database).lines) == (True, 2)


def test_postgresql_refuses_to_empty_the_table(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(StorageError), database.write() as connection:
        connection.execute(text("TRUNCATE audit"))


def test_a_check_while_others_write_finds_nothing(database: Database) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            write_lines(database, 1)

    write_lines(database, 20)
    thread = threading.Thread(target=keep_writing)
    thread.start()
    verdicts = [verdict(database) for _ in range(30)]
    stop.set()
    thread.join()
    assert [one for one in verdicts if not one.holds] == []


def talk(database: Database, session: str, turns: int) -> None:
    """A conversation of so many turns, with somebody at the desk who reads the audit after each."""
    ledger, trail = opened(SqlLedger(database), session), SqlAuditTrail(database)
    for version in range(turns):
        kept = ledger.receive(arrival("hello", session_id=session))
        ledger.answer(answer(kept, "hi", version=version, session_id=session, inquiry=inquiry()))
        trail.keep_look("audit.read", act=Act("a" * 32, NOW))


def test_eight_writers_at_once_make_one_chain_and_never_wait_for_each_other_for_ever(
    address: str, database: Database
) -> None:
    """Four threads in each of two processes, as far as the database can tell."""
    second = Database(address, key=KEY)
    turns = 100 if database.engine.dialect.name == "postgresql" else 15
    with ThreadPoolExecutor(8) as pool:
        talks = [pool.submit(talk, (database, second)[n % 2], f"{n:032x}", turns) for n in range(8)]
    second.close()
    assert [one.exception() for one in talks] == [None] * 8
    assert (verdict(database).holds, verdict(database).lines) == (True, 8 * (2 * turns + 2))


def test_the_head_is_taken_last_of_all_in_a_turn(database: Database) -> None:
    ledger = opened(SqlLedger(database))
    kept = ledger.receive(arrival("hello"))
    asked: list[str] = []

    def remember(_: Connection, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", remember)
    ledger.answer(answer(kept, "hi", inquiry=inquiry()))
    event.remove(database.engine, "before_cursor_execute", remember)
    last = [statement for statement in asked if not statement.startswith(("BEGIN", "COMMIT"))][-3:]
    assert ["audit_head" in last[0], "INSERT INTO audit " in last[1], "UPDATE audit_head" in last[2]] == [True] * 3
