"""What settings come from: the environment, and over it what managers have set at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})
CALENDAR, OVERLAY = "CALENDAR", "OVERLAY"
FACTS = (
    "CLINIC_NAME",
    "CLINIC_PHONE",
    "CLINIC_EMAIL",
    "CLINIC_ADDRESS",
    "CLINIC_WEBSITE",
    "CLINIC_HOURS",
    "CLINIC_FEES",
    "CLINIC_COLOUR",
)
HOURS = ("OPENING_HOURS", "CLOSED_ON", "ANSWER_URGENT", "ANSWER_SAME_DAY", "HAND_BACK_MINUTES", "DUTY_EMAIL")
PLACE = ("REGION", "TIME_ZONE")
BOOKING = ("BOOKING", "BOOKING_URL")
KEEPING = ("CONSENT", "KEEP_LEFT_EARLY_DAYS", "KEEP_NOT_BOOKED_DAYS", "KEEP_BOOKED_YEARS", "KEEP_MAIL_DAYS")
CHANGEABLE = (*FACTS, *HOURS, *PLACE, *BOOKING, *KEEPING, CALENDAR, OVERLAY)
"""What the desk may set. No secret, address, port, file or database is among them."""


@dataclass(frozen=True)
class AtDesk:
    """What managers have set: `values` as they stand in the store, `over` as variables that stand over the environment.

    They differ where a value is a whole file: the store has its content, the variable the place it was written to.
    """

    values: Mapping[str, str] = NOTHING
    revision: int = 0
    over: Mapping[str, str] = NOTHING


@dataclass(frozen=True)
class Given:
    """Where the settings in force came from; `environment` has what it says of what the desk may set."""

    environment: Mapping[str, str] = NOTHING
    at_desk: AtDesk = field(default_factory=AtDesk)


@dataclass(frozen=True)
class Ground:
    """What must be known before anything set at the desk can be read, and what the environment says of the rest."""

    data_dir: Path
    database_url: str = field(repr=False)
    audit_secret: str | None = field(repr=False)
    environment: Mapping[str, str]
    language: str
