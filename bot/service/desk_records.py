"""What the desk's use cases and the store tell each other: staff, the inbox, and one inquiry with its history."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.clinical.encounter import Encounter
from bot.clinical.vocabulary import Disposition
from bot.service.chat import Chat
from bot.service.desk_entry_records import Entered
from bot.service.desk_roles import Right, Role, may
from bot.service.inquiry import STEP
from bot.service.transcript import Line


class Status(str, Enum):
    """How far the desk has come with an inquiry."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    BOOKED = "booked"
    CLOSED = "closed"


OPEN = (Status.NEW, Status.IN_PROGRESS, Status.WAITING)
DONE = (Status.BOOKED, Status.CLOSED)
URGENT_BELOW = Disposition.SAME_DAY.urgency * STEP
"""Inquiries of a lower rank, emergencies and crises, are done only with a written word on what was done."""


class Reason(str, Enum):
    """Why an inquiry was closed without a visit of ours."""

    BOOKED_ELSEWHERE = "booked_elsewhere"
    NOT_REACHABLE = "not_reachable"
    NOT_SUITABLE = "not_suitable"
    DUPLICATE = "duplicate"
    SPAM = "spam"
    DECLINED = "declined"
    OTHER = "other"
    """Said in the note that has to go with it."""


class CallOutcome(str, Enum):
    """How a call to the patient ended."""

    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    BOOKED = "booked"
    DECLINED = "declined"


class Change(str, Enum):
    """What became of a change that staff asked for."""

    DONE = "done"
    OVERTAKEN = "overtaken"
    NOTE_NEEDED = "note_needed"
    REASON_NEEDED = "reason_needed"
    URGENT = "urgent"
    """Not to be put off."""
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Staff:
    """One member of the clinic's staff."""

    id: str
    name: str
    email: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether they may do this at the desk."""
        return may(self.role, right)


@dataclass(frozen=True)
class NewStaff:
    """A staff account on its way into the store; the password is there as its argon2id hash only."""

    id: str
    name: str
    email: str
    password_hash: str


@dataclass(frozen=True)
class Device:
    """What is kept of a browser: its family and where from, so that its owner knows it again and no more."""

    browser: str = ""
    network: str = ""


@dataclass(frozen=True)
class StaffSession:
    """A signed-in browser: whose it is, when it began and when it was last used."""

    digest: str
    staff: Staff
    created_at: datetime
    last_seen_at: datetime
    device: Device = Device()


@dataclass(frozen=True)
class Act:
    """Who does something at the desk, and when."""

    staff_id: str
    now: datetime


@dataclass(frozen=True)
class Present:
    """Somebody of the staff who has an inquiry open right now, and whether they are writing."""

    staff_id: str
    name: str
    is_writing: bool


@dataclass(frozen=True)
class Place:
    """Where an inquiry stands in the inbox: urgency, then the longest waiting, then its id."""

    urgency: int
    waiting_since: datetime
    id: str


@dataclass(frozen=True)
class QueueEntry:
    """One line of the inbox."""

    id: str
    urgency: int
    disposition: Disposition | None
    status: Status
    name: str | None
    phone: str | None
    email: str | None
    findings: tuple[str, ...]
    regions: tuple[str, ...]
    flags: tuple[str, ...]
    wants_booking: bool
    call_back: bool
    person_requested: str | None
    complete: bool
    owner_id: str | None
    owner_name: str | None
    waiting_since: datetime
    last_activity_at: datetime
    spoken: str | None = None
    """The language to call in, where the patient wrote in another than the clinic's."""
    channel: str = "web"
    urgent_since: datetime | None = None
    is_unread: bool = False
    """Nobody has opened it since the patient last wrote."""
    snoozed_until: datetime | None = None
    closed_reason: Reason | None = None
    appointment: str | None = None
    """What became of a time of our own calendar: confirmed, moved or cancelled."""
    present: tuple["Present", ...] = ()
    """Who has it open right now."""

    @property
    def place(self) -> Place:
        """Where it stands in the inbox."""
        return Place(self.urgency, self.waiting_since, self.id)

    @property
    def level(self) -> Disposition | None:
        """The urgency it is listed under; None while the screening is not finished and nothing urgent was said."""
        rank, between = divmod(self.urgency, STEP)
        return None if between else tuple(Disposition)[rank]

    @property
    def is_urgent(self) -> bool:
        """An emergency or a crisis was said."""
        return self.urgency < URGENT_BELOW


@dataclass(frozen=True)
class Queue:
    """One page of the inbox; `following` is the place after which the next page starts, None on the last."""

    entries: tuple[QueueEntry, ...]
    following: Place | None = None
    is_cut: bool = False
    """So much was looked through that the page ends before it is full."""


@dataclass(frozen=True)
class Request:
    """What the patient asked for when asking for an appointment or a call."""

    times: str | None
    voicemail: str | None
    payer: str | None
    call_back: bool
    requested_at: datetime
    claim: str | None = None
    practitioner: str | None = None
    visit_language: str | None = None


@dataclass(frozen=True)
class Note:
    """A staff member's note."""

    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Call:
    """One call to the patient."""

    by: str
    outcome: CallOutcome
    text: str | None
    at: datetime


@dataclass(frozen=True)
class Inquiry:
    """Everything the desk knows of one inquiry; `encounter` is None when what was stored cannot be read."""

    entry: QueueEntry
    version: int
    language: str
    created_at: datetime
    encounter: Encounter | None
    request: Request | None
    transcript: tuple[Line, ...]
    notes: tuple[Note, ...]
    calls: tuple[Call, ...]
    entered: Entered | None = None
    """Who of the staff entered it, None where its patient wrote."""
    chat: Chat | None = None
    """Where staff may write to the patient."""
