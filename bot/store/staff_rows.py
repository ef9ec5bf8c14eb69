"""What several books of staff accounts do alike with their rows: lock an account, open and end its sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.service.desk_records import NewStaff, Staff, StaffSession
from bot.service.desk_roles import Role
from bot.store import audit
from bot.store.tables import half_sessions, second_factors, sign_in_attempts, staff, staff_sessions

STAFF = (staff.c.id, staff.c.name, staff.c.email, staff.c.role)


def staff_of(row: Any) -> Staff:
    """The staff member of a row that has the columns of STAFF."""
    return Staff(row.id, row.name, row.email, Role(row.role))


def lock_active(connection: Connection, staff_id: str) -> Row[Any] | None:
    """The active account, which nobody else changes until this transaction ends."""
    found = select(staff).where(staff.c.id == staff_id, staff.c.disabled_at.is_(None))
    return connection.execute(found.with_for_update()).one_or_none()


def add_account(connection: Connection, new: NewStaff, role: Role, *, now: datetime) -> None:
    """One more account."""
    account = {"id": new.id, "name": new.name, "email": new.email, "role": role.value}
    connection.execute(insert(staff).values(**account, password_hash=new.password_hash, created_at=now))


def find_email(connection: Connection, email: str) -> bool:
    """Whether there is an account with this address, active or not."""
    return connection.execute(select(staff.c.id).where(staff.c.email == email)).first() is not None


def has_factor(connection: Connection, staff_id: str) -> bool:
    """Whether this person has a second factor."""
    found = select(second_factors.c.staff_id).where(second_factors.c.staff_id == staff_id)
    return connection.execute(found).first() is not None


def open_session(connection: Connection, session: StaffSession) -> None:
    """Keep a new session."""
    row = {"id": session.digest, "staff_id": session.staff.id}
    times = {"created_at": session.created_at, "last_seen_at": session.last_seen_at}
    device = {"browser": session.device.browser, "network": session.device.network}
    connection.execute(insert(staff_sessions).values(**row, **times, **device))
    audit.write(connection, session.staff.id, "staff.signed_in", subject=session.digest, now=session.created_at)


def end_sessions(connection: Connection, staff_id: str, *, now: datetime, keeping: str = "") -> None:
    """No session of this person opens anything any more, nor does a sign-in that waits for its code."""
    open_ones = (staff_sessions.c.staff_id == staff_id, staff_sessions.c.ended_at.is_(None))
    connection.execute(update(staff_sessions).where(*open_ones, staff_sessions.c.id != keeping).values(ended_at=now))
    connection.execute(delete(half_sessions).where(half_sessions.c.staff_id == staff_id))


def forget_attempts(connection: Connection, *attempt_ids: str) -> None:
    """Everything counted under the keys of attempts that succeeded."""
    keys = select(sign_in_attempts.c.key).where(sign_in_attempts.c.id.in_(attempt_ids))
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key.in_(keys)))
