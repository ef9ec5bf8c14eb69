"""A database that is gone is noticed at once, and one that is back is used again."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from bot.errors import SettingsError, StorageError
from bot.store.schema import is_current, newest, upgrade
from bot.store.tables import metadata, staff
from bot.store.transaction import Database
from tests.store.databases import address_for_tests, sqlite_copy


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    return Path(sqlite_copy(migrated_file, tmp_path).removeprefix("sqlite:///"))


def opened(file: Path) -> Database:
    """A database on this file that has been used once."""
    database = Database(f"sqlite:///{file}")
    read(database)
    return database


def read(database: Database) -> None:
    """One read."""
    with database.read() as connection:
        connection.execute(select(staff))


def write(database: Database) -> None:
    """One write."""
    with database.write() as connection:
        connection.execute(text("DELETE FROM staff"))


def test_the_migrations_lead_to_exactly_the_tables(database: Database) -> None:
    with database.read() as connection:
        assert is_current(connection)
        found = inspect(connection)
        names = set(found.get_table_names()) - {"alembic_version"}
        columns = {name: {column["name"] for column in found.get_columns(name)} for name in names}
        indexes = {name: {index["name"] for index in found.get_indexes(name)} for name in names}
    assert columns == {table.name: {column.name for column in table.columns} for table in metadata.tables.values()}
    for table in metadata.tables.values():
        assert {index.name for index in table.indexes} <= indexes[table.name]


def test_upgrading_twice_changes_nothing(address: str, database: Database) -> None:
    upgrade(address)
    with database.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]


def test_every_commit_of_sqlite_is_on_disk(file: Path) -> None:
    with opened(file).read() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert pragmas == ["wal", 2]


def test_what_sqlite_deletes_is_overwritten(file: Path) -> None:
    with opened(file).read() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_a_removed_file_takes_no_writes_until_it_is_back(file: Path) -> None:
    database = opened(file)
    aside = file.rename(file.with_suffix(".aside"))
    for use in (read, write):
        with pytest.raises(StorageError, match="gone"):
            use(database)
    aside.rename(file)
    write(database)


def test_a_missing_file_is_not_made_anew(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'none.sqlite3'}")
    with pytest.raises(StorageError):
        write(database)
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_replaced_file_is_read_anew(file: Path, migrated_file: Path) -> None:
    database = opened(file)
    other = sqlite3.connect(f"{file}.new")
    other.executescript("CREATE TABLE staff (id TEXT)")
    other.close()
    for rest in ("", "-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    Path(f"{file}.new").rename(file)
    with pytest.raises(StorageError):
        read(database)


def test_a_file_that_is_no_database_is_a_storage_error(file: Path) -> None:
    file.write_bytes(b"not a database " * 1000)
    with pytest.raises(StorageError):
        read(Database(f"sqlite:///{file}"))


@pytest.mark.alone
def test_a_locked_database_is_given_up_within_two_seconds(file: Path) -> None:
    database = opened(file)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(StorageError):
        write(database)
    assert time.monotonic() - began < 2
    read(database)
    other.close()
    write(database)


def test_writers_of_one_process_wait_for_each_other(file: Path) -> None:
    database, order = opened(file), []

    def slow() -> None:
        with database.write():
            order.append("slow begins")
            time.sleep(0.2)
            order.append("slow ends")

    thread = threading.Thread(target=slow)
    thread.start()
    time.sleep(0.05)
    with database.write():
        order.append("quick")
    thread.join()
    assert order == ["slow begins", "slow ends", "quick"]


@pytest.mark.alone
def test_a_server_that_is_not_there_is_noticed_within_three_seconds() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none_test")
    began = time.monotonic()
    with pytest.raises(StorageError):
        read(database)
    assert time.monotonic() - began < 3


def test_what_was_being_stored_is_not_in_the_error(database: Database) -> None:
    with pytest.raises(StorageError) as failed, database.write() as connection:
        connection.execute(text("INSERT INTO staff (id, name) VALUES ('x', :name)"), {"name": "Kim Secret"})
    assert "Kim" not in str(failed.value)
    assert failed.value.__cause__ is None


@pytest.mark.parametrize("address", ["mysql://db/needlepoint", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused_by_name(address: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        Database(address)


def test_tests_refuse_a_database_that_is_not_for_tests() -> None:
    with pytest.raises(pytest.UsageError, match="_test"):
        address_for_tests("postgresql://localhost/needlepoint")
    assert address_for_tests("postgresql://localhost/needlepoint_test")
