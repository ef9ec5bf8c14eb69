"""What bootstrap is given and what it builds: the outside parts, the use cases, and the whole."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.bootstrap.booking import BookingParts
from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.outside.rasa import RasaTurns
from bot.service.appointments import Appointments
from bot.service.chat_records import ChatBook
from bot.service.conversations import Conversations
from bot.service.desk_triage import Talk
from bot.service.fanout import Fanout
from bot.service.opening_hours import OpeningHours
from bot.service.ports import Alerts, Clock, Ledger, Reads, Screening, Turns
from bot.service.redelivery import Redelivery
from bot.service.resuming import Resuming
from bot.service.summaries import LinkMail, Summaries
from bot.service.threads import Threads
from bot.settings import Settings
from bot.store.transaction import Database


@dataclass(frozen=True)
class Outside:
    """The parts that tests replace by fakes."""

    ledger: Ledger
    turns: Turns
    screening: Screening
    reads: Reads
    alerts: Alerts
    clock: Clock
    mail: LinkMail | None = None
    """None where the clinic sends no mail."""
    booking: BookingParts = field(default_factory=BookingParts)
    hours: OpeningHours | None = None
    """When the desk opens, for those who write at night; None where nobody is told."""
    chats: ChatBook | None = None
    """None where staff cannot write to patients."""


@dataclass(frozen=True)
class Service:
    """The use cases of conversations with what runs beside them."""

    conversations: Conversations
    redelivery: Redelivery
    fanout: Fanout
    threads: Threads
    summaries: Summaries
    resuming: Resuming
    appointments: Appointments | None = None
    """The page of an appointment, where times are booked here."""
    talk: Talk | None = None


@dataclass(frozen=True)
class Built:
    """Everything that the web application is put together from."""

    settings: Settings
    protocol: Protocol
    clinic: Clinic
    database: Database
    rasa: RasaTurns
    service: Service
    start: Callable[[], Awaitable[None]]
    stop: Callable[[], Awaitable[None]]
    net_trouble: str | None = None
    """Why red flags are found by the reviewed rules alone, None where the second net works too."""
