"""Each simulated patient once, over the real chat API: the promises of the whole conversation."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

from scripts.data_file import read_yaml
from tests.simulated.fault import AGAIN, DEAD_END, END, MISSED, REASKED, TALLY, TOO_MANY
from tests.simulated.figures import MOST_MEDIAN, SELDOM, Figures, Judged
from tests.simulated.persona import ENDS, STYLES
from tests.simulated.persona_file import load_personas

LEAST_PERSONAS = 60
PROMISES = {
    "no one is in a dead end": DEAD_END,
    "nothing is asked again after it was answered": AGAIN,
    "nothing is asked more than once more": REASKED,
    "no one is asked more than twelve questions": TOO_MANY,
}
NOT_YET = read_yaml(Path(__file__).parent / "not_yet.yml")
"""With whom it goes wrong so far, by name; the lists may only shrink. `make soak` holds the target itself."""
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


def test_who_should_get_a_result_gets_it_with_exactly_the_truth_but_for_those_listed(figures: Figures) -> None:
    inexact = {_name(one) for one in figures.meant_for_result if one.course.end != "result" or one.has(TALLY)}
    assert inexact - set(NOT_YET["inexact"]) == set(), _told(figures.meant_for_result, END, TALLY)


def test_no_alarm_is_missed_but_for_those_listed(figures: Figures) -> None:
    missed = {_name(one) for one in figures.judged if one.has(MISSED)}
    assert missed - set(NOT_YET["missed"]) == set(), _told(figures.judged, MISSED)


def test_those_listed_are_few_and_exist() -> None:
    names = {persona.name for persona in load_personas()}
    assert set(NOT_YET["inexact"]) | set(NOT_YET["missed"]) <= names
    assert len(NOT_YET["inexact"]) <= 4
    assert len(NOT_YET["missed"]) <= 1


def test_half_of_the_people_need_six_questions_at_most(figures: Figures) -> None:
    assert median(figures.questions) <= MOST_MEDIAN


@pytest.mark.parametrize(("kind", "most"), SELDOM.items(), ids=[kind.replace(" ", "_") for kind in SELDOM])
def test_hardly_any_question_or_remark_of_a_patient_is_lost(figures: Figures, kind: str, most: float) -> None:
    assert figures.counts()[kind] <= most * len(figures.judged), _told(figures.judged, kind)


def _name(judged: Judged) -> str:
    return judged.course.persona.name


def _told(judged: Sequence[Judged], *kinds: str) -> list[str]:
    return [f"{one.course.persona.name}: {fault.what}" for one in judged for fault in one.faults if fault.kind in kinds]
