"""Who may work at the desk: the one-time set-up link, signing in and out, and sessions."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.service.desk_passwords import Passwords, Weakness, weakness
from bot.service.desk_ports import AccountBook
from bot.service.desk_records import Act, NewStaff, Staff, StaffSession
from bot.service.ports import Clock

LINK_LIFE = timedelta(hours=24)
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
THROTTLE_WINDOW = timedelta(minutes=15)
ADDRESS_SHARE = 3
"""One address may fail this many times as often as one account: a clinic's staff share theirs."""
TOUCH_EVERY = timedelta(seconds=30)
LONGEST_NAME = 80
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Refusal(str, Enum):
    """Why an account was not made or a sign-in not accepted."""

    LINK = "link"
    NAME = "name"
    EMAIL = "email"
    EMAIL_TAKEN = "email_taken"
    PASSWORD_AGAIN = "password_again"
    CREDENTIALS = "credentials"
    THROTTLED = "throttled"


@dataclass(frozen=True)
class Application:
    """What somebody typed to set up an account."""

    name: str
    email: str
    password: str
    password_again: str


@dataclass(frozen=True)
class SignIn:
    """What somebody typed to sign in, and the address it came from."""

    email: str
    password: str
    address: str


@dataclass(frozen=True)
class Accounts:
    """The use cases of staff accounts; tokens leave it once and are kept as digests."""

    book: AccountBook
    passwords: Passwords
    clock: Clock
    secret: str
    failures_allowed: int
    new_id: Callable[[], str]

    def has_staff(self) -> bool:
        """Whether anyone can sign in yet."""
        return self.book.has_staff()

    def create_setup_link(self) -> str:
        """The token of a new set-up link, good once and for 24 hours."""
        token, now = secrets.token_urlsafe(32), self.clock.now()
        self.book.keep_link(digest(token), now=now, expires_at=now + LINK_LIFE)
        return token

    def link_is_open(self, token: str) -> bool:
        """Whether an account may be made with this link."""
        return self.book.link_is_open(digest(token), now=self.clock.now())

    def set_up(self, token: str, application: Application) -> Refusal | Weakness | None:
        """Make the account; None when it was made, else what stands against it."""
        if not self.link_is_open(token):
            return Refusal.LINK
        name, email = application.name.strip(), plain_email(application.email)
        fault = _fault(application, name=name, email=email)
        if fault is not None:
            return fault
        if self.book.credentials(email) is not None:
            return Refusal.EMAIL_TAKEN
        staff = NewStaff(self.new_id(), name, email, self.passwords.hash(application.password))
        return None if self.book.use_link(digest(token), staff, now=self.clock.now()) else Refusal.LINK

    def sign_in(self, typed: SignIn) -> str | Refusal:
        """The token of a new session; the same refusal for a wrong password and for an e-mail nobody has."""
        now, email, attempt_id = self.clock.now(), plain_email(typed.email), self.new_id()
        known = self.book.credentials(email)
        if not self._admitted(attempt_id, email=email, address=typed.address, now=now):
            return Refusal.THROTTLED
        if not self.passwords.matches(typed.password, known[1] if known else None) or known is None:
            self.book.keep_failure(known[0].id if known else None, now=now)
            return Refusal.CREDENTIALS
        return self._new_session(known[0], attempt_id=attempt_id, now=now)

    def session(self, token: str, *, quietly: bool = False) -> Staff | None:
        """Who is signed in; None after 15 idle minutes or 12 hours. A quiet look does not count as activity."""
        now = self.clock.now()
        session = self.book.session(digest(token))
        if session is None or not _is_alive(session, now):
            return None
        if not quietly and now - session.last_seen_at >= TOUCH_EVERY:
            self.book.touch_session(session.digest, now=now)
        return session.staff

    def sign_out(self, token: str, staff: Staff) -> None:
        """End the session."""
        self.book.end_session(digest(token), act=Act(staff.id, self.clock.now()))

    def _admitted(self, attempt_id: str, *, email: str, address: str, now: datetime) -> bool:
        limits = {
            self._key("account", email): self.failures_allowed,
            self._key("address", address): self.failures_allowed * ADDRESS_SHARE,
        }
        return self.book.admit_attempt(attempt_id, limits=limits, now=now, since=now - THROTTLE_WINDOW)

    def _new_session(self, staff: Staff, *, attempt_id: str, now: datetime) -> str:
        token = secrets.token_urlsafe(32)
        self.book.open_session(StaffSession(digest(token), staff, now, now), attempt_id=attempt_id)
        return token

    def _key(self, kind: str, value: str) -> str:
        """An opaque key, so that no e-mail address nobody has here is ever kept."""
        return hmac.new(self.secret.encode(), f"desk:{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain_email(typed: str) -> str:
    """The e-mail address as accounts are known by."""
    return typed.strip().casefold()


def _fault(application: Application, *, name: str, email: str) -> Refusal | Weakness | None:
    if not 0 < len(name) <= LONGEST_NAME:
        return Refusal.NAME
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        return Refusal.EMAIL
    weak = weakness(application.password, name=name, email=email)
    if weak is not None:
        return weak
    return None if application.password == application.password_again else Refusal.PASSWORD_AGAIN


def _is_alive(session: StaffSession, now: datetime) -> bool:
    return now - session.last_seen_at < IDLE and now - session.created_at < ABSOLUTE
