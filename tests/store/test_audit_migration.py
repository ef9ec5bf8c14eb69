"""Audit lines from before there was a chain are chained by the migration, with the clinic's own key."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from bot.service.audit_chain import Break, Fault, key_of
from bot.store import schema
from bot.store.transaction import Database
from tests.store.audit_rows import verdict, write_lines

KEY = key_of("the secret of a clinic, which is long enough")
OLD = "INSERT INTO audit (id, at, actor, action) VALUES (:id, '2026-11-01 09:00:00.000000', 'patient', 'x')"


def before_the_chain(file: Path, ids: list[int]) -> str:
    """The address of a database of revision 0004 with lines of these ids."""
    file.touch()
    address = f"sqlite:///{file}"
    database, config = Database(address), schema._config()
    with database.read() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for id in ids:
            connection.execute(text(OLD), {"id": id})
    database.close()
    return address


def test_old_lines_are_chained_with_the_gaps_between_them(tmp_path: Path) -> None:
    address = before_the_chain(tmp_path / "old.sqlite3", [1, 2, 5, 9])
    schema.upgrade(address, key=KEY)
    database = Database(address, key=KEY)
    write_lines(database, 1)
    assert (verdict(database).holds, verdict(database).lines, verdict(database).last_id) == (True, 5, 10)
    database.key = key_of("another secret")
    assert verdict(database).found == Break(Fault.CHANGED, 1)
    database.close()


def test_the_migration_can_be_taken_back_and_made_again(tmp_path: Path) -> None:
    address = before_the_chain(tmp_path / "old.sqlite3", [1, 2])
    schema.upgrade(address, key=KEY)
    database, config = Database(address, key=KEY), schema._config()
    with database.read() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
    schema.upgrade(address, key=KEY)
    assert (verdict(database).holds, verdict(database).lines) == (True, 2)
    database.close()
