"""What may not have been meant, and what contradicts an earlier message: asked about, named, and settled."""

from dataclasses import replace

import pytest

from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reading import RedFlag
from bot.clinical.view import view
from bot.clinical.vocabulary import Answer, Disposition, Imaging, Level
from tests.clinical.patient import BACK, Patient, answer_routinely, mention, red_flag


@pytest.fixture
def patient(facts: Facts, protocol: Protocol) -> Patient:
    return Patient(facts, protocol)


def _doubt(name: str, level: str) -> RedFlag:
    return replace(red_flag(name, level, ask=True, onset="unclear"), unclear_words=True)


def test_words_that_may_not_be_meant_are_asked_about_with_a_question_of_their_own(patient: Patient) -> None:
    patient.says("seeing double from these forms", *BACK, flags=(_doubt("stroke", "emergency"),))
    assert patient.asked == "clarify.stroke"
    assert "the words" in patient.replies[-1].text
    assert "not_meant" in [choice.id for choice in patient.replies[-1].choices]
    patient.taps("not_meant")
    answer_routinely(patient)
    assert patient.encounter.disposition is Disposition.PHYSIO_EXAM
    assert patient.encounter.flags[0].note == "clarified: not_meant"


def test_what_was_not_meant_withholds_no_word_about_scans(patient: Patient) -> None:
    patient.says("my back, seeing double, joke", *BACK, imaging=Imaging.NORMAL, flags=(_doubt("stroke", "emergency"),))
    patient.taps("not_meant")
    answer_routinely(patient)
    assert any("MRI" in reply.text for reply in patient.replies)


def test_what_was_meant_after_all_has_its_level_at_once(patient: Patient) -> None:
    patient.says("bleeding a bit", *BACK, flags=(_doubt("pregnancy", "emergency"),))
    patient.taps("worse")
    assert patient.encounter.disposition is Disposition.EMERGENCY


@pytest.mark.parametrize(
    ("answer", "level"), [("worse", Level.CRISIS), ("unsure", Level.CRISIS), ("not_meant", Level.NONE)]
)
def test_a_doubtful_wish_to_die_is_asked_about_with_the_crisis_line(
    patient: Patient, answer: str, level: Level
) -> None:
    patient.says("what is the point of it all", *BACK, flags=(_doubt("self_harm", "crisis"),))
    assert patient.asked == "clarify.self_harm"
    assert patient.protocol.region.crisis_line in patient.replies[-1].text
    patient.taps(answer)
    assert patient.encounter.flags[0].level is level


def test_a_long_standing_wish_to_die_is_never_asked_about_but_counts(patient: Patient) -> None:
    patient.says("for years I want to die", *BACK, flags=(red_flag("self_harm", "crisis", ask=True, onset="unclear"),))
    assert patient.encounter.disposition is Disposition.CRISIS


@pytest.mark.parametrize("words", ["no, I meant the forms, just kidding", "no", "figure of speech"])
def test_a_typed_answer_may_say_that_something_else_was_meant(patient: Patient, words: str) -> None:
    patient.says("seeing double from these forms", *BACK, flags=(_doubt("stroke", "emergency"),))
    patient.says(words, answer=Answer.NO if words == "no" else None)
    assert patient.encounter.flags[0].level is Level.NONE
    assert not patient.encounter.flags[0].ask


def test_a_doubt_that_comes_after_its_list_was_answered_is_asked_about(patient: Patient) -> None:
    patient.says("my back aches", *BACK)
    patient.taps("none")
    patient.says("my seat feels odd", flags=(_doubt("cauda_equina", "emergency"),))
    patient.taps("none")
    assert patient.asked == "clarify.cauda_equina"
    patient.taps("worse")
    assert patient.encounter.disposition is Disposition.EMERGENCY


def test_a_doubt_that_a_list_asks_about_costs_no_question_of_its_own(patient: Patient) -> None:
    patient.says("my seat feels odd", *BACK, flags=(_doubt("cauda_equina", "emergency"),))
    assert patient.asked == "safety.cauda_equina"
    answer_routinely(patient)
    assert patient.encounter.disposition is Disposition.PHYSIO_EXAM
    assert patient.encounter.flags[0].note == "cleared by the list: not_meant"
    assert not any("clarify" in id for id in patient.encounter.asked)


def test_a_doubt_that_a_list_confirms_has_its_level_at_once(patient: Patient) -> None:
    patient.says("my seat feels odd", *BACK, flags=(_doubt("cauda_equina", "emergency"),))
    patient.taps("saddle_numb")
    assert patient.encounter.disposition is Disposition.EMERGENCY


def test_a_contradiction_is_named_and_asked_about(patient: Patient) -> None:
    patient.says("my back, no numbness", *BACK, mention("altered_sensation", "no numbness", presence="absent"))
    patient.says("well, my foot is numb", mention("altered_sensation", "my foot is numb", regions=("ankle_foot",)))
    said = patient.replies[-1].text
    assert "First you said no to numbness or tingling" in said
    assert "“my foot is numb”" in said
    assert view(patient.encounter)["findings"]["altered_sensation"]["contradicted"] is True


def test_what_is_taken_back_is_named_too(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.says("no tight muscles really", mention("muscle_spasm", "no tight muscles", presence="absent"))
    assert "First you told me of tight or cramping muscles" in patient.replies[-1].text
