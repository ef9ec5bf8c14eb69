"""What staff think of a screening's level: agreed, or should be higher or lower; kept, counted and taken out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Protocol

from bot.clinical.vocabulary import Disposition
from bot.errors import NotUnderstood
from bot.service.csv_file import Cell, csv_lines
from bot.service.desk_filters import UNFINISHED, level_of
from bot.service.desk_records import Act, Staff
from bot.service.desk_roles import Right
from bot.service.inquiry import STEP
from bot.service.ports import Clock

LONGEST_REASON = 1000
COUNTED_DAYS = timedelta(days=90)
HEADER = ("at", "verdict", "screened", "listed_before", "listed_after", "rules", "protocol", "role", "ended_by")
WITH_WORDS = (*HEADER, "inquiry", "words", "reason")


class Verdict(str, Enum):
    """How the screening's level seems to somebody of the staff."""

    AGREE = "agree"
    HIGHER = "higher"
    LOWER = "lower"


class Judged(str, Enum):
    """What became of a judgement."""

    DONE = "done"
    OVERTAKEN = "overtaken"
    REASON_NEEDED = "reason_needed"
    CLINICAL = "clinical"
    """It would make the inquiry less urgent, which is a physiotherapist's to decide."""
    OTHER_WAY = "other_way"
    """The level chosen is not higher, or not lower, than the screening's."""
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Judging:
    """A judgement on its way into the store, with what its page had shown: the version and the newest message."""

    verdict: Verdict
    level: Disposition | None
    reason: str | None
    version: int
    heard: int

    def urgency(self, screened: int) -> int:
        """At what urgency the inquiry is to be listed."""
        return screened if self.level is None else self.level.urgency * STEP


@dataclass(frozen=True)
class Judgement:
    """One judgement that was kept."""

    verdict: Verdict
    by: str
    at: datetime
    screened: int
    listed: int
    urgency: int
    reason: str | None
    ended_by: str | None = None
    """None for the one that stands; patient where a message of theirs raised the inquiry again."""


@dataclass(frozen=True)
class JudgementRow:
    """One judgement as rule review reads it; the words are the quotes behind the flags."""

    judgement: Judgement
    role: str
    rules: tuple[str, ...]
    protocol_version: str
    inquiry_id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """How often each verdict was given on one level of the screening."""

    level: str
    agree: int
    higher: int
    lower: int


class JudgementBook(Protocol):
    """Judgements of the store."""

    def judge(self, inquiry_id: str, judgement_id: str, judging: Judging, *, staff: Staff, act: Act) -> Judged:
        """Keep it in place of the one that stands, and list the inquiry by it."""
        ...

    def counts(self, *, since: datetime) -> dict[tuple[int, Verdict], int]:
        """How many judgements there were since then, by the screening's urgency and the verdict."""
        ...

    def rows(self, *, with_words: bool) -> Iterator[JudgementRow]:
        """Every judgement, oldest first."""
        ...


@dataclass(frozen=True)
class Judgements:
    """The use cases of judging levels."""

    book: JudgementBook
    clock: Clock
    new_id: Callable[[], str]

    def judge(self, inquiry_id: str, staff: Staff, judging: Judging) -> Judged:
        """The newest judgement decides where the inquiry is listed; higher and lower need a reason."""
        if judging.verdict is not Verdict.AGREE and not judging.reason:
            return Judged.REASON_NEEDED
        if len(judging.reason or "") > LONGEST_REASON:
            raise NotUnderstood(f"a reason has at most {LONGEST_REASON} characters")
        act = Act(staff.id, self.clock.now())
        return self.book.judge(inquiry_id, self.new_id(), judging, staff=staff, act=act)

    def agreement(self) -> tuple[Agreement, ...]:
        """How staff saw the levels of the last ninety days, most urgent level first."""
        counts = self.book.counts(since=self.clock.now() - COUNTED_DAYS)
        by_level: dict[str, dict[Verdict, int]] = {}
        for (urgency, verdict), count in sorted(counts.items()):
            of_level = by_level.setdefault(name_of(urgency), dict.fromkeys(Verdict, 0))
            of_level[verdict] += count
        return tuple(Agreement(level, *of_level.values()) for level, of_level in by_level.items())

    def export(self, staff: Staff) -> Iterator[str]:
        """A CSV file of every judgement; words of patients and staff only for those who may take records out."""
        with_words = staff.may(Right.EXPORT)
        rows = self.book.rows(with_words=with_words)
        return csv_lines(WITH_WORDS if with_words else HEADER, (_cells(row, with_words=with_words) for row in rows))


def refusal(judging: Judging, staff: Staff, *, screened: int, listed: int) -> Judged | None:
    """What stands against a judgement; None when nothing does."""
    becomes = judging.urgency(screened)
    if judging.verdict is Verdict.HIGHER and becomes >= screened:
        return Judged.OTHER_WAY
    if judging.verdict is Verdict.LOWER and becomes <= screened:
        return Judged.OTHER_WAY
    is_less_urgent = judging.verdict is Verdict.LOWER or becomes > listed
    return Judged.CLINICAL if is_less_urgent and not staff.may(Right.LOWER) else None


def name_of(urgency: int) -> str:
    """The id of the level that an urgency is listed under."""
    level = level_of(urgency)
    return level.value if level else UNFINISHED


def _cells(row: JudgementRow, *, with_words: bool) -> tuple[Cell, ...]:
    one = row.judgement
    levels = (name_of(one.screened), name_of(one.listed), name_of(one.urgency))
    at = one.at.astimezone(UTC).isoformat(timespec="seconds")
    plain = (at, one.verdict.value, *levels, " ".join(row.rules), row.protocol_version, row.role, one.ended_by)
    return (*plain, row.inquiry_id, " | ".join(row.words), one.reason) if with_words else plain
