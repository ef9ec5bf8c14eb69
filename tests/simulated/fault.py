"""The kinds of faults that a conversation is judged by."""

from dataclasses import dataclass

END, DEAD_END, TALLY, DISPOSITION = "end", "dead end", "tally", "disposition"
MISSED, EXTRA = "flag missed", "flag too many"
UNANSWERED, DETAIL, PROGRESS = "question not answered", "detail", "progress"
TOO_MANY, LOST, AGAIN, REASKED = "too many questions", "lost", "asked again", "re-asked twice"
UNHEARD, OVERCALLED = "answer not understood", "told as an emergency"
HARMLESS = frozenset({UNHEARD, OVERCALLED, DETAIL, PROGRESS})
"""Reported and counted, but allowed: one re-ask of an answer not understood; a crisis told to call for help first;
details beside the findings; and progress that was shown wrong."""


@dataclass(frozen=True)
class Fault:
    """One thing that was wrong."""

    kind: str
    what: str

    @property
    def is_failure(self) -> bool:
        """It must not happen."""
        return self.kind not in HARMLESS
