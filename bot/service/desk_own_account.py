"""What staff do with their own account: password, second factor, recovery codes and sessions."""

from dataclasses import dataclass

from bot.service.desk_account_ports import OwnBook
from bot.service.desk_account_records import KeptFactor, OpenSession
from bot.service.desk_accounts import ABSOLUTE, IDLE, Refusal, password_fault
from bot.service.desk_attempts import Attempts
from bot.service.desk_passwords import Passwords, Weakness
from bot.service.desk_records import Act, Staff
from bot.service.desk_second_factor import SecondFactors
from bot.service.desk_tokens import digest
from bot.service.desk_totp import Offer
from bot.service.ports import Clock


@dataclass(frozen=True)
class Owner:
    """Somebody at their own account, in the browser of this session, who typed their password once more."""

    staff: Staff
    token: str
    address: str
    password: str = ""

    @property
    def session(self) -> str:
        """The session by what is kept of it."""
        return digest(self.token)


@dataclass(frozen=True)
class OwnAccount:
    """The use cases of the account page; whatever opens the account asks for the password once more."""

    book: OwnBook
    factors: SecondFactors
    passwords: Passwords
    attempts: Attempts
    clock: Clock

    def factor(self, staff: Staff) -> KeptFactor | None:
        """The second factor."""
        return self.factors.book.factor(staff.id)

    def offered(self, owner: Owner) -> Offer:
        """The second factor that may be set up in this browser."""
        return self.factors.offered(owner.staff, session=owner.session)

    def sessions(self, staff: Staff) -> tuple[OpenSession, ...]:
        """Where they are signed in."""
        now = self.clock.now()
        return self.book.sessions(staff.id, seen_since=now - IDLE, created_since=now - ABSOLUTE)

    def change_password(self, owner: Owner, *, new: str, again: str) -> Refusal | Weakness | None:
        """Another password; every other session ends. None when it was changed."""
        was = self._confirmed(owner)
        if isinstance(was, Refusal):
            return was
        staff = owner.staff
        fault = password_fault(new, again, name=staff.name, email=staff.email)
        if fault is not None:
            return fault
        hashed = self.passwords.hash(new)
        changed = self.book.set_password(hashed, was=was, keeping=owner.session, act=self._act(staff))
        return None if changed else Refusal.CREDENTIALS

    def replace_factor(self, owner: Owner, *, code: str) -> tuple[str, ...] | Refusal:
        """Another second factor; its recovery codes, which are shown only now. Every other session ends."""
        confirmed = self._confirmed(owner)
        if isinstance(confirmed, Refusal):
            return confirmed
        codes = self.factors.new_codes()
        factor = self.factors.proven(owner.staff, session=owner.session, code=code, codes=codes)
        if factor is None:
            return Refusal.CODE
        self.factors.book.replace(factor, keeping=owner.session, act=self._act(owner.staff))
        return codes

    def renew_recovery_codes(self, owner: Owner) -> tuple[str, ...] | Refusal:
        """Ten other recovery codes, which are shown only now."""
        confirmed = self._confirmed(owner)
        if isinstance(confirmed, Refusal):
            return confirmed
        codes = self.factors.new_codes()
        kept = self.factors.book.renew_codes(self.factors.digests(owner.staff, codes), act=self._act(owner.staff))
        return codes if kept else Refusal.CODE

    def end_session(self, staff: Staff, session: str) -> bool:
        """End one of their own sessions."""
        return self.book.end_session(session, staff_id=staff.id, act=self._act(staff))

    def end_other_sessions(self, owner: Owner) -> None:
        """End every session but this one."""
        self.book.end_sessions(owner.staff.id, keeping=owner.session, act=self._act(owner.staff))

    def _confirmed(self, owner: Owner) -> str | Refusal:
        """The hash of the password that was typed once more and is right."""
        now, staff = self.clock.now(), owner.staff
        attempt_id = self.attempts.admit("again", staff.id, address=owner.address, now=now)
        if attempt_id is None:
            return Refusal.THROTTLED
        kept = self.book.password_hash(staff.id)
        if not self.passwords.matches(owner.password, kept) or kept is None:
            self.book.keep_refusal(staff.id, now=now)
            return Refusal.CREDENTIALS
        self.attempts.book.forget_attempts(attempt_id)
        return kept

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.clock.now())
