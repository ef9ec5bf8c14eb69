"""What a turn asks of the outside world; web carries it out in the transaction that stores the encounter."""

from dataclasses import dataclass, field

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


Effect = RequestAppointment | RequestPerson | EraseConversation
