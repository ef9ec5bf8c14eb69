"""Each simulated patient once, over the real chat API: the promises of the whole conversation."""

from collections.abc import Sequence
from statistics import median

import pytest

from tests.simulated.fault import AGAIN, DEAD_END, END, MISSED, REASKED, TALLY, TOO_MANY
from tests.simulated.figures import LEAST_EXACT, MOST_MEDIAN, SELDOM, Figures, Judged
from tests.simulated.persona import ENDS, STYLES
from tests.simulated.persona_file import load_personas

LEAST_PERSONAS = 60
PROMISES = {
    "no one is in a dead end": DEAD_END,
    "nothing is asked again after it was answered": AGAIN,
    "nothing is asked more than once more": REASKED,
    "no one is asked more than twelve questions": TOO_MANY,
    "no alarm is missed": MISSED,
}
pytestmark = pytest.mark.timeout(240)


def test_there_are_enough_people_of_every_style_and_end() -> None:
    personas = load_personas()
    assert len(personas) >= LEAST_PERSONAS
    assert {style for persona in personas for style in persona.style} == set(STYLES)
    assert {persona.ends for persona in personas} == set(ENDS)


@pytest.mark.parametrize("kind", PROMISES.values(), ids=PROMISES)
def test_promise(figures: Figures, kind: str) -> None:
    assert _told(figures.judged, kind) == []


def test_emergencies_drop_outs_and_who_wants_a_person_end_as_their_file_says(figures: Figures) -> None:
    assert _told(figures.strays(), END) == []


def test_nearly_all_who_should_get_a_result_get_it_with_exactly_the_truth(figures: Figures) -> None:
    assert figures.exact >= LEAST_EXACT, _told(figures.meant_for_result, END, TALLY)


def test_half_of_the_people_need_six_questions_at_most(figures: Figures) -> None:
    assert median(figures.questions) <= MOST_MEDIAN


@pytest.mark.parametrize(("kind", "most"), SELDOM.items(), ids=[kind.replace(" ", "_") for kind in SELDOM])
def test_hardly_any_question_or_remark_of_a_patient_is_lost(figures: Figures, kind: str, most: float) -> None:
    assert figures.counts()[kind] <= most * len(figures.judged), _told(figures.judged, kind)


def _told(judged: Sequence[Judged], *kinds: str) -> list[str]:
    return [f"{one.course.persona.name}: {fault.what}" for one in judged for fault in one.faults if fault.kind in kinds]
