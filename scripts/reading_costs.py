"""What reading costs: the time of one message, of longer ones, and with ten times the phrases."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Callable, Mapping

from bot.knowledge.lexicon import Lexicon
from bot.reading.reader import Reader, build_reader
from scripts.reading_corpora import TODAY

MESSAGE = (
    "My lower back has been aching for about three weeks now, and when I sit for long it gets very stiff. There is no"
    " swelling that I can see, but my left foot sometimes goes numb and feels cold. My doctor sent me for an x-ray and"
    " it was normal. It hurts when I press beside the spine, and in bed."
)
"""Sixty words."""
SHORT, LONG = 4_000, 64_000
RUNS = 500
MORE = 9


def seconds(work: Callable[[], object], *, times: int) -> float:
    """The best of some runs, in processor time."""
    return min(_each(work, times))


def costs(reader: Reader, lexicon: Lexicon) -> dict[str, float]:
    """The figures that docs/reading.md gives."""
    each = sorted(_each(_reading(reader, MESSAGE), RUNS))
    large = with_ten_times_the_phrases(lexicon)
    short, long = (seconds(_reading(reader, of_length(size)), times=8) for size in (SHORT, LONG))
    return {
        "ms, median": each[RUNS // 2] * 1000,
        "ms, 99 of 100": each[RUNS * 99 // 100] * 1000,
        "times as long, 16 times the text": long / short,
        "times as long, ten times the phrases": seconds(_reading(large, MESSAGE), times=RUNS) / each[0],
    }


def of_length(size: int, unit: str = MESSAGE + " ") -> str:
    """A text of so many characters, one message after the other."""
    return (unit * (size // len(unit) + 1))[:size]


def with_ten_times_the_phrases(lexicon: Lexicon) -> Reader:
    """A reader with nine more phrases to each of a finding, built alike of words that no message has."""
    findings: Mapping[str, tuple[str, ...]] = {label: _tenfold(listed) for label, listed in lexicon.findings.items()}
    return build_reader(replace(lexicon, findings=findings))


def _tenfold(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return phrases + tuple([_strange(phrase, number) for phrase in phrases for number in range(MORE)])


def _strange(phrase: str, number: int) -> str:
    words = phrase.replace("{", "").replace("}", "").replace("_", "")
    return re.sub(r"(?<![.\d])[a-z][a-z0-9']*", lambda word: f"{word[0]}q{number}", words)


def _reading(reader: Reader, text: str) -> Callable[[], object]:
    return lambda: reader.read(text, today=TODAY)


def _each(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return taken
