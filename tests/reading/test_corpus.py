"""Every labelled sentence of tests/reading/en is read as its author meant it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.vocabulary import Finding
from bot.reading.lines import as_line
from bot.reading.reader import Reader
from scripts.data_file import read_yaml

HERE = Path(__file__).parent / "en"
FILES = sorted(path.stem for path in HERE.glob("*.yml"))
TODAY = date(2026, 11, 22)
NOT_YET: dict[str, str] = {}
"""Sentences that are read wrongly, each with the reason why that is accepted for now."""


def sentences(file: str) -> list[Any]:
    """The cases of one file."""
    cases: list[Any] = read_yaml(HERE / f"{file}.yml")
    return cases


@pytest.mark.parametrize("file", FILES)
def test_a_sentence_is_read_as_it_was_meant(reader: Reader, file: str) -> None:
    """One test for each file, for the thousands of sentences take less time than a test of their own would cost."""
    wrong = [(case["text"], faults(reader, case)) for case in sentences(file)]
    assert [(text, found) for text, found in wrong if found and text not in NOT_YET] == []
    assert [text for text, found in wrong if text in NOT_YET and not found] == [], "these are excused no longer"


def faults(reader: Reader, case: dict[str, Any]) -> list[Any]:
    """What was read otherwise than meant: the part, what was read, what was meant, and why it was."""
    asked = tuple(Finding(name) for name in case.get("asked", ()))
    today = date.fromisoformat(case["now"]) if "now" in case else TODAY
    line = as_line(reader.read(case["text"], asked=asked, today=today))
    pairs: list[tuple[str, Any, Any]] = [("findings", said(line, case), meant(case))]
    if "regions" in case:
        must, may = set(case["regions"]), set(case.get("regions_allowed", ()))
        got = set(line["regions"])
        pairs.append(("regions", got, must | (got & may)))
    if "duration_days" in case:
        pairs.append(("duration_days", line["duration_days"], approximately(case["duration_days"])))
    pairs += [(part, line[part], case[part]) for part in ("imaging", "precautions") if part in case]
    return [(part, got, wanted, case["why"]) for part, got, wanted in pairs if got != wanted]


def said(line: dict[str, Any], case: dict[str, Any]) -> dict[str, str]:
    """Findings present or absent, without those that the author left open."""
    left_open = set(case.get("unsure", ()))
    return {name: how for name, how in line["findings"].items() if name not in left_open and how != "unknown"}


def meant(case: dict[str, Any]) -> dict[str, str]:
    return {name: how for name, how in (case["findings"] or {}).items() if how != "unknown"}


def approximately(days: int | None) -> Any:
    """A quarter more or less, at least a day, is the same duration."""
    return None if days is None else pytest.approx(days, abs=max(1, 0.25 * days))


def test_at_most_three_sentences_in_a_hundred_are_excused() -> None:
    texts = [case["text"] for file in FILES for case in sentences(file)]
    assert len(texts) > 3_500
    assert len(NOT_YET) <= len(texts) * 0.03
    assert set(NOT_YET) <= set(texts)
