"""Questions about the conversation itself, and about what comes after a visit, cost a screening nothing."""

import pytest

from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from tests.clinical.patient import BACK, Patient, mention


@pytest.fixture
def patient(facts: Facts, protocol: Protocol) -> Patient:
    return Patient(facts, protocol)


def test_who_asks_how_many_questions_are_left_is_told_and_loses_nothing(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.taps("none")
    patient.says("how many more of these", intents=("faq/how_many_sessions",))
    assert "This is question 2 of about 5." in patient.replies[-2].text
    assert patient.asked == "safety.second"


def test_what_is_allowed_after_the_needles_is_asked_ahead_by_who_is_being_screened(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.says("can I run the same day after the needles?", intents=("faq/activity_after",))
    assert not patient.encounter.known_patient
    patient.says("since the needles my arm is numb", mention("altered_sensation", "my arm is numb"))
    assert patient.encounter.known_patient


@pytest.mark.parametrize("said", ["I have to go back to work soon", "when can I get back to running"])
def test_going_back_to_work_is_no_wish_to_go_back_a_question(patient: Patient, said: str) -> None:
    patient.says("my back", *BACK)
    patient.taps("none")
    patient.says(said, intents=("go_back",))
    assert patient.asked == "safety.second"


def test_a_question_at_where_is_no_place_though_muscles_were_named(patient: Patient) -> None:
    patient.says(
        "my muscles feel like cable", mention("muscle_spasm", "muscles like cable", regions=("muscles_general",))
    )
    assert patient.asked == "where"
    patient.says("who reads what I write?", intents=("faq/privacy",))
    assert patient.asked == "where"
