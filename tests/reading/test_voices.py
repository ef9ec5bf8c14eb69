"""Other authors' sentences are read about as well as measured: whoever changes a phrase must not lose what was won.

The floors stand a little under the figures of docs/reading.md; sentences held out count too, by their totals alone.
"""

import pytest

from bot.clinical.vocabulary import Finding
from bot.reading.reader import Reader
from scripts.evaluate import regions, said_in
from scripts.reading_corpora import score, sentences

FLOORS = {
    "second author": (0.98, 0.98, 0),
    "eight voices": (0.97, 0.965, 20),
    "held out": (0.93, 0.95, 4),
    "two voices, held out": (0.965, 0.97, 4),
}
"""For each corpus the least micro F1 of findings, the least F1 of regions, and the most wrong polarities."""


@pytest.mark.parametrize("corpus", FLOORS)
def test_the_voices_of_others_are_read_as_well_as_measured(reader: Reader, corpus: str) -> None:
    wanted = sentences(corpus)
    read = [reader.read(one.text, asked=tuple(Finding(name) for name in one.asked), today=one.today) for one in wanted]
    scored = score(wanted, [said_in(reading) for reading in read])
    findings, places, wrong = FLOORS[corpus]
    assert scored["micro_f1"] >= findings
    assert regions(wanted, read).f1 >= places
    assert scored["wrong_polarity"] <= wrong
