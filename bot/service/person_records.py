"""What is held about one person, what may be done with it, and how long it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from bot.service.desk_records import Act

Held = Mapping[str, list[dict[str, Any]]]
"""Rows by the table they are kept in, as JSON can hold them."""


class HoldReason(str, Enum):
    """Why a record may not be erased for now."""

    CLAIM = "claim"
    COMPLAINT = "complaint"
    COURT = "court"
    COLLEGE = "college"
    OTHER = "other"


class KeptAs(str, Enum):
    """The classes of retention that a conversation can be of."""

    LEFT_EARLY = "left_early"
    """Left before the end and without a way to reach the patient, or never begun."""
    NOT_BOOKED = "not_booked"
    BOOKED = "booked"
    """Part of the clinic's record."""


class Erasing(str, Enum):
    """What became of the wish to erase a person's data."""

    DONE = "done"
    NOT_FOUND = "not_found"
    ON_HOLD = "on_hold"
    RECORD = "record"
    """The clinic's record must be kept for some years still."""


@dataclass(frozen=True)
class Standing:
    """How a conversation stands for erasing; `newest` is the last thing that happened in it, a visit included."""

    session_id: str
    kept_as: KeptAs
    minor: bool
    newest: datetime
    hold: HoldReason | None


@dataclass(frozen=True)
class Person:
    """One person's data as the desk looks at them."""

    standing: Standing
    held: Held


class PersonBook(Protocol):
    """Everything that is held about one person. Its calls block and raise StorageError."""

    def read(self, inquiry_id: str, *, action: str, detail: str | None, act: Act) -> Person | None:
        """Everything of an inquiry's conversation, with an audit line of this action."""
        ...

    def erase(self, inquiry_id: str, *, keeping: Callable[[Standing], bool], act: Act) -> Erasing:
        """Erase all of it, unless a hold stands against it or `keeping` says that it must be kept still."""
        ...

    def hold(self, inquiry_id: str, reason: HoldReason, *, act: Act) -> bool:
        """Nobody may erase it; False where there is no such inquiry."""
        ...

    def end_hold(self, inquiry_id: str, *, act: Act) -> bool:
        """It may be erased again; False where there is no hold."""
        ...
