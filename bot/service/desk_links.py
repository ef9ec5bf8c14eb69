"""What those do who were given a link by a manager: join the team, or set a new password."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.service.desk_account_ports import LinkBook
from bot.service.desk_account_records import Invitation
from bot.service.desk_accounts import Application, Refusal, password_fault, person_fault
from bot.service.desk_passwords import Passwords, Weakness
from bot.service.desk_records import NewStaff, Staff
from bot.service.desk_tokens import digest
from bot.service.ports import Clock


@dataclass(frozen=True)
class Links:
    """The use cases of invitations and password links, for whoever opens one."""

    book: LinkBook
    passwords: Passwords
    clock: Clock
    new_id: Callable[[], str]

    def invitation(self, token: str) -> Invitation | None:
        """The invitation behind the link, while it is open."""
        return self.book.invitation(digest(token), now=self.clock.now())

    def join(self, token: str, typed: Application) -> Refusal | Weakness | None:
        """Make the account of the invitation; None when it was made. The address and role are the manager's word."""
        invited = self.invitation(token)
        if invited is None:
            return Refusal.LINK
        name = " ".join(typed.name.split())
        fault = person_fault(name, invited.email) or password_fault(
            typed.password, typed.password_again, name=name, email=invited.email
        )
        if fault is not None:
            return fault
        new = NewStaff(self.new_id(), name, invited.email, self.passwords.hash(typed.password))
        return None if self.book.join(digest(token), new, now=self.clock.now()) else Refusal.LINK

    def whose_password(self, token: str) -> Staff | None:
        """Whose password the link sets anew, while it is open."""
        return self.book.password_link(digest(token), now=self.clock.now())

    def set_password(self, token: str, *, password: str, again: str) -> Refusal | Weakness | None:
        """Set the password; None when it was set."""
        staff = self.whose_password(token)
        if staff is None:
            return Refusal.LINK
        fault = password_fault(password, again, name=staff.name, email=staff.email)
        if fault is not None:
            return fault
        hashed = self.passwords.hash(password)
        return None if self.book.use_password_link(digest(token), hashed, now=self.clock.now()) else Refusal.LINK
