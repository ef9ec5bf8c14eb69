"""A turn costs the same however long the conversation has become."""

import statistics
import time
from collections.abc import Callable

import pytest

from tests.end_to_end.pair import Pair, Patient

LONG, SHORT = 1000, 10
PAIRS = 80
MOST = 1.2
SAID = (
    {"text": "does it hurt?"},
    {"choice": "control.show_summary"},
    {"text": "my back still burns and my left foot tingles"},
    {"choice": "faq.does_it_work"},
    {"text": "hang on, the dog wants out"},
    {"choice": "control.change"},
    {"choice": "keep"},
)


def _turn(patient: Patient, at: int) -> float:
    begun = time.perf_counter()
    patient.post({"id": f"turn-{at}", **SAID[at % len(SAID)]})
    return time.perf_counter() - begun


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.alone
def test_the_thousandth_turn_costs_what_the_tenth_costs(pair: Pair, meet: Callable[[Pair], Patient]) -> None:
    long_one = meet(pair)
    for at in range(LONG):
        _turn(long_one, at)
    late, early = [], []
    for at in range(PAIRS):
        if at % SHORT == 0:
            short_one = meet(pair)
            for first in range(SHORT):
                _turn(short_one, first)
        late.append(_turn(long_one, LONG + at))
        early.append(_turn(short_one, SHORT + at))
    ratio = statistics.median(late) / statistics.median(early)
    assert ratio <= MOST, f"turn {LONG} costs {ratio:.2f} times turn {SHORT}"
