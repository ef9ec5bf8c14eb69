"""Which language a message is written in: known by script and function words, and never guessed from a name."""

from pathlib import Path
from typing import Any

import pytest

from bot.reading.reader import Reader
from scripts.data_file import read_yaml
from tests.reading.conftest import Read

TESTS = Path(__file__).parents[1]
CASES = read_yaml(Path(__file__).parent / "languages.yml")
CORPORA = sorted((TESTS / "reading" / "en").rglob("*.yml")) + sorted((TESTS / "nlu").glob("*.yml"))
AT_MOST = 1
"""English messages of all corpora that may be taken for another language."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_language_is_known_by_script_or_several_words(read: Read, case: dict[str, str | None]) -> None:
    assert read(case["text"]).language == case["language"]


def test_english_messages_of_all_writers_stay_english(reader: Reader) -> None:
    texts = {text for file in CORPORA for text in _texts(read_yaml(file))}
    assert len(texts) > 5_000
    taken = [text for text in texts if reader.parts.languages.language_of(text)]
    assert len(taken) <= AT_MOST, taken


@pytest.mark.parametrize("text", ["non", "nein", "no puedo", "no, ninguna de esas", "nic takiego, no", "no hubo nada"])
def test_words_that_are_no_english_are_marked_in_a_denial(read: Read, text: str) -> None:
    reading = read(text)
    assert reading.answer is None or reading.unfamiliar


@pytest.mark.parametrize("text", ["no", "nope, none of those", "no thank God", "nothing like that, no", "nah I'm good"])
def test_a_plain_english_no_holds_no_such_word(read: Read, text: str) -> None:
    assert read(text).unfamiliar == ()


def _texts(found: Any) -> list[str]:
    if isinstance(found, dict):
        named = [found["text"]] if isinstance(found.get("text"), str) else []
        return named + [text for value in found.values() for text in _texts(value)]
    if isinstance(found, list):
        return [text for value in found for text in ([value] if isinstance(value, str) else _texts(value))]
    return []
