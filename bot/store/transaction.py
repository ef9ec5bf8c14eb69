"""Transactions: `Database.write` and `Database.read`, the only two ways to touch the tables.

    with database.write() as connection:      # commits at the end, rolls back when anything is raised
        connection.execute(...)

Both raise StorageError, without any stored value in its message, when the database cannot be used.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from bot.service.audit_chain import UNKEYED
from bot.store import audit
from bot.store.engine import PATIENCE, WRITES, make_engine, sqlite_file


class Database:
    """One database and the way to its transactions; safe to share between threads.

    `key` is that of the audit's chain: whatever a clinic opens gives its own. `patience` is how many seconds a lock is
    waited for.
    """

    def __init__(self, address: str, *, key: bytes = UNKEYED, patience: float = PATIENCE) -> None:
        self.key = key
        self.engine: Engine = make_engine(address, patience=patience)
        self.patience = patience
        self._writers = self.engine.execution_options(**{WRITES: True})
        self._turn = threading.Lock()
        self.file = sqlite_file(address)
        self._seen: tuple[int, int] | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits when the block ends; one writer at a time on SQLite, without polling."""
        if self.file is None:
            with self._audited() as connection:
                yield connection
            return
        if not self._turn.acquire(timeout=self.patience):
            raise StorageError("the database is busy")
        try:
            with self._audited() as connection:
                yield connection
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        with self._began(self.engine) as connection:
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _audited(self) -> Iterator[Connection]:
        """The audit lines of the transaction come last, so that others wait for them as shortly as can be."""
        with self._began(self._writers) as connection:
            audit.begin(connection)
            yield connection
            audit.append(connection, self.key)

    @contextmanager
    def _began(self, engine: Engine) -> Iterator[Connection]:
        self._check_file()
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageError(f"the database failed: {_cause(error)}") from None

    def _check_file(self) -> None:
        """A SQLite file that was removed or replaced would otherwise go on taking writes that nobody will find."""
        if self.file is None:
            return
        seen = _identity(self.file)
        if seen != self._seen:
            self.engine.dispose()
            self._seen = seen
        if seen is None:
            raise StorageError("the database file is gone")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _cause(error: SQLAlchemyError) -> str:
    """The kinds of error only: a driver's message may quote stored values."""
    origin = getattr(error, "orig", None)
    return f"{type(error).__name__} ({type(origin).__name__})" if origin else type(error).__name__
