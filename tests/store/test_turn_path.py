"""What a turn reads and writes is found by index, however long the conversation has become."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.service.records import MessageState
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database
from tests.store.databases import sqlite_copy
from tests.store.rows import NOW, SESSION, answer, arrival, inquiry, opened


@pytest.fixture
def file_database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database."""
    database = Database(sqlite_copy(migrated_file, tmp_path))
    yield database
    database.close()


def turn(ledger: SqlLedger, *, version: int) -> None:
    """Everything the ledger is asked during one turn."""
    ledger.standing(SESSION, client_id="one", in_reply_to="two")
    kept = ledger.receive(arrival("hello"))
    ledger.answer(answer(kept, "hi", version=version, inquiry=inquiry(), state=MessageState.ANSWERED))
    ledger.owed(received_by=NOW, limit=9)


def plans_of_a_turn(database: Database) -> list[str]:
    """How the database finds the rows of each statement of a turn, a line for each step."""
    ledger = opened(SqlLedger(database))
    turn(ledger, version=0)
    asked: list[tuple[str, Any]] = []

    def remember(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", remember)
    turn(ledger, version=1)
    event.remove(database.engine, "before_cursor_execute", remember)
    found = [one for one in asked if one[0].startswith(("SELECT", "UPDATE"))]
    with database.read() as connection:
        steps = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all() for sql, values in found]
    return [step[3] for statement in steps for step in statement]


def test_no_statement_of_a_turn_scans_a_table(file_database: Database) -> None:
    plans = plans_of_a_turn(file_database)
    assert len(plans) > 8
    assert not [plan for plan in plans if plan.startswith("SCAN") and "USING" not in plan]


@pytest.mark.parametrize("index", ["ix_messages_owed", "ix_messages_texts"])
def test_the_indexes_made_for_a_turn_are_used(file_database: Database, index: str) -> None:
    assert any(f" {index} " in f"{plan} " for plan in plans_of_a_turn(file_database))
