"""Staff accounts, set-up links, sign-in attempts and sessions, as the desk's use cases ask for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from bot.service.desk_records import Act, NewStaff, Staff, StaffSession
from bot.service.desk_roles import Role
from bot.store import audit
from bot.store.audit import NOBODY, SYSTEM
from bot.store.tables import setup_links, sign_in_attempts, staff, staff_sessions
from bot.store.transaction import Database


class Accounts:
    """The AccountBook of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_staff(self) -> bool:
        """Whether anyone can sign in yet."""
        with self._database.read() as connection:
            return connection.execute(select(staff.c.id).limit(1)).first() is not None

    def keep_link(self, digest: str, *, now: datetime, expires_at: datetime) -> None:
        """Keep a new set-up link; earlier ones that were not used are closed."""
        with self._database.write() as connection:
            unused = setup_links.c.used_at.is_(None)
            connection.execute(update(setup_links).where(unused).values(used_at=now))
            connection.execute(insert(setup_links).values(id=digest, created_at=now, expires_at=expires_at))
            audit.write(connection, SYSTEM, "setup_link.created", subject=digest, now=now)

    def link_is_open(self, digest: str, *, now: datetime) -> bool:
        """Whether the link may still be used."""
        with self._database.read() as connection:
            found = select(setup_links.c.id).where(_open_link(digest, now))
            return connection.execute(found).first() is not None

    def use_link(self, digest: str, new: NewStaff, *, now: datetime) -> bool:
        """Use the link up and make the account; False when the link is used, expired or unknown."""
        with self._database.write() as connection:
            used = update(setup_links).where(_open_link(digest, now)).values(used_at=now)
            if connection.execute(used).rowcount != 1:
                return False
            account = {"id": new.id, "name": new.name, "email": new.email, "role": Role.MANAGER.value}
            connection.execute(insert(staff).values(**account, password_hash=new.password_hash, created_at=now))
            audit.write(connection, NOBODY, "staff.set_up", subject=new.id, now=now)
            return True

    def credentials(self, email: str) -> tuple[Staff, str] | None:
        """An active account with its password hash."""
        columns = (*_STAFF, staff.c.password_hash)
        with self._database.read() as connection:
            found = select(*columns).where(staff.c.email == email, staff.c.disabled_at.is_(None))
            row = connection.execute(found).one_or_none()
            return (_staff(row), row.password_hash) if row else None

    def admit_attempt(self, attempt_id: str, *, limits: Mapping[str, int], now: datetime, since: datetime) -> bool:
        """Count a sign-in under each key; False, and nothing counted, when a key has reached its limit."""
        with self._database.write() as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < since))
            if any(_attempts(connection, key) >= limit for key, limit in limits.items()):
                audit.write(connection, NOBODY, "staff.sign_in_throttled", subject=None, now=now)
                return False
            connection.execute(insert(sign_in_attempts), [{"id": attempt_id, "key": key, "at": now} for key in limits])
            return True

    def keep_failure(self, staff_id: str | None, *, now: datetime) -> None:
        """Write down that a password was wrong."""
        with self._database.write() as connection:
            audit.write(connection, NOBODY, "staff.sign_in_refused", subject=staff_id, now=now)

    def open_session(self, session: StaffSession, *, attempt_id: str) -> None:
        """Keep a new session; the attempts on its account are forgotten."""
        with self._database.write() as connection:
            _forget_attempts(connection, attempt_id)
            row = {"id": session.digest, "staff_id": session.staff.id}
            times = {"created_at": session.created_at, "last_seen_at": session.last_seen_at}
            connection.execute(insert(staff_sessions).values(**row, **times))
            who = session.staff.id
            audit.write(connection, who, "staff.signed_in", subject=session.digest, now=session.created_at)

    def session(self, digest: str) -> StaffSession | None:
        """A session that was not ended, of an account that is active."""
        with self._database.read() as connection:
            row = connection.execute(_SESSION.where(staff_sessions.c.id == digest)).one_or_none()
            return StaffSession(digest, _staff(row), row.session_created_at, row.last_seen_at) if row else None

    def touch_session(self, digest: str, *, now: datetime) -> None:
        """The session was used just now."""
        with self._database.write() as connection:
            connection.execute(update(staff_sessions).where(staff_sessions.c.id == digest).values(last_seen_at=now))

    def end_session(self, digest: str, *, act: Act) -> None:
        """The session opens nothing any more."""
        with self._database.write() as connection:
            still_open = (staff_sessions.c.id == digest, staff_sessions.c.ended_at.is_(None))
            connection.execute(update(staff_sessions).where(*still_open).values(ended_at=act.now))
            audit.write(connection, act.staff_id, "staff.signed_out", subject=digest, now=act.now)


_STAFF = (staff.c.id, staff.c.name, staff.c.email, staff.c.role)
_SESSION: Select[Any] = (
    select(*_STAFF, staff_sessions.c.created_at.label("session_created_at"), staff_sessions.c.last_seen_at)
    .join(staff_sessions, staff_sessions.c.staff_id == staff.c.id)
    .where(staff_sessions.c.ended_at.is_(None), staff.c.disabled_at.is_(None))
)


def _staff(row: Any) -> Staff:
    return Staff(row.id, row.name, row.email, Role(row.role))


def _open_link(digest: str, now: datetime) -> Any:
    link = setup_links.c
    return (link.id == digest) & link.used_at.is_(None) & (link.expires_at > now)


def _attempts(connection: Connection, key: str) -> int:
    counted = select(func.count()).select_from(sign_in_attempts).where(sign_in_attempts.c.key == key)
    return int(connection.execute(counted).scalar_one())


def _forget_attempts(connection: Connection, attempt_id: str) -> None:
    """Everything counted under the keys of the attempt that succeeded."""
    keys = select(sign_in_attempts.c.key).where(sign_in_attempts.c.id == attempt_id)
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key.in_(keys)))
