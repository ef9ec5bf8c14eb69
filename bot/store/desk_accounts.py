"""Staff accounts, set-up links, sign-in attempts and sessions, as the desk's use cases ask for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from bot.service.actors import NOBODY, SYSTEM
from bot.service.desk_account_records import NewSession, Step
from bot.service.desk_records import Act, Device, NewStaff, Staff, StaffSession
from bot.service.desk_roles import Role
from bot.service.desk_second_factor import HALF_LIFE
from bot.store import audit
from bot.store.staff_rows import (
    STAFF,
    add_account,
    find_email,
    forget_attempts,
    has_factor,
    lock_active,
    open_session,
    staff_of,
)
from bot.store.tables import half_sessions, setup_links, sign_in_attempts, staff, staff_sessions
from bot.store.transaction import Database


class Accounts:
    """The AccountBook of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_staff(self) -> bool:
        """Whether anyone can sign in yet."""
        with self._database.read() as connection:
            active = select(staff.c.id).where(staff.c.disabled_at.is_(None)).limit(1)
            return connection.execute(active).first() is not None

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
            add_account(connection, new, Role.MANAGER, now=now)
            audit.write(connection, NOBODY, "staff.set_up", subject=new.id, now=now)
            return True

    def email_is_taken(self, email: str) -> bool:
        """Whether there is an account with this address, active or not."""
        with self._database.read() as connection:
            return find_email(connection, email)

    def credentials(self, email: str) -> tuple[Staff, str] | None:
        """An active account with its password hash."""
        columns = (*STAFF, staff.c.password_hash)
        with self._database.read() as connection:
            found = select(*columns).where(staff.c.email == email, staff.c.disabled_at.is_(None))
            row = connection.execute(found).one_or_none()
            return (staff_of(row), row.password_hash) if row else None

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

    def forget_attempts(self, attempt_id: str) -> None:
        """The guess was right: nothing counted under its keys counts any more."""
        with self._database.write() as connection:
            forget_attempts(connection, attempt_id)

    def enter(self, new: NewSession, *, password_hash: str, factor_required: bool) -> Step | None:
        """Open the session, or a half one that waits for the second factor; None when the password changed since."""
        session = new.session
        with self._database.write() as connection:
            account = lock_active(connection, session.staff.id)
            if account is None or account.password_hash != password_hash:
                return None
            is_set_up = has_factor(connection, session.staff.id)
            if factor_required or is_set_up:
                _open_half(connection, new)
                return Step.CODE if is_set_up else Step.SET_UP
            forget_attempts(connection, new.attempt_id)
            open_session(connection, session)
            return Step.DONE

    def session(self, digest: str) -> StaffSession | None:
        """A session that was not ended, of an account that is active."""
        with self._database.read() as connection:
            row = connection.execute(_SESSION.where(staff_sessions.c.id == digest)).one_or_none()
            return _session(digest, row) if row else None

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

    def leave(self, digest: str, *, now: datetime) -> None:
        """Whatever this browser had opened, whole or half, is over: somebody signs in there anew."""
        with self._database.write() as connection:
            connection.execute(delete(half_sessions).where(half_sessions.c.id == digest))
            still_open = (staff_sessions.c.id == digest, staff_sessions.c.ended_at.is_(None))
            ended = update(staff_sessions).where(*still_open).values(ended_at=now)
            who = connection.execute(ended.returning(staff_sessions.c.staff_id)).scalar_one_or_none()
            if who is not None:
                audit.write(connection, who, "staff.signed_out", subject=digest, now=now)


_SESSION: Select[Any] = (
    select(
        *STAFF,
        staff_sessions.c.created_at.label("session_created_at"),
        staff_sessions.c.last_seen_at,
        staff_sessions.c.browser,
        staff_sessions.c.network,
    )
    .join(staff_sessions, staff_sessions.c.staff_id == staff.c.id)
    .where(staff_sessions.c.ended_at.is_(None), staff.c.disabled_at.is_(None))
)


def _session(digest: str, row: Any) -> StaffSession:
    device = Device(row.browser, row.network)
    return StaffSession(digest, staff_of(row), row.session_created_at, row.last_seen_at, device)


def _open_half(connection: Connection, new: NewSession) -> None:
    """The password was right; what waited longer than it may is swept away meanwhile."""
    session, now = new.session, new.session.created_at
    connection.execute(delete(half_sessions).where(half_sessions.c.created_at <= now - HALF_LIFE))
    row = {"id": session.digest, "staff_id": session.staff.id, "attempt_id": new.attempt_id, "created_at": now}
    connection.execute(insert(half_sessions).values(**row))
    audit.write(connection, NOBODY, "staff.password_accepted", subject=session.staff.id, now=now)


def _open_link(digest: str, now: datetime) -> Any:
    link = setup_links.c
    return (link.id == digest) & link.used_at.is_(None) & (link.expires_at > now)


def _attempts(connection: Connection, key: str) -> int:
    counted = select(func.count()).select_from(sign_in_attempts).where(sign_in_attempts.c.key == key)
    return int(connection.execute(counted).scalar_one())
