"""Who may work at the desk: the one-time set-up link, signing in and out, and sessions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.service.desk_account_records import Entry, NewSession
from bot.service.desk_attempts import Attempts
from bot.service.desk_devices import device_of
from bot.service.desk_passwords import Passwords, Weakness, weakness
from bot.service.desk_ports import AccountBook
from bot.service.desk_records import Act, NewStaff, Staff, StaffSession
from bot.service.desk_tokens import digest, new_token
from bot.service.ports import Clock

LINK_LIFE = timedelta(hours=24)
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
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
    CODE = "code"
    CODE_USED = "code_used"
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
    """What somebody typed to sign in, the address it came from and what the browser says it is."""

    email: str
    password: str
    address: str
    agent: str = ""


@dataclass(frozen=True)
class Accounts:
    """The use cases of staff accounts; tokens leave it once and are kept as digests."""

    book: AccountBook
    passwords: Passwords
    attempts: Attempts
    clock: Clock
    factor_required: bool
    new_id: Callable[[], str]

    def has_staff(self) -> bool:
        """Whether anyone can sign in yet."""
        return self.book.has_staff()

    def create_setup_link(self) -> str:
        """The token of a new set-up link, good once and for 24 hours."""
        token, now = new_token(), self.clock.now()
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
        if self.book.email_is_taken(email):
            return Refusal.EMAIL_TAKEN
        staff = NewStaff(self.new_id(), name, email, self.passwords.hash(application.password))
        return None if self.book.use_link(digest(token), staff, now=self.clock.now()) else Refusal.LINK

    def sign_in(self, typed: SignIn) -> Entry | Refusal:
        """What the right password opens; the same refusal for a wrong password and for an e-mail nobody has."""
        now, email = self.clock.now(), plain_email(typed.email)
        known = self.book.credentials(email)
        attempt_id = self.attempts.admit("account", email, address=typed.address, now=now)
        if attempt_id is None:
            return Refusal.THROTTLED
        if not self.passwords.matches(typed.password, known[1] if known else None) or known is None:
            self.book.keep_failure(known[0].id if known else None, now=now)
            return Refusal.CREDENTIALS
        token, device = new_token(), device_of(typed.agent, typed.address)
        new = NewSession(StaffSession(digest(token), known[0], now, now, device), attempt_id)
        step = self.book.enter(new, password_hash=known[1], factor_required=self.factor_required)
        return Refusal.CREDENTIALS if step is None else Entry(token, step)

    def session(self, token: str, *, quietly: bool = False) -> Staff | None:
        """Who is signed in; None after 15 idle minutes or 12 hours. A quiet look does not count as activity."""
        now = self.clock.now()
        session = self.book.session(digest(token))
        if session is None or not _is_alive(session, now):
            return None
        if not quietly and now - session.last_seen_at >= TOUCH_EVERY:
            self.book.touch_session(session.digest, now=now)
        return session.staff

    def leave(self, token: str) -> None:
        """End what this browser had opened before somebody signed in there anew."""
        self.book.leave(digest(token), now=self.clock.now())

    def sign_out(self, token: str, staff: Staff) -> None:
        """End the session."""
        self.book.end_session(digest(token), act=Act(staff.id, self.clock.now()))


def plain_email(typed: str) -> str:
    """The e-mail address as accounts are known by."""
    return typed.strip().casefold()


def person_fault(name: str, email: str) -> Refusal | None:
    """What stands against a name and an e-mail address."""
    if not 0 < len(name) <= LONGEST_NAME:
        return Refusal.NAME
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        return Refusal.EMAIL
    return None


def _fault(application: Application, *, name: str, email: str) -> Refusal | Weakness | None:
    return person_fault(name, email) or password_fault(
        application.password, application.password_again, name=name, email=email
    )


def password_fault(password: str, again: str, *, name: str, email: str) -> Refusal | Weakness | None:
    """What stands against a new password typed twice."""
    weak = weakness(password, name=name, email=email)
    if weak is not None:
        return weak
    return None if password == again else Refusal.PASSWORD_AGAIN


def _is_alive(session: StaffSession, now: datetime) -> bool:
    return now - session.last_seen_at < IDLE and now - session.created_at < ABSOLUTE
