"""Inquiries from before the inbox had lists are found by them after the migration."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select, update

from bot.store import tables
from bot.store.inbox_filling import fill
from bot.store.transaction import Database
from tests.desk.patients import Patient, asked_for, backache

EMPTY = {"channel": "", "language": "", "findings": "[]", "payer": None, "received_on": ""}


def test_an_old_inquiry_stands_where_a_new_one_does(database: Database, arrive: Callable[[Patient], str]) -> None:
    arrive(Patient("burning pain since gardening", encounter=backache(request=asked_for("Kim Ng", "+16045550123"))))
    before = _lists(database)
    with database.write() as connection:
        connection.execute(delete(tables.inbox_lists))
        connection.execute(update(tables.inquiries).values(**EMPTY))
        fill(connection)
    assert _lists(database) == before
    assert any(name.startswith("o|w:gardening") for name, _ in before)


def _lists(database: Database) -> set[tuple[str, Any]]:
    with database.read() as connection:
        return {(row.list, row.rank) for row in connection.execute(select(tables.inbox_lists))}
