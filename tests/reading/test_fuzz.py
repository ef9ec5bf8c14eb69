"""Any text at all is read, in a time that grows with its length alone."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clinical.vocabulary import Finding
from bot.reading.reader import Reader
from tests.reading.conftest import TODAY

SCRAPS = (
    "no not pain my the left foot numb, but when i press it hurts. gone? since 3 weeks mri don't \ud800 \x00 ( ' ... "
    "swelling none x-ray 604-555-0123 a@b.ca 10/10 n't was she my mother's back and or without 😀 \n"
)
WORDS = st.sampled_from(SCRAPS.split(" "))
TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))
ASKED = st.lists(st.sampled_from(Finding), max_size=3, unique=True).map(tuple)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, asked=ASKED)
def test_no_text_raises_and_every_quote_is_exact(reader: Reader, text: str, asked: tuple[Finding, ...]) -> None:
    reading = reader.read(text, asked=asked, today=TODAY)
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
    assert reading.severity is None or 0 <= reading.severity <= 10
    assert reading.duration_days is None or reading.duration_days >= 0


LONG = {
    "sentences": "My back has hurt for two weeks, there is no swelling, and my foot is numb. ",
    "no punctuation": "and it hurts when i press on my knee ",
    "denials": "no pain ",
    "conditions": "when i press ",
    "signs": "!",
    "letters and signs": "a!",
    "one word": "a",
    "numbers": "12 weeks ",
    "brackets": "(((",
    "scans": "mri normal ",
}


@pytest.mark.alone
@pytest.mark.parametrize("name", LONG)
def test_sixteen_times_the_text_takes_no_more_than_thirty_times_as_long(reader: Reader, name: str) -> None:
    def seconds(length: int) -> float:
        text = (LONG[name] * (length // len(LONG[name]) + 1))[:length]
        best = float("inf")
        for _ in range(3):
            before = time.process_time()
            reader.read(text, today=TODAY)
            best = min(best, time.process_time() - before)
        return best

    assert seconds(32_000) <= 30 * max(seconds(2_000), 0.001)
