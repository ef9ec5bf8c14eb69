"""The labelled sentences that the reader is measured on: its own, those of other authors, and those held out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Mapping, Sequence

from scripts.data_file import read_yaml

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "reading" / "en"
CORPORA = {
    "own": "*.yml",
    "second author": "second_author/*.yml",
    "eight voices": "voices/*.yml",
    "held out": "heldout/*.yml",
    "two voices, held out": "heldout_voices/*.yml",
}
"""Only the first three may be looked into; of those held out nothing but the totals is ever shown."""
TODAY = date(2026, 11, 22)

Said = Mapping[str, str]


@dataclass(frozen=True)
class Sentence:
    """One labelled sentence."""

    text: str
    asked: tuple[str, ...]
    today: date
    findings: Said
    left_open: tuple[str, ...]
    more: Mapping[str, Any]


@dataclass
class Count:
    """What was found and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def sentences(corpus: str) -> list[Sentence]:
    """Every sentence of one corpus."""
    found = []
    for path in sorted(SENTENCES.glob(CORPORA[corpus])):
        found += [_sentence(case) for case in read_yaml(path)]
    return found


def score(wanted: Sequence[Sentence], read: Sequence[Said]) -> dict[str, float]:
    """Micro and macro F1 over present and absent, and how often the two were taken for each other."""
    each: dict[str, Count] = {}
    swapped = 0
    for sentence, said in zip(wanted, read):
        for finding in sorted({*sentence.findings, *said} - set(sentence.left_open)):
            want, got = _told(sentence.findings.get(finding)), _told(said.get(finding))
            if want or got:
                _count(each.setdefault(finding, Count()), want, got)
            swapped += bool(want and got and want != got)
    total = Count(*[sum(getattr(count, part) for count in each.values()) for part in ("right", "wrong", "missed")])
    macro = sum(count.f1 for count in each.values()) / max(1, len(each))
    return {"micro_f1": total.f1, "macro_f1": macro, "wrong_polarity": swapped}


def _count(count: Count, want: str | None, got: str | None) -> None:
    if want == got:
        count.right += 1
        return
    count.wrong += got is not None
    count.missed += want is not None


def _told(how: str | None) -> str | None:
    return how if how in ("present", "absent") else None


def _sentence(case: Mapping[str, Any]) -> Sentence:
    asked = case.get("asked") or ()
    return Sentence(
        text=case["text"],
        asked=(asked,) if isinstance(asked, str) else tuple(asked),
        today=date.fromisoformat(str(case["now"])) if "now" in case else TODAY,
        findings=case.get("findings") or {},
        left_open=tuple(case.get("unsure") or ()),
        more=case,
    )
