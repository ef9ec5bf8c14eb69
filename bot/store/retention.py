"""The rows that the retention job looks at and erases, and the tidying of SQLite's files after it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from bot.service.desk_records import Act
from bot.service.person_records import Standing
from bot.service.retaining import Ends, Place
from bot.store import audit
from bot.store.audit_tables import NOT_ROUTINE
from bot.store.engine import PATIENCE
from bot.store.erasing import ERASED, erase_whole
from bot.store.keeping import STANDING, oldest, standing_of
from bot.store.tables import audit as audit_table
from bot.store.tables import codes, conversations, mails, sign_in_attempts
from bot.store.transaction import Database

RUN, TIDIED = "retention.run", "database.tidied"


class RetentionRows:
    """bot.service.retaining.RetentionBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def oldest(self, *, before: datetime, after: Place | None, limit: int) -> Sequence[tuple[Place, Standing]]:
        """A page of the conversations last heard of before a moment, the oldest first, each with its place."""
        with self._database.read() as connection:
            rows = oldest(connection, before=before, after=after, limit=limit)
        return [((row.last_activity_at, row.id), standing_of(row)) for row in rows]

    def erase(self, sessions: Sequence[str], *, over: Callable[[Standing], bool], act: Act) -> Counter[str]:
        """Erase those that are still over, in one transaction; how many of each class."""
        erased: Counter[str] = Counter()
        if not sessions:
            return erased
        with self._database.write() as connection:
            for standing in _locked(connection, sessions):
                if over(standing):
                    kept_as = standing.kept_as.value
                    erase_whole(connection, standing.session_id, actor=act.staff_id, detail=kept_as, now=act.now)
                    erased[kept_as] += 1
        return erased

    def forget(self, *, ends: Ends, limit: int, only_count: bool) -> Counter[str]:
        """Delete so many mails, sign-in attempts and codes whose time is over; how many of each."""
        over = {
            "mails": (mails, (mails.c.created_at < ends.mails) & (mails.c.address.is_(None))),
            "sign_in_attempts": (sign_in_attempts, sign_in_attempts.c.at < ends.attempts),
            "codes": (codes, codes.c.expires_at < ends.codes),
        }
        use = self._database.read if only_count else self._database.write
        work = _count if only_count else _delete
        with use() as connection:
            found = {name: work(connection, table, is_over, limit) for name, (table, is_over) in over.items()}
        return +Counter(found)

    def keep_run(self, *, act: Act) -> None:
        """Write down that the job ran."""
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, RUN, subject=None, now=act.now)

    def last_run(self) -> datetime | None:
        """When it ran last."""
        with self._database.read() as connection:
            row = _newest(connection, RUN)
        return row.at if row else None

    def is_untidy(self) -> bool:
        """Something was erased since SQLite's files were tidied; PostgreSQL tidies by itself."""
        if self._database.file is None:
            return False
        with self._database.read() as connection:
            erased, tidied = _newest(connection, ERASED), _newest(connection, TIDIED)
        return erased is not None and (tidied is None or tidied.id < erased.id)

    def newest_activity(self) -> datetime | None:
        """When a patient was last heard of."""
        with self._database.read() as connection:
            return connection.execute(select(func.max(conversations.c.last_activity_at))).scalar_one()

    def tidy(self, *, act: Act) -> bool:
        """Nothing of what was erased is left in SQLite's files; False when others are in the way just now."""
        file = self._database.file
        if file is None:
            return True
        if not _rewritten(file):
            return False
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, TIDIED, subject=None, now=act.now)
        return True


def _locked(connection: Connection, sessions: Sequence[str]) -> list[Standing]:
    """How they stand now; nothing is added to them until the transaction ends."""
    mine = conversations.c.id.in_(sessions)
    connection.execute(select(conversations.c.id).where(mine).order_by(conversations.c.id).with_for_update())
    return [standing_of(row) for row in connection.execute(STANDING.where(mine))]


def _delete(connection: Connection, table: Table, is_over: ColumnElement[bool], limit: int) -> int:
    key = next(iter(table.primary_key.columns))
    some = select(key).where(is_over).limit(limit)
    return connection.execute(delete(table).where(key.in_(some), is_over)).rowcount


def _count(connection: Connection, table: Table, is_over: ColumnElement[bool], _: int) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(is_over)).scalar_one())


def _newest(connection: Connection, action: str) -> Any:
    mine = select(audit_table.c.id, audit_table.c.at).where(audit_table.c.action == action, NOT_ROUTINE)
    return connection.execute(mine.order_by(audit_table.c.id.desc()).limit(1)).first()


def _rewritten(file: Path) -> bool:
    """The file is written anew without what was deleted, and the write-ahead log is empty."""
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return not busy
