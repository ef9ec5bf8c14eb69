"""The second half of signing in: a code, a recovery code, or setting a second factor up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.service.desk_account_ports import FactorBook
from bot.service.desk_account_records import HalfSession, NewFactor, NewSession
from bot.service.desk_accounts import Refusal
from bot.service.desk_attempts import Attempts
from bot.service.desk_records import Device, Staff, StaffSession
from bot.service.desk_sealing import Sealer
from bot.service.desk_tokens import digest, keyed_digest, new_token
from bot.service.desk_totp import Offer, is_digits, new_recovery_codes, offer, plain_code, step_of
from bot.service.ports import Clock

HALF_LIFE = timedelta(minutes=15)
"""How long a right password waits for its code."""


@dataclass(frozen=True)
class TypedCode:
    """A code as it was typed, and the browser it was typed in."""

    code: str
    address: str
    device: Device


@dataclass(frozen=True)
class SetUp:
    """A second factor was set up: the token of the session, and the recovery codes, which are shown only now."""

    token: str
    recovery_codes: tuple[str, ...]


@dataclass(frozen=True)
class SecondFactors:
    """The use cases of second factors."""

    book: FactorBook
    sealer: Sealer
    attempts: Attempts
    clock: Clock
    secret: str
    issuer: str
    new_codes: Callable[[], tuple[str, ...]] = new_recovery_codes

    def half(self, token: str) -> HalfSession | None:
        """Whose password was right in this browser a moment ago."""
        return self.book.half(digest(token), since=self.clock.now() - HALF_LIFE)

    def offered(self, staff: Staff, *, session: str) -> Offer:
        """The secret that this browser may set up; it changes with each sign-in and each second factor."""
        kept = self.book.factor(staff.id)
        seed = f"{session}:{kept.set_at.isoformat() if kept else ''}"
        return offer(self.secret, seed=seed, account=staff.email, issuer=self.issuer)

    def enter(self, half: HalfSession, typed: TypedCode) -> str | Refusal:
        """The token of the session that the code opens, which is another one than that of the password."""
        now, staff = self.clock.now(), half.staff
        attempt_id = self.attempts.admit("factor", staff.id, address=typed.address, now=now)
        if attempt_id is None:
            return Refusal.THROTTLED
        token = new_token()
        new = NewSession(StaffSession(digest(token), staff, now, now, typed.device), attempt_id)
        refusal = self._refusal(half, new, plain_code(typed.code))
        if refusal is not None:
            self.book.keep_refusal(staff.id, now=now)
            return refusal
        return token

    def set_up(self, half: HalfSession, typed: TypedCode) -> SetUp | Refusal:
        """The first second factor is kept when the app shows the right code, and the sign-in is whole."""
        now, staff, token, codes = self.clock.now(), half.staff, new_token(), self.new_codes()
        factor = self.proven(staff, session=half.digest, code=typed.code, codes=codes)
        if factor is None:
            return Refusal.CODE
        new = NewSession(StaffSession(digest(token), staff, now, now, typed.device), attempt_id="")
        return SetUp(token, codes) if self.book.pass_set_up(half, new, factor=factor) else Refusal.CODE

    def proven(self, staff: Staff, *, session: str, code: str, codes: tuple[str, ...]) -> NewFactor | None:
        """The offered factor with these recovery codes; None when the code does not come from it."""
        secret = self.offered(staff, session=session).secret
        step = step_of(plain_code(code), secret=secret, now=self.clock.now())
        if step is None:
            return None
        return NewFactor(self.sealer.seal(secret, whose=staff.id), step, self.digests(staff, codes))

    def digests(self, staff: Staff, codes: tuple[str, ...]) -> tuple[str, ...]:
        """What is kept of recovery codes."""
        return tuple(self._recovery(staff, plain_code(code)) for code in codes)

    def _refusal(self, half: HalfSession, new: NewSession, code: str) -> Refusal | None:
        staff = half.staff
        if not is_digits(code):
            return None if self.book.pass_recovery(half, new, code=self._recovery(staff, code)) else Refusal.CODE
        kept = self.book.factor(staff.id)
        secret = self.sealer.open(kept.secret, whose=staff.id) if kept else None
        step = step_of(code, secret=secret, now=self.clock.now()) if secret else None
        if step is None:
            return Refusal.CODE
        return None if self.book.pass_step(half, new, step=step) else Refusal.CODE_USED

    def _recovery(self, staff: Staff, code: str) -> str:
        return keyed_digest(self.secret, "recovery", staff.id, code)
