"""Databases for tests: a migrated SQLite file for each test, and PostgreSQL where TEST_DATABASE_URL names one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.store import audit
from bot.store.schema import upgrade
from bot.store.tables import metadata
from bot.store.transaction import Database

VARIABLE = "TEST_DATABASE_URL"
PATIENCE = 15.0
"""Seconds that a busy machine may take; a passing test does not wait."""
WORKER = "PYTEST_XDIST_WORKER"
"""Names the process of tests that run beside each other; each empties a database of its own."""
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema and nothing in it."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgresql() -> str | None:
    """The address of a migrated PostgreSQL test database, None when there is none."""
    address = address_for_tests(os.environ.get(VARIABLE))
    if address is None:
        return None
    own = own_database(address, os.environ.get(WORKER))
    upgrade(own)
    return own


@pytest.fixture(params=BACKENDS)
def address(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> str:
    """The address of an empty database, once for each kind."""
    if request.param == "sqlite":
        return sqlite_copy(migrated_file, tmp_path)
    found: str | None = request.getfixturevalue("migrated_postgresql")
    if found is None:
        pytest.skip(f"{VARIABLE} is not set")
    _empty(found)
    return found


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty database, closed afterwards."""
    opened = Database(address, patience=PATIENCE)
    yield opened
    opened.close()


def sqlite_copy(migrated_file: Path, folder: Path) -> str:
    """The address of a fresh copy of the migrated file."""
    file = folder / "needlepoint.sqlite3"
    shutil.copy(migrated_file, file)
    return f"sqlite:///{file}"


def address_for_tests(given: str | None) -> str | None:
    """The given address; refused unless the database's name says that it is for tests."""
    if given and not (make_url(given).database or "").endswith("_test"):
        raise pytest.UsageError(f"{VARIABLE}: the database's name must end in _test, for its tables are emptied")
    return given


def own_database(address: str, worker: str | None) -> str:
    """The address of this worker's own database on the same server, made where it is missing."""
    if worker is None:
        return address
    url = make_url(address)
    name = f"{(url.database or '').removesuffix('_test')}_{worker}_test"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        there = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if connection.execute(there, {"name": name}).first() is None:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def _empty(address: str) -> None:
    database = Database(address)
    with database.write() as connection:
        tables = [table.name for table in metadata.sorted_tables]
        rows = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables)
        # Only tables with rows: to empty an empty one takes as long. A test may have left even the head away.
        names = ", ".join({"audit_head", *connection.execute(text(rows)).scalars()})
        for table in ("audit", "audit_head"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        for table in ("audit", "audit_head"):
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        audit.keep_first_head(connection, database.key)
    database.close()
