"""What managers set at the desk: kept as revisions, none of which is ever changed."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, insert, inspect, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.service.clinic_settings_records import PastChange, SettingChange, Stored
from bot.service.desk_records import Act
from bot.store import audit
from bot.store.engine import sqlite_file
from bot.store.tables import clinic_settings, settings_revisions
from bot.store.transaction import Database

CHANGED, APPLIED = "settings.changed", "settings.applied"
LONGEST_SUBJECT = 64


class ClinicSettings:
    """bot.service.clinic_settings_records.SettingsBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stored(self) -> Stored:
        """What is set now."""
        with self._database.read() as connection:
            return _stored(connection)

    def keep(self, changes: tuple[SettingChange, ...], *, after: int, act: Act) -> bool:
        """Keep them all as the next revision; False when `after` is not the newest any more."""
        with self._database.write() as connection:
            if _newest(connection) != after or not _begun(connection, after + 1, act):
                return False
            for one in changes:
                row = {"revision": after + 1, "name": one.name, "value": one.value, "was": one.was}
                connection.execute(insert(clinic_settings).values(**row))
                detail = str(after + 1)
                audit.write(connection, act.staff_id, CHANGED, subject=subject_of(one.name), now=act.now, detail=detail)
            return True

    def past(self, *, before: int | None, limit: int) -> tuple[PastChange, ...]:
        """The newest changes, of those in a revision lower than `before`."""
        mine, made = clinic_settings.c, settings_revisions.c
        found = select(mine.revision, mine.name, mine.value, mine.was, made.by, made.at)
        found = found.join_from(clinic_settings, settings_revisions, made.revision == mine.revision)
        if before is not None:
            found = found.where(mine.revision < before)
        with self._database.read() as connection:
            rows = connection.execute(found.order_by(mine.revision.desc(), mine.name).limit(limit)).all()
        return tuple(
            PastChange(row.revision, SettingChange(row.name, row.value, row.was), row.by, row.at) for row in rows
        )

    def applied(self, *, act: Act) -> None:
        """Write down that somebody asked for the stored settings to be put into force."""
        with self._database.write() as connection:
            detail = str(_newest(connection))
            audit.write(connection, act.staff_id, APPLIED, subject=None, now=act.now, detail=detail)


def _past(row: Any) -> PastChange:
    return PastChange(row.revision, SettingChange(row.name, row.value, row.was), row.by, row.at)


def stored_in(address: str, *, key: bytes) -> Stored:
    """What is set in the database at this address, which may be new or not migrated yet."""
    file = sqlite_file(address)
    if file is not None and not file.exists():
        return Stored()
    database = Database(address, key=key)
    try:
        with database.read() as connection:
            return _stored(connection) if inspect(connection).has_table(clinic_settings.name) else Stored()
    finally:
        database.close()


def subject_of(name: str) -> str:
    """The name as the audit has it: letters, digits and dashes."""
    return "".join(sign if sign.isalnum() or sign == "_" else "-" for sign in name)[:LONGEST_SUBJECT]


def _stored(connection: Connection) -> Stored:
    mine = clinic_settings.c
    newest = select(mine.name, func.max(mine.revision).label("revision")).group_by(mine.name).subquery()
    here = (newest.c.name == mine.name) & (newest.c.revision == mine.revision)
    rows: Iterable[Any] = connection.execute(select(mine.name, mine.revision, mine.value).join(newest, here)).all()
    values = {row.name: row.value for row in rows if row.value is not None}
    return Stored(_newest(connection), values, {row.name: row.revision for row in rows})


def _newest(connection: Connection) -> int:
    found: int | None = connection.execute(select(func.max(settings_revisions.c.revision))).scalar_one()
    return found or 0


def _begun(connection: Connection, revision: int, act: Act) -> bool:
    """Whether the revision is ours; of two who begin it at once one waits for the other and is told that it is not."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"revision": revision, "at": act.now, "by": act.staff_id}
    once = dialect.insert(settings_revisions).values(**row).on_conflict_do_nothing()
    return connection.execute(once.returning(settings_revisions.c.revision)).first() is not None
