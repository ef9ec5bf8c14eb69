"""The English reader, built once for the whole run."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.clinical.reading import Reading, findings_of
from bot.clinical.vocabulary import Finding
from bot.knowledge.languages import load_language_signs
from bot.knowledge.lexicon import Lexicon, load_lexicon
from bot.knowledge.place import load_age_of_majority
from bot.knowledge.shelf import HERE
from bot.reading.reader import Reader, build_reader

TODAY = date(2026, 11, 22)
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The English lexicon."""
    return load_lexicon(HERE / "en")


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    """The English reader."""
    signs = load_language_signs(HERE, language="en")
    return build_reader(lexicon, signs=signs, age_of_majority=load_age_of_majority(HERE, region="ca-bc"))


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Reads one message on a Sunday."""

    def _read(text: str, *asked: Finding, today: date = TODAY) -> Reading:
        return reader.read(text, asked=asked, today=today)

    return _read


def findings(reading: Reading) -> dict[str, Any]:
    """What a reading says of the patient, by plain names."""
    return {finding.value: presence.value for finding, presence in findings_of(reading.mentions).items()}
