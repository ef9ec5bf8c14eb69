"""Times of the clinic's own calendar: who works there, which times are free, and the one that a patient has."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Way(str, Enum):
    """How patients book at this clinic."""

    REQUEST = "request"
    LINK = "link"
    CALENDAR = "calendar"


class AppointmentState(str, Enum):
    """How far a time has come: kept for a patient who is asked about it, booked, or given back."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Practitioner:
    """Somebody patients may ask for, and the languages of their visits by name ("English")."""

    id: str
    name: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class FreeTime:
    """A time that is still free; `starts_at` has the offset of the clinic's zone at that moment."""

    practitioner: str
    name: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True)
class Booking:
    """How this clinic is booked; `manage` is the patient's own page of their appointment."""

    way: Way = Way.REQUEST
    url: str | None = None
    practitioners: tuple[Practitioner, ...] = ()
    manage: str | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that visits are held in."""
        return tuple(dict.fromkeys(language for one in self.practitioners for language in one.languages))


@dataclass(frozen=True)
class Appointment:
    """The time that a patient has chosen, with whom, and how far it has come."""

    practitioner: str
    name: str
    starts_at: datetime
    minutes: int
    state: AppointmentState
