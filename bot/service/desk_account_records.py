"""What the use cases of staff accounts and the store tell each other: sign-ins, second factors, team and links."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.service.desk_records import Device, Staff, StaffSession
from bot.service.desk_roles import Role


class Step(str, Enum):
    """What is left of a sign-in once the password was right."""

    DONE = "done"
    CODE = "code"
    SET_UP = "set_up"


class TeamChange(str, Enum):
    """What became of a change to somebody's account."""

    DONE = "done"
    OVERTAKEN = "overtaken"
    LAST_MANAGER = "last_manager"
    OWN = "own"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Entry:
    """The cookie's token after a right password, and what is left to do."""

    token: str
    step: Step


@dataclass(frozen=True)
class NewSession:
    """A session on its way into the store, and the attempt that is forgotten with its coming."""

    session: StaffSession
    attempt_id: str


@dataclass(frozen=True)
class HalfSession:
    """A browser whose password was right, and that has yet to give a code or set a second factor up."""

    digest: str
    staff: Staff
    step: Step


@dataclass(frozen=True)
class KeptFactor:
    """Somebody's second factor as it is kept: its secret sealed, and how many recovery codes are left."""

    secret: str
    set_at: datetime
    codes_left: int


@dataclass(frozen=True)
class NewFactor:
    """A second factor on its way into the store; the code of `last_step` was used to set it up."""

    secret: str
    last_step: int
    codes: tuple[str, ...]
    """Digests of its recovery codes."""


@dataclass(frozen=True)
class OpenSession:
    """One browser somebody is signed in with."""

    digest: str
    device: Device
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class Member:
    """Somebody's account, as the team page lists it."""

    staff: Staff
    is_active: bool
    has_factor: bool
    created_at: datetime


@dataclass(frozen=True)
class Invitation:
    """An invitation that nobody has used yet."""

    id: str
    name: str
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
