"""Invitations and password links: a row for each open one, gone when it is used, so that none is used twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.service.actors import NOBODY
from bot.service.desk_account_records import Invitation, TeamChange
from bot.service.desk_records import Act, NewStaff, Staff
from bot.service.desk_roles import Role
from bot.store import audit
from bot.store.staff_rows import STAFF, add_account, end_sessions, find_email, lock_active, staff_of
from bot.store.tables import invitations, password_links, staff
from bot.store.transaction import Database

_invited = invitations.c
_link = password_links.c


class AccountLinks:
    """bot.service.desk_account_ports.LinkBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def invite(self, invitation: Invitation, *, digest: str, act: Act) -> bool:
        """Keep the invitation in place of an earlier one; False when the address has an account."""
        with self._database.write() as connection:
            if find_email(connection, invitation.email):
                return False
            over = (_invited.email == invitation.email) | (_invited.expires_at <= act.now)
            connection.execute(delete(invitations).where(over))
            row = {"id": invitation.id, "digest": digest, "name": invitation.name, "email": invitation.email}
            times = {"created_at": invitation.created_at, "expires_at": invitation.expires_at}
            role = invitation.role.value
            connection.execute(insert(invitations).values(**row, **times, role=role, invited_by=invitation.invited_by))
            audit.write(connection, act.staff_id, "staff.invited", subject=invitation.id, now=act.now, detail=role)
            return True

    def invitations(self, *, now: datetime) -> tuple[Invitation, ...]:
        """The open invitations, the newest first."""
        found = select(invitations).where(_invited.expires_at > now).order_by(_invited.created_at.desc(), _invited.id)
        with self._database.read() as connection:
            return tuple(_invitation(row) for row in connection.execute(found).all())

    def invitation(self, digest: str, *, now: datetime) -> Invitation | None:
        """The open invitation of this link."""
        found = select(invitations).where(_invited.digest == digest, _invited.expires_at > now)
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
        return _invitation(row) if row else None

    def withdraw(self, invitation_id: str, *, act: Act) -> bool:
        """The link opens nothing any more."""
        with self._database.write() as connection:
            if connection.execute(delete(invitations).where(_invited.id == invitation_id)).rowcount != 1:
                return False
            audit.write(connection, act.staff_id, "staff.invitation_withdrawn", subject=invitation_id, now=act.now)
            return True

    def join(self, digest: str, new: NewStaff, *, now: datetime) -> bool:
        """Use the invitation up and make its account; False when it is used, expired, withdrawn or unknown."""
        with self._database.write() as connection:
            is_open = (_invited.digest == digest, _invited.expires_at > now, _invited.email == new.email)
            row = connection.execute(select(invitations).where(*is_open).with_for_update()).one_or_none()
            if row is None or find_email(connection, new.email):
                return False
            if connection.execute(delete(invitations).where(_invited.id == row.id)).rowcount != 1:
                return False
            add_account(connection, new, Role(row.role), now=now)
            audit.write(connection, NOBODY, "staff.joined", subject=new.id, now=now, detail=row.id)
            return True

    def keep_password_link(self, digest: str, staff_id: str, *, expires_at: datetime, act: Act) -> TeamChange:
        """Keep a password link in place of an earlier one."""
        with self._database.write() as connection:
            if lock_active(connection, staff_id) is None:
                return TeamChange.OVERTAKEN
            connection.execute(delete(password_links).where(_link.staff_id == staff_id))
            row = {"id": digest, "staff_id": staff_id, "made_by": act.staff_id}
            connection.execute(insert(password_links).values(**row, created_at=act.now, expires_at=expires_at))
            audit.write(connection, act.staff_id, "staff.password_link_made", subject=staff_id, now=act.now)
            return TeamChange.DONE

    def password_link(self, digest: str, *, now: datetime) -> Staff | None:
        """Whose password this link sets anew."""
        is_open = (_link.id == digest, _link.expires_at > now, staff.c.disabled_at.is_(None))
        found = select(*STAFF).join(password_links, _link.staff_id == staff.c.id).where(*is_open)
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
        return staff_of(row) if row else None

    def use_password_link(self, digest: str, password_hash: str, *, now: datetime) -> bool:
        """Use the link up and set the password; every session of its owner ends."""
        with self._database.write() as connection:
            is_open = (_link.id == digest, _link.expires_at > now)
            staff_id = connection.execute(select(_link.staff_id).where(*is_open)).scalar_one_or_none()
            if staff_id is None or lock_active(connection, staff_id) is None:
                return False
            if connection.execute(delete(password_links).where(*is_open)).rowcount != 1:
                return False
            connection.execute(update(staff).where(staff.c.id == staff_id).values(password_hash=password_hash))
            end_sessions(connection, staff_id, now=now)
            audit.write(connection, NOBODY, "staff.password_set_by_link", subject=staff_id, now=now)
            return True


def _invitation(row: Any) -> Invitation:
    return Invitation(row.id, row.name, row.email, Role(row.role), row.invited_by, row.created_at, row.expires_at)
