"""Each simulated patient once, over the real chat API: the promises of the whole conversation."""

from statistics import median

import pytest

from tests.simulated.fault import AGAIN, DEAD_END, END, LOST, MISSED, REASKED, TALLY, TOO_MANY, UNANSWERED
from tests.simulated.figures import LEAST_EXACT, MOST_MEDIAN, Figures
from tests.simulated.persona import ENDS, STYLES
from tests.simulated.persona_file import load_personas

LEAST_PERSONAS = 60
PROMISES = {
    "everyone ends as their file says": END,
    "no one is in a dead end": DEAD_END,
    "nothing is asked again after it was answered": AGAIN,
    "nothing is asked more than once more": REASKED,
    "no one is asked more than twelve questions": TOO_MANY,
    "no alarm is missed": MISSED,
    "every question of a patient is answered": UNANSWERED,
    "the question comes back after something else was said": LOST,
}


def test_there_are_enough_people_of_every_style_and_end() -> None:
    personas = load_personas()
    assert len(personas) >= LEAST_PERSONAS
    assert {style for persona in personas for style in persona.style} == set(STYLES)
    assert {persona.ends for persona in personas} == set(ENDS)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", PROMISES.values(), ids=PROMISES)
def test_promise(figures: Figures, kind: str) -> None:
    assert _told(figures, kind) == []


@pytest.mark.timeout(240)
def test_nearly_all_results_have_exactly_the_truth(figures: Figures) -> None:
    assert figures.with_result
    assert figures.exact >= LEAST_EXACT, _told(figures, TALLY)


@pytest.mark.timeout(240)
def test_half_of_the_people_need_six_questions_at_most(figures: Figures) -> None:
    assert median(figures.questions) <= MOST_MEDIAN


def _told(figures: Figures, kind: str) -> list[str]:
    return [
        f"{one.course.persona.name}: {fault.what}"
        for one in figures.judged
        for fault in one.faults
        if fault.kind == kind
    ]
