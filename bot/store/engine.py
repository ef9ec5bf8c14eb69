"""The SQLAlchemy engine, set up so that a database that is gone is noticed within two seconds.

SQLite: write-ahead log, every commit on disk (synchronous FULL), foreign keys on, what is erased is overwritten,
`BEGIN IMMEDIATE` for writers.
PostgreSQL: psycopg 3 with short connect, lock and statement time-outs.
"""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from bot.errors import SettingsError

PATIENCE = 1.0
"""Seconds that a lock or a free connection is waited for, unless the clinic has set otherwise."""
POOL = 5
WRITES = "needlepoint_writes"
"""The execution option of connections that are about to write."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_POSTGRESQL_ARGS = {"connect_timeout": 2, "keepalives_idle": 5, "tcp_user_timeout": 1500}


def make_engine(address: str, *, patience: float = PATIENCE) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database; nothing is connected yet."""
    url = make_url(address)
    backend = url.get_backend_name()
    file = sqlite_file(address)
    if file is not None:
        return _sqlite(file, patience)
    if backend == "postgresql":
        return _postgresql(url, patience)
    raise SettingsError(f"DATABASE_URL: {backend} is not supported; use sqlite:///FILE or postgresql://...")


def sqlite_file(address: str) -> Path | None:
    """The file behind a SQLite address, None for PostgreSQL."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise SettingsError("DATABASE_URL: SQLite needs a file, such as sqlite:///var/needlepoint.sqlite3")
    return Path(url.database).absolute()


def _sqlite(file: Path, patience: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        creator=lambda: _connect_sqlite(file, patience),
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=patience,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect_sqlite(file: Path, patience: float) -> Any:
    """A connection to an existing file: a missing one is an error, never a new empty database."""
    connection = sqlite3.connect(
        f"file:{quote(str(file))}?mode=rw",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in (*_PRAGMAS, f"busy_timeout={round(patience * 1000)}"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _begin(connection: Connection) -> None:
    """A writer takes its place at once, so that it can never fail half-way for want of the lock."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL, patience: float) -> Engine:
    lock, statement = round(patience * 1000), round(patience * 1500)
    options = f"-c lock_timeout={lock} -c statement_timeout={statement} -c timezone=UTC"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={**_POSTGRESQL_ARGS, "options": options},
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=patience,
        pool_pre_ping=True,
        hide_parameters=True,
    )
