"""What the use cases of appointments and the store tell each other."""

from dataclasses import dataclass
from datetime import datetime

from bot.clinical.appointment import AppointmentState
from bot.clinical.effect import HoldTime
from bot.clinical.encounter import Encounter
from bot.service.records import StoredReply


@dataclass(frozen=True)
class Booked:
    """A time as it is kept; `sequence` counts its changes, for the calendars of patients."""

    id: str
    practitioner: str
    starts_at: datetime
    minutes: int
    state: AppointmentState
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class QueuedMail:
    """A mail to send with a change."""

    id: str
    kind: str
    address: str
    link: str


@dataclass(frozen=True)
class AppointmentChange:
    """What the patient changed on the page of their appointment, for one transaction.

    `to` is the time it moves to, None when it is given back. `version` is that of the conversation it was worked out
    from; `replies` are the lines that the chat shows of it.
    """

    session_id: str
    version: int
    encounter: Encounter
    to: HoldTime | None
    replies: tuple[StoredReply, ...]
    mail: QueuedMail | None
    now: datetime
