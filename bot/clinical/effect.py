"""What a turn asks of the outside world; web carries it out in the transaction that stores the encounter."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.clinical.reading import ContactDetails


@dataclass(frozen=True)
class AppointmentRequest:
    """What a patient asked for: contact, preferred times, whether a voicemail may be left, who pays."""

    contact: ContactDetails = field(default_factory=ContactDetails)
    times: str | None = None
    voicemail: str | None = None
    payer: str | None = None
    call_back: bool = False
    language: str | None = None
    """The language to call back in, where it is not the clinic's."""
    practitioner: str | None = None
    """With whom, by name; None where nobody was asked for or it does not matter."""
    visit_language: str | None = None
    claim: str | None = None
    """The number of the claim that pays, in capitals without spaces."""


@dataclass(frozen=True)
class RequestAppointment:
    """Keep this request for the desk, replacing an earlier one of the same encounter."""

    request: AppointmentRequest


@dataclass(frozen=True)
class RequestPerson:
    """A person should take over or call; `reason` is an id (asked, unanswered_safety, complaint, erase, ...)."""

    reason: str
    language: str | None = None


@dataclass(frozen=True)
class EraseConversation:
    """Everything kept of this conversation goes, but for the message that confirmed it and its reply."""


@dataclass(frozen=True)
class HoldTime:
    """Keep this time for the patient for a few minutes; it fails when somebody else has it."""

    practitioner: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True)
class ConfirmTime:
    """Book the time that was held; it fails when the hold ran out and somebody else took it."""

    practitioner: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True)
class ReleaseTime:
    """Give the time back that was held."""


TimeEffect = HoldTime | ConfirmTime
Effect = RequestAppointment | RequestPerson | EraseConversation | HoldTime | ConfirmTime | ReleaseTime
