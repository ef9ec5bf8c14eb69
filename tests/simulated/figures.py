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
"""Share of the people who should get a result that must get one, with exactly their truth."""
MOST_MEDIAN = 6
NEVER = (DEAD_END, AGAIN, REASKED, TOO_MANY, MISSED)
"""Faults that no conversation may have; nor another end, where no result is meant to come."""
SELDOM = {LOST: 0.01, UNANSWERED: 0.03}
"""Faults that so large a share of the conversations may have: no one understands everything."""
COUNTED = (END, *NEVER, *SELDOM, TALLY, DISPOSITION, EXTRA, UNHEARD, OVERCALLED, DETAIL, PROGRESS)


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
    def meant_for_result(self) -> list[Judged]:
        """The conversations of people who should get a result."""
        return [one for one in self.judged if one.course.persona.ends == "result"]

    @property
    def exact(self) -> float:
        """The share of the people who should get a result that got one, with exactly the truth."""
        meant = self.meant_for_result
        return sum(not one.has(TALLY) for one in self.with_result) / len(meant) if meant else 1.0

    def strays(self) -> list[Judged]:
        """The conversations of emergencies, drop-outs and others without a result that ended in another way."""
        return [one for one in self.judged if one.course.persona.ends != "result" and one.has(END)]

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
        if strays := self.strays():
            lines.append(f"another end: {len(strays)} conversation(s) of people who need no result")
        for kind, most in SELDOM.items():
            if counts[kind] > most * len(self.judged):
                lines.append(f"{kind}: {counts[kind]} conversation(s), more than {most:.0%}")
        if self.exact < LEAST_EXACT:
            lines.append(f"exactly the truth: {self.exact:.1%}, less than {LEAST_EXACT:.0%}")
        if questions and median(questions) > MOST_MEDIAN:
            lines.append(f"questions: median {median(questions)}, more than {MOST_MEDIAN}")
        return lines
