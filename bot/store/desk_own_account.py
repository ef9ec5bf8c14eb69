"""What staff change of their own account: the password, and where they are signed in."""

from datetime import datetime

from sqlalchemy import select, update

from bot.service.desk_account_records import OpenSession
from bot.service.desk_records import Act, Device
from bot.store import audit
from bot.store.staff_rows import end_sessions, lock_active
from bot.store.tables import staff, staff_sessions
from bot.store.transaction import Database

_session = staff_sessions.c


class OwnAccounts:
    """bot.service.desk_account_ports.OwnBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def password_hash(self, staff_id: str) -> str | None:
        """The hash of an active account's password."""
        found = select(staff.c.password_hash).where(staff.c.id == staff_id, staff.c.disabled_at.is_(None))
        with self._database.read() as connection:
            return connection.execute(found).scalar_one_or_none()

    def keep_refusal(self, staff_id: str, *, now: datetime) -> None:
        """Write down that the password typed once more was wrong."""
        with self._database.write() as connection:
            audit.write(connection, staff_id, "staff.password_refused", subject=staff_id, now=now)

    def set_password(self, password_hash: str, *, was: str, keeping: str, act: Act) -> bool:
        """Another password, if it is still `was`; every other session ends."""
        with self._database.write() as connection:
            account = lock_active(connection, act.staff_id)
            if account is None or account.password_hash != was:
                return False
            mine = update(staff).where(staff.c.id == act.staff_id)
            connection.execute(mine.values(password_hash=password_hash))
            end_sessions(connection, act.staff_id, now=act.now, keeping=keeping)
            audit.write(connection, act.staff_id, "staff.password_changed", subject=act.staff_id, now=act.now)
            return True

    def sessions(self, staff_id: str, *, seen_since: datetime, created_since: datetime) -> tuple[OpenSession, ...]:
        """The open sessions of somebody, the last used first."""
        alive = (_session.ended_at.is_(None), _session.last_seen_at > seen_since, _session.created_at > created_since)
        found = select(staff_sessions).where(_session.staff_id == staff_id, *alive)
        with self._database.read() as connection:
            rows = connection.execute(found.order_by(_session.last_seen_at.desc(), _session.id)).all()
        return tuple(
            OpenSession(row.id, Device(row.browser, row.network), row.created_at, row.last_seen_at) for row in rows
        )

    def end_session(self, digest: str, *, staff_id: str, act: Act) -> bool:
        """End one session of this person."""
        theirs = (_session.id == digest, _session.staff_id == staff_id, _session.ended_at.is_(None))
        with self._database.write() as connection:
            if connection.execute(update(staff_sessions).where(*theirs).values(ended_at=act.now)).rowcount != 1:
                return False
            audit.write(connection, act.staff_id, "staff.session_ended", subject=digest, now=act.now)
            return True

    def end_sessions(self, staff_id: str, *, keeping: str, act: Act) -> None:
        """End every session of this person but one."""
        with self._database.write() as connection:
            end_sessions(connection, staff_id, now=act.now, keeping=keeping)
            audit.write(connection, act.staff_id, "staff.sessions_ended", subject=staff_id, now=act.now)
