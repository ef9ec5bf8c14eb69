"""The figures of many conversations, and which of the promises of issue 5 they break."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.simulated.course import Course
from tests.simulated.fault import (
    AGAIN,
    DEAD_END,
    DETAIL,
    DISPOSITION,
    END,
    EXTRA,
    LOST,
    MISSED,
    OVERCALLED,
    PROGRESS,
    REASKED,
    TALLY,
    TOO_MANY,
    UNANSWERED,
    UNHEARD,
    Fault,
)
from tests.simulated.judge import judge

LEAST_EXACT = 0.97
"""Share of the conversations with a result that must end with exactly the truth."""
MOST_MEDIAN = 6
NEVER = (END, DEAD_END, AGAIN, REASKED, TOO_MANY, MISSED, LOST, UNANSWERED)
"""Faults that no conversation may have."""
COUNTED = (*NEVER, TALLY, DISPOSITION, EXTRA, UNHEARD, OVERCALLED, DETAIL, PROGRESS)


@dataclass(frozen=True)
class Judged:
    """A conversation and everything that was wrong with it."""

    course: Course
    faults: tuple[Fault, ...]

    @property
    def failed(self) -> bool:
        """Something that must not happen happened."""
        return any(fault.is_failure for fault in self.faults)

    def has(self, kind: str) -> bool:
        """A fault of this kind was found."""
        return any(fault.kind == kind for fault in self.faults)


class Figures:
    """The figures of these conversations."""

    def __init__(self, courses: Sequence[Course], *, phone: str) -> None:
        self.judged = [Judged(course, judge(course, phone=phone)) for course in courses]

    @property
    def with_result(self) -> list[Judged]:
        """The conversations of people who should and did get a result."""
        return [one for one in self.judged if one.course.end == one.course.persona.ends == "result"]

    @property
    def exact(self) -> float:
        """The share of the conversations with a result that have exactly the truth."""
        reached = self.with_result
        return sum(not one.has(TALLY) for one in reached) / len(reached) if reached else 0.0

    @property
    def questions(self) -> list[int]:
        """How many questions each conversation with a result took."""
        return [len(one.course.questions) for one in self.with_result]

    def counts(self) -> dict[str, int]:
        """How many conversations have each kind of fault."""
        return {kind: sum(one.has(kind) for one in self.judged) for kind in COUNTED}

    def ends(self) -> Counter[str]:
        """How the conversations ended."""
        return Counter(one.course.end.split(":")[0] for one in self.judged)

    def broken(self) -> list[str]:
        """The promises that these conversations break, in one line each."""
        counts, questions = self.counts(), self.questions
        lines = [f"{kind}: {counts[kind]} conversation(s)" for kind in NEVER if counts[kind]]
        if self.exact < LEAST_EXACT:
            lines.append(f"exactly the truth: {self.exact:.1%}, less than {LEAST_EXACT:.0%}")
        if questions and median(questions) > MOST_MEDIAN:
            lines.append(f"questions: median {median(questions)}, more than {MOST_MEDIAN}")
        return lines
