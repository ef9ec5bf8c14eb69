"""What the reports ask of the store: rows of one day to count, the counts that are kept, and how far they are."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol


class Counted(str, Enum):
    """What is counted of each day; the keys of each are ids of closed sets."""

    START = "start"
    QUESTIONS = "questions"
    FINDINGS = "findings"
    REGIONS = "regions"
    LEVELS = "levels"
    RESPONSE = "response"
    AGREEMENT = "agreement"


Counts = Mapping[Counted, Counter[str]]


@dataclass(frozen=True)
class Talked:
    """How far one conversation came."""

    has_written: bool
    is_inquiry: bool
    has_result: bool
    wants_visit: bool
    is_booked: bool
    last_activity_at: datetime
    questions: tuple[str, ...] = ()
    """Ids of those that were put, in order."""


@dataclass(frozen=True)
class Screened:
    """What one inquiry counts as."""

    level: str
    urgency: int
    regions: tuple[str, ...]
    present: frozenset[str]
    absent: frozenset[str]
    since: datetime
    """When it came, or became urgent."""
    opened_at: datetime | None
    reached_at: datetime | None
    """The first call or message to the patient."""
    is_done: bool
    by_desk: bool
    """Staff entered it themselves, so nobody waited."""


class ReportBook(Protocol):
    """The rows behind the reports. Its calls block and raise StorageError."""

    def talked(self, since: datetime, until: datetime) -> tuple[Talked, ...]:
        """The conversations that patients began between two moments."""
        ...

    def screened(self, since: datetime, until: datetime) -> tuple[Screened, ...]:
        """The inquiries that came between two moments."""
        ...

    def judged(self, since: datetime, until: datetime) -> Counter[tuple[int, str]]:
        """The judgements between two moments, by the screening's urgency and the verdict."""
        ...

    def kept(self, subjects: Collection[Counted], first: date, last: date) -> Counts:
        """What was counted of these days."""
        ...

    def keep(self, day: date, counts: Counts, *, until: datetime) -> None:
        """The counts of a day are these; everything before `until` is counted."""
        ...

    def counted_until(self) -> datetime | None:
        """Everything before this moment is counted; None where nothing is yet."""
        ...

    def began(self) -> datetime | None:
        """When the first conversation was opened; None where there is none."""
        ...
