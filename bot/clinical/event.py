"""What can happen to an encounter, and the facts of the moment it happens in."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.clinical.appointment import Booking, FreeTime
from bot.clinical.effect import Effect
from bot.clinical.reading import Reading, RedFlag


@dataclass(frozen=True)
class Intent:
    """What a message wants, by its id in contracts.md, with the classifier's confidence 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True)
class Said:
    """The patient wrote something; `flags` is the whole screen of it (this message and joined to those before)."""

    message_id: str
    reading: Reading
    flags: tuple[RedFlag, ...] = ()
    intents: tuple[Intent, ...] = ()


@dataclass(frozen=True)
class Chose:
    """The patient tapped one or more of the choices on offer, by id."""

    message_id: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class EffectFailed:
    """Something that a turn asked of the outside world could not be done."""

    effect: Effect
    reason: str


Event = Said | Chose | EffectFailed


@dataclass(frozen=True)
class Clinic:
    """What the clinic says of itself; None where it has not filled something in."""

    name: str
    phone: str
    email: str | None = None
    address: str | None = None
    hours: str | None = None
    fees: str | None = None
    website: str | None = None
    demo: bool = False


@dataclass(frozen=True)
class Facts:
    """What a turn may need to know of the world: the time (aware), the clinic, how it is booked, and the language.

    `times` are the free times from `times_page` on, two pages at most, and None where nobody looked them up.
    `contact_trouble` says what is wrong with a number or address in the message: see bot.clinical.contact.
    """

    now: datetime
    clinic: Clinic
    region: str = "ca-bc"
    language: str = "en"
    booking: Booking = field(default_factory=Booking)
    times: tuple[FreeTime, ...] | None = None
    times_page: int = 0
    contact_trouble: str | None = None
