"""How well readings agree with labels: counts, F1, wrong polarity, regions, durations, imaging and red flags."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.clinical.vocabulary import Finding, Level, Presence

Record = dict[str, Any]
UNSURE = "unsure"
SAID = frozenset({Presence.PRESENT.value, Presence.ABSENT.value})
URGENCY: Mapping[str, int] = {
    Level.NONE.value: 0,
    Level.SEE_DOCTOR.value: 0,
    Level.SAME_DAY.value: 1,
    Level.CRISIS.value: 2,
    Level.EMERGENCY.value: 2,
}
"""What counts as reaching a labelled level: seeing a doctor this week is no alarm."""


@dataclass
class Score:
    """True and false positives and misses of one thing."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, *, hits: int, extra: int, missed: int) -> None:
        """Count more of them."""
        self.hits += hits
        self.extra += extra
        self.missed += missed

    @property
    def seen(self) -> bool:
        """Whether anything was labelled or read."""
        return bool(self.hits or self.extra or self.missed)

    @property
    def precision(self) -> float:
        """How much of what was read is right."""
        return self.hits / max(1, self.hits + self.extra)

    @property
    def recall(self) -> float:
        """How much of what was labelled was read."""
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.hits / max(1, 2 * self.hits + self.extra + self.missed)


@dataclass
class FindingScores:
    """The findings of a file: in all, one by one, and how often presence was turned round."""

    total: Score = field(default_factory=Score)
    each: dict[str, Score] = field(default_factory=lambda: {finding.value: Score() for finding in Finding})
    wrong_polarity: int = 0

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the findings that occur."""
        seen = [score.f1 for score in self.each.values() if score.seen]
        return sum(seen) / max(1, len(seen))


@dataclass
class FlagScores:
    """Red flags: how many of the labelled were raised at their level, and how often nothing raised one."""

    each: dict[str, Score] = field(default_factory=dict)
    alarms: int = 0
    quiet: int = 0
    missed: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """How many of the labelled flags were raised."""
        hits = sum(score.hits for score in self.each.values())
        return hits / max(1, hits + len(self.missed))


def score_findings(gold: Iterable[Record], read: Sequence[Record], *, label: str) -> FindingScores:
    """The findings read against those labelled; a finding labelled unsure is not scored.

    With the label `answer` only the findings the label names are scored, since the question was about them.
    """
    scores = FindingScores()
    for wanted, got in zip(gold, read, strict=True):
        for finding in Finding:
            _score_one(
                scores, finding.value, want=wanted[label].get(finding.value), got=_said(got, finding), label=label
            )
    return scores


def score_regions(gold: Iterable[Record], read: Sequence[Record]) -> Score:
    """Regions that must be found were found, and none beyond those allowed."""
    score = Score()
    for wanted, got in zip(gold, read, strict=True):
        found, must, may = set(got.get("regions", ())), set(wanted["regions"]), set(wanted["regions_allowed"])
        score.add(hits=len(found & may), extra=len(found - may), missed=len(must - found))
    return score


def count_durations(gold: Iterable[Record], read: Sequence[Record]) -> tuple[int, int]:
    """How many durations were read within a quarter, of how many labelled."""
    pairs = [(wanted["duration_days"], got.get("duration_days")) for wanted, got in zip(gold, read, strict=True)]
    labelled = [(want, said) for want, said in pairs if want not in (None, UNSURE)]
    return sum(said is not None and abs(said - want) <= max(1, want / 4) for want, said in labelled), len(labelled)


def count_imaging(gold: Iterable[Record], read: Sequence[Record]) -> tuple[int, int]:
    """How many statements about scans were read right, of how many labelled."""
    pairs = [(wanted["imaging"], got.get("imaging")) for wanted, got in zip(gold, read, strict=True)]
    labelled = [(want, said) for want, said in pairs if want not in (None, UNSURE)]
    return sum(want == said for want, said in labelled), len(labelled)


def score_flags(gold: Iterable[Record], read: Sequence[Record]) -> FlagScores:
    """Red flags raised at their level or above it, and false alarms where none was labelled."""
    scores = FlagScores()
    for wanted, got in zip(gold, read, strict=True):
        raised = max((URGENCY.get(flag["level"], 0) for flag in got.get("red_flags", ())), default=0)
        if wanted["level"] == Level.NONE.value:
            scores.quiet += 1
            scores.alarms += raised > 0
            scores.false_alarms += [wanted["id"]] if raised else []
            continue
        reached = raised >= URGENCY[wanted["level"]]
        scores.each.setdefault(wanted["class"], Score()).add(hits=reached, extra=0, missed=not reached)
        scores.missed += [] if reached else [wanted["id"]]
    return scores


def kind_of(record: Record) -> str:
    """What a record is labelled for."""
    return "red_flags" if "level" in record else "answers" if "answer" in record else "findings"


def _score_one(scores: FindingScores, finding: str, *, want: str | None, got: str | None, label: str) -> None:
    if want == UNSURE or (want is None and (got is None or label == "answer")):
        return
    right = want == got
    counts = {"hits": right, "extra": not right and got is not None, "missed": not right and want is not None}
    scores.total.add(**counts)
    scores.each[finding].add(**counts)
    scores.wrong_polarity += want is not None and got is not None and not right


def _said(got: Record, finding: Finding) -> str | None:
    """What a reading says of a finding; unknown counts as silence."""
    said = got.get("findings", {}).get(finding.value)
    return said if said in SAID else None
