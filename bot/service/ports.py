"""What the use cases need from the outside: a ledger, turns, screening, reading, alerts, mail and a clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.clinical.advance import Turn
from bot.clinical.encounter import Encounter
from bot.clinical.event import Facts, Intent
from bot.clinical.reading import Reading, RedFlag
from bot.clinical.vocabulary import Finding, FlagClass
from bot.service.appointment_records import AppointmentChange, Booked
from bot.service.calendar import Taken
from bot.service.records import (
    Answer,
    Arrival,
    History,
    KeptMessage,
    Letter,
    Opening,
    Standing,
    StoredReply,
    WaitingMail,
)


@dataclass(frozen=True)
class TurnRequest:
    """One message for the rasa process: text or choices, web's whole screen of it, the encounter and the facts."""

    message_id: str
    text: str | None
    choices: tuple[str, ...]
    flags: tuple[RedFlag, ...]
    encounter: Encounter
    facts: Facts
    language: str


@dataclass(frozen=True)
class TurnAnswer:
    """What the rasa process made of it: the turn and the intents it understood."""

    turn: Turn
    intents: tuple[Intent, ...] = ()


class Turns(Protocol):
    """The rasa process, as seen from here."""

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """The turn for a message; RasaError when none came in time, RasaRefused when it answered with an error."""
        ...


class Ledger(Protocol):
    """The system of record. Its calls block, are run in threads, and raise StorageError when nothing was kept."""

    def open(self, opening: Opening) -> tuple[StoredReply, ...]:
        """Keep a new conversation; its opening replies with their seq."""
        ...

    def standing(
        self, session_id: str, *, client_id: str | None = None, in_reply_to: str | None = None
    ) -> Standing | None:
        """Where a conversation stands, None when there is no such conversation."""
        ...

    def receive(self, arrival: Arrival) -> KeptMessage:
        """Keep a message once: the kept one, which is the earlier one when its client id is known already."""
        ...

    def answer(self, answer: Answer) -> tuple[StoredReply, ...]:
        """Keep an answer with all it changes, or nothing: Overtaken when another answer came first, EffectError."""
        ...

    def owed(self, *, received_by: datetime, limit: int) -> tuple[str, ...]:
        """Sessions with messages that still wait for their real reply, the longest waiting first."""
        ...

    def replies_after(self, session_id: str, seq: int) -> tuple[StoredReply, ...]:
        """The replies of a conversation with a higher seq, in order."""
        ...

    def history(self, session_id: str, *, limit: int) -> History:
        """The newest messages and the newest replies of a conversation, so many of each, in order."""
        ...

    def keep_code(self, session_id: str, digest: str, *, now: datetime, expires_at: datetime) -> bool:
        """Whether the conversation is kept and has this one-time code now, in place of an earlier one."""
        ...

    def use_code(self, digest: str, *, now: datetime) -> str | None:
        """The session of a code that is open, which is used up by this; None for every other code."""
        ...


class Screening(Protocol):
    """The red-flag screen."""

    def screen(
        self, text: str, history: tuple[str, ...], *, known: frozenset[FlagClass], today: date
    ) -> tuple[RedFlag, ...]:
        """The red flags of the newest text, alone and joined to the texts before it."""
        ...


class Reads(Protocol):
    """The finding reader."""

    def read(self, text: str, *, asked: tuple[Finding, ...], today: date) -> Reading:
        """What one text says, in the light of the findings that were asked about."""
        ...


class Alerts(Protocol):
    """Tells the clinic that something cannot wait; it is given opaque ids only."""

    def urgent(self, session_id: str) -> None:
        """An inquiry has become an emergency or a crisis."""
        ...


class Openings(Protocol):
    """What of the clinic's calendar is asked when a time is taken."""

    def offers(self, practitioner: str, starts_at: datetime, minutes: int, *, now: datetime) -> bool:
        """Whether this is one of the calendar's times now, taken or not."""
        ...


class AppointmentBook(Protocol):
    """The times that patients have. Its calls block and raise StorageError."""

    def taken(self, *, since: datetime, until: datetime, now: datetime) -> tuple[Taken, ...]:
        """What is booked, or held still, between two moments."""
        ...

    def booked(self, session_id: str) -> Booked | None:
        """The newest time that a conversation has booked or given back."""
        ...

    def change(self, change: AppointmentChange) -> tuple[StoredReply, ...]:
        """Give the time back or move it, with all that follows: Overtaken, or EffectError when it is somebody's."""
        ...


class MailQueue(Protocol):
    """Mails that wait to be sent. Its calls block and raise StorageError."""

    def claim(self, *, now: datetime, limit: int, pause_of: Callable[[int], timedelta]) -> tuple[WaitingMail, ...]:
        """Mails that are due, ours alone until the pause after this attempt is over."""
        ...

    def sent(self, mail_id: str, *, now: datetime) -> None:
        """It went through; its address is forgotten."""
        ...

    def given_up(self, mail_id: str, *, now: datetime) -> None:
        """It is never tried again; its address is forgotten."""
        ...


class Mailbox(Protocol):
    """The clinic's way to send mail."""

    async def send(self, letter: Letter) -> None:
        """Send it: MailError when it cannot be sent now, MailRefused when it never can."""
        ...


class Clock(Protocol):
    """The time, always aware of its zone."""

    def now(self) -> datetime:
        """This moment."""
        ...


EncounterView = Mapping[str, object]
"""The JSON of GET /api/chat/encounter, as bot.clinical.view writes it."""
