"""The accounts of the whole team, as managers see and change them; one active manager always remains."""

from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.service.desk_account_records import Member, TeamChange
from bot.service.desk_records import Act
from bot.service.desk_roles import Role
from bot.store import audit
from bot.store.staff_rows import STAFF, end_sessions, staff_of
from bot.store.tables import invitations, password_links, second_factors, staff
from bot.store.transaction import Database

_MEMBERS = select(*STAFF, staff.c.disabled_at, staff.c.created_at, second_factors.c.set_at).outerjoin(
    second_factors, second_factors.c.staff_id == staff.c.id
)


class TeamAccounts:
    """bot.service.desk_account_ports.TeamBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def members(self) -> tuple[Member, ...]:
        """Every account, by name."""
        with self._database.read() as connection:
            rows = connection.execute(_MEMBERS.order_by(staff.c.name, staff.c.id)).all()
        return tuple(_member(row) for row in rows)

    def member(self, staff_id: str) -> Member | None:
        """One account."""
        with self._database.read() as connection:
            row = connection.execute(_MEMBERS.where(staff.c.id == staff_id)).one_or_none()
        return _member(row) if row else None

    def set_role(self, staff_id: str, role: Role, *, was: Role, act: Act) -> TeamChange:
        """Another role, if it is still `was`; the sessions end."""
        with self._database.write() as connection:
            managers = _lock_managers(connection)
            if managers == {staff_id} and role is not Role.MANAGER:
                return TeamChange.LAST_MANAGER
            theirs = (staff.c.id == staff_id, staff.c.role == was.value)
            if connection.execute(update(staff).where(*theirs).values(role=role.value)).rowcount != 1:
                return _missed(connection, staff_id)
            if role is not was:
                _close(connection, staff_id, act=act)
                audit.write(
                    connection, act.staff_id, "staff.role_changed", subject=staff_id, now=act.now, detail=role.value
                )
            return TeamChange.DONE

    def disable(self, staff_id: str, *, act: Act) -> TeamChange:
        """The account opens nothing any more, and neither do links its owner made."""
        with self._database.write() as connection:
            if _lock_managers(connection) == {staff_id}:
                return TeamChange.LAST_MANAGER
            active = (staff.c.id == staff_id, staff.c.disabled_at.is_(None))
            if connection.execute(update(staff).where(*active).values(disabled_at=act.now)).rowcount != 1:
                return _missed(connection, staff_id)
            _close(connection, staff_id, act=act)
            audit.write(connection, act.staff_id, "staff.disabled", subject=staff_id, now=act.now)
            return TeamChange.DONE

    def enable(self, staff_id: str, *, act: Act) -> TeamChange:
        """The account may sign in again."""
        with self._database.write() as connection:
            disabled = (staff.c.id == staff_id, staff.c.disabled_at.is_not(None))
            if connection.execute(update(staff).where(*disabled).values(disabled_at=None)).rowcount != 1:
                return _missed(connection, staff_id)
            audit.write(connection, act.staff_id, "staff.enabled", subject=staff_id, now=act.now)
            return TeamChange.DONE


def _lock_managers(connection: Connection) -> set[str]:
    """The active managers, none of whom anybody else changes now: two who demote each other take turns."""
    active = (staff.c.role == Role.MANAGER.value, staff.c.disabled_at.is_(None))
    found = select(staff.c.id).where(*active).order_by(staff.c.id).with_for_update()
    return set(connection.execute(found).scalars())


def _close(connection: Connection, staff_id: str, *, act: Act) -> None:
    """Old cookies open nothing, nor do the ways in that this person made for others or was given."""
    end_sessions(connection, staff_id, now=act.now)
    connection.execute(delete(invitations).where(invitations.c.invited_by == staff_id))
    theirs = (password_links.c.made_by == staff_id) | (password_links.c.staff_id == staff_id)
    connection.execute(delete(password_links).where(theirs))


def _missed(connection: Connection, staff_id: str) -> TeamChange:
    is_there = connection.execute(select(staff.c.id).where(staff.c.id == staff_id)).first() is not None
    return TeamChange.OVERTAKEN if is_there else TeamChange.NOT_FOUND


def _member(row: Any) -> Member:
    return Member(staff_of(row), row.disabled_at is None, row.set_at is not None, row.created_at)
