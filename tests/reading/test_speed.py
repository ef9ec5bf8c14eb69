"""Reading costs what the message costs: next to nothing for more phrases, and in proportion to its length."""

import pytest

from bot.knowledge.lexicon import Lexicon
from bot.reading.reader import Reader
from scripts.reading_costs import LONG, MESSAGE, SHORT, of_length, seconds, with_ten_times_the_phrases
from tests.reading.conftest import TODAY

GENEROUS = 1.6
"""The aim is 1.3 times the time for ten times the phrases (docs/reading.md); a busy machine gets this much."""
LONGEST = 24.0
"""Sixteen times the text takes sixteen times as long; a busy machine gets this much."""


@pytest.mark.alone
def test_ten_times_the_phrases_take_hardly_longer(reader: Reader, lexicon: Lexicon) -> None:
    large = with_ten_times_the_phrases(lexicon)
    assert large.read(MESSAGE, today=TODAY) == reader.read(MESSAGE, today=TODAY)
    few = seconds(lambda: reader.read(MESSAGE, today=TODAY), times=60)
    assert seconds(lambda: large.read(MESSAGE, today=TODAY), times=60) <= GENEROUS * few


@pytest.mark.alone
@pytest.mark.parametrize("unit", [MESSAGE + " ", MESSAGE.replace(".", "").replace(",", "") + " "])
def test_sixteen_times_the_text_takes_sixteen_times_as_long(reader: Reader, unit: str) -> None:
    short, long = of_length(SHORT, unit), of_length(LONG, unit)
    once = seconds(lambda: reader.read(short, today=TODAY), times=8)
    assert seconds(lambda: reader.read(long, today=TODAY), times=3) <= LONGEST * once
