"""What does not change the meaning does not change the findings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.reading.reader import Reader
from scripts.data_file import read_yaml
from tests.reading.conftest import TODAY, findings
from tests.share import my_half

HERE = Path(__file__).parent / "en"
STATEMENTS = [case["text"] for path in sorted(HERE.glob("*.yml")) for case in read_yaml(path) if not case.get("asked")]


def with_small_talk(text: str) -> str:
    return text + (" Thank you so much." if text[-1] in ".!?" else ". Thank you so much.")


CHANGES: dict[str, Callable[[str], str]] = {
    "all capitals": str.upper,
    "no capitals": str.lower,
    "a filler first": lambda text: "um " + text,
    "small talk after": with_small_talk,
    "a greeting before": lambda text: "Hi there, good morning. " + text,
    "double blanks": lambda text: text.replace(" ", "  "),
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "no apostrophes": lambda text: text.replace("'", ""),
    "no final stop": lambda text: text.rstrip(".!"),
    "a stutter": lambda text: text.replace("I ", "I I ", 1),
    "a line break after": lambda text: text + "\n",
}


@pytest.mark.parametrize("change", CHANGES)
def test_findings_do_not_change_with(reader: Reader, change: str) -> None:
    def read(text: str) -> dict[str, Any]:
        return findings(reader.read(text, today=TODAY))

    changed = [text for text in my_half(STATEMENTS) if read(text) != read(CHANGES[change](text))]
    assert changed == []


def test_every_quote_is_cut_from_the_message_itself(reader: Reader) -> None:
    mentions = [(text, mention) for text in STATEMENTS for mention in reader.read(text, today=TODAY).mentions]
    assert len(mentions) > len(STATEMENTS) / 2
    assert [pair for pair in mentions if pair[0][pair[1].start : pair[1].end] != pair[1].text] == []
    assert [pair for pair in mentions if pair[1].text.strip() != pair[1].text or not pair[1].text] == []
