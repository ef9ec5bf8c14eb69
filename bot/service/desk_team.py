"""What managers do with the accounts of the team, and whoever runs the server from the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.service.desk_account_ports import FactorBook, LinkBook, OwnBook, TeamBook
from bot.service.desk_account_records import Invitation, Member, OpenSession, TeamChange
from bot.service.desk_accounts import ABSOLUTE, IDLE, Refusal, person_fault, plain_email
from bot.service.desk_records import Act, Staff
from bot.service.desk_roles import Role
from bot.service.desk_tokens import digest, new_token
from bot.service.ports import Clock

INVITATION_LIFE = timedelta(days=7)
PASSWORD_LINK_LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class Sent:
    """A link that was made: it is shown now and kept nowhere."""

    token: str
    name: str
    email: str


@dataclass(frozen=True)
class Team:
    """The use cases of the team page; `by` is the id of who acts."""

    book: TeamBook
    links: LinkBook
    factors: FactorBook
    own: OwnBook
    clock: Clock
    new_id: Callable[[], str]

    def members(self) -> tuple[Member, ...]:
        """Everybody's account."""
        return self.book.members()

    def member(self, staff_id: str) -> Member | None:
        """One account."""
        return self.book.member(staff_id)

    def member_by_email(self, email: str) -> Member | None:
        """The account with this e-mail address."""
        wanted = plain_email(email)
        return next((member for member in self.book.members() if member.staff.email == wanted), None)

    def invitations(self) -> tuple[Invitation, ...]:
        """The invitations that nobody has used yet."""
        return self.links.invitations(now=self.clock.now())

    def invite(self, by: Staff, *, name: str, email: str, role: Role) -> Sent | Refusal:
        """A new invitation, good once and for seven days."""
        name, email, now, token = " ".join(name.split()), plain_email(email), self.clock.now(), new_token()
        fault = person_fault(name, email)
        if fault is not None:
            return fault
        expires_at = now + INVITATION_LIFE
        invitation = Invitation(self.new_id(), name, email, role, by.id, now, expires_at)
        kept = self.links.invite(invitation, digest=digest(token), act=Act(by.id, now))
        return Sent(token, name, email) if kept else Refusal.EMAIL_TAKEN

    def withdraw(self, by: Staff, invitation_id: str) -> bool:
        """The invitation opens nothing any more."""
        return self.links.withdraw(invitation_id, act=self._act(by.id))

    def set_role(self, by: Staff, staff_id: str, *, role: Role, was: Role) -> TeamChange:
        """Another role; who has it signs in anew."""
        return self.book.set_role(staff_id, role, was=was, act=self._act(by.id))

    def disable(self, by: str, staff_id: str) -> TeamChange:
        """The account opens nothing any more, from the next request on."""
        return self.book.disable(staff_id, act=self._act(by))

    def enable(self, by: Staff, staff_id: str) -> TeamChange:
        """The account may sign in again."""
        return self.book.enable(staff_id, act=self._act(by.id))

    def reset_factor(self, by: str, staff_id: str) -> TeamChange:
        """No second factor until the next sign-in sets one up; nobody resets their own this way."""
        if by == staff_id:
            return TeamChange.OWN
        return TeamChange.DONE if self.factors.remove(staff_id, act=self._act(by)) else TeamChange.OVERTAKEN

    def password_link(self, by: Staff, staff_id: str) -> Sent | TeamChange:
        """A link with which this person sets a new password, good once and for a day."""
        if by.id == staff_id:
            return TeamChange.OWN
        member, token, act = self.book.member(staff_id), new_token(), self._act(by.id)
        if member is None:
            return TeamChange.NOT_FOUND
        expires_at = act.now + PASSWORD_LINK_LIFE
        change = self.links.keep_password_link(digest(token), staff_id, expires_at=expires_at, act=act)
        return Sent(token, member.staff.name, member.staff.email) if change is TeamChange.DONE else change

    def sessions(self, staff_id: str) -> tuple[OpenSession, ...]:
        """Where this person is signed in."""
        now = self.clock.now()
        return self.own.sessions(staff_id, seen_since=now - IDLE, created_since=now - ABSOLUTE)

    def end_session(self, by: Staff, staff_id: str, session: str) -> bool:
        """End one session of this person."""
        return self.own.end_session(session, staff_id=staff_id, act=self._act(by.id))

    def end_sessions(self, by: Staff, staff_id: str, *, keeping: str) -> None:
        """End every session of this person; their own one with which a manager does this stays."""
        self.own.end_sessions(staff_id, keeping=keeping, act=self._act(by.id))

    def _act(self, by: str) -> Act:
        return Act(by, self.clock.now())
