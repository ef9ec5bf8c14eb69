"""What the use cases of staff accounts need from the store: second factors, own accounts, the team, links."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.service.desk_account_records import (
    HalfSession,
    Invitation,
    KeptFactor,
    Member,
    NewFactor,
    NewSession,
    OpenSession,
    TeamChange,
)
from bot.service.desk_records import Act, NewStaff, Staff
from bot.service.desk_roles import Role


class FactorBook(Protocol):
    """Second factors: sealed secrets, recovery codes by digest, and sign-ins that wait for a code."""

    def half(self, digest: str, *, since: datetime) -> HalfSession | None:
        """A sign-in that waits for its second half, begun after `since`."""
        ...

    def factor(self, staff_id: str) -> KeptFactor | None:
        """Somebody's second factor."""
        ...

    def pass_step(self, half: HalfSession, new: NewSession, *, step: int) -> bool:
        """Open the session for the code of this half minute; False when one as new was used before."""
        ...

    def pass_recovery(self, half: HalfSession, new: NewSession, *, code: str) -> bool:
        """Open the session and use the recovery code up; False when there is no such code."""
        ...

    def pass_set_up(self, half: HalfSession, new: NewSession, *, factor: NewFactor) -> bool:
        """Keep the first second factor and open the session; False when there is one already."""
        ...

    def keep_refusal(self, staff_id: str, *, now: datetime) -> None:
        """Write down that a code was wrong."""
        ...

    def replace(self, factor: NewFactor, *, keeping: str, act: Act) -> None:
        """Another second factor from now on; every other session of its owner ends."""
        ...

    def renew_codes(self, codes: tuple[str, ...], *, act: Act) -> bool:
        """Other recovery codes; False where there is no second factor."""
        ...

    def remove(self, staff_id: str, *, act: Act) -> bool:
        """No second factor any more, and every session of its owner ended; False where there was none."""
        ...


class OwnBook(Protocol):
    """What staff change of their own account."""

    def password_hash(self, staff_id: str) -> str | None:
        """The hash of an active account's password."""
        ...

    def keep_refusal(self, staff_id: str, *, now: datetime) -> None:
        """Write down that the password typed once more was wrong."""
        ...

    def set_password(self, password_hash: str, *, was: str, keeping: str, act: Act) -> bool:
        """Another password, if it is still `was`; every other session ends."""
        ...

    def sessions(self, staff_id: str, *, seen_since: datetime, created_since: datetime) -> tuple[OpenSession, ...]:
        """The open sessions of somebody, the last used first."""
        ...

    def end_session(self, digest: str, *, staff_id: str, act: Act) -> bool:
        """End one session of this person."""
        ...

    def end_sessions(self, staff_id: str, *, keeping: str, act: Act) -> None:
        """End every session of this person but one."""
        ...


class TeamBook(Protocol):
    """Everybody's accounts, as managers see and change them."""

    def members(self) -> tuple[Member, ...]:
        """Every account, by name."""
        ...

    def member(self, staff_id: str) -> Member | None:
        """One account."""
        ...

    def set_role(self, staff_id: str, role: Role, *, was: Role, act: Act) -> TeamChange:
        """Another role, if it is still `was`; the sessions end."""
        ...

    def disable(self, staff_id: str, *, act: Act) -> TeamChange:
        """The account opens nothing any more, and neither do links its owner made."""
        ...

    def enable(self, staff_id: str, *, act: Act) -> TeamChange:
        """The account may sign in again."""
        ...


class LinkBook(Protocol):
    """Invitations and password links; every token is known by its digest only."""

    def invite(self, invitation: Invitation, *, digest: str, act: Act) -> bool:
        """Keep the invitation in place of an earlier one; False when the address has an account."""
        ...

    def invitations(self, *, now: datetime) -> tuple[Invitation, ...]:
        """The open invitations, the newest first."""
        ...

    def invitation(self, digest: str, *, now: datetime) -> Invitation | None:
        """The open invitation of this link."""
        ...

    def withdraw(self, invitation_id: str, *, act: Act) -> bool:
        """The link opens nothing any more."""
        ...

    def join(self, digest: str, new: NewStaff, *, now: datetime) -> bool:
        """Use the invitation up and make its account; False when it is used, expired, withdrawn or unknown."""
        ...

    def keep_password_link(self, digest: str, staff_id: str, *, expires_at: datetime, act: Act) -> TeamChange:
        """Keep a password link in place of an earlier one."""
        ...

    def password_link(self, digest: str, *, now: datetime) -> Staff | None:
        """Whose password this link sets anew."""
        ...

    def use_password_link(self, digest: str, password_hash: str, *, now: datetime) -> bool:
        """Use the link up and set the password; every session of its owner ends."""
        ...


@dataclass(frozen=True)
class StaffBooks:
    """Everything of the store that staff accounts need beside signing in."""

    factors: FactorBook
    own: OwnBook
    team: TeamBook
    links: LinkBook
