"""Whatever a patient asks for, wherever they are asked something: it is answered, and the question comes back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.wishes import TAPS
from bot.knowledge import load_protocol
from bot.knowledge.answers import TOPICS
from tests.clinical.patient import Patient, mention
from tests.clinical.states import NAMELESS, PHONE, STATES

WORDED = {
    "go_back": "go back please",
    "start_over": "can we start over",
    "repeat": "can you repeat that?",
    "why_asking": "why do you need to know?",
    "show_summary": "give me a summary so far",
    "talk_to_person": "I want to talk to a person",
    "what_do_you_know": "what data do you hold about me?",
    "delete_my_data": "delete my data",
    "stop_messages": "please stop",
    "complain": "this is useless",
    "out_of_scope": "tell me a joke",
    "greet": "hello",
    "thank": "thank you",
    "goodbye": "bye",
}
CONFIRMED = {"start_over": "confirm.start_over", "stop_messages": "confirm.stop", "delete_my_data": "confirm.erase"}
MOVES_ON = ("go_back", "change", "book_exam", "talk_to_person")
"""What leads somewhere else: to another question, or to the booking."""


@pytest.fixture(scope="module")
def facts() -> Facts:
    clinic = Clinic("Demonstration clinic", "604-555-0100", address="1 Main Street", hours="9 to 5", website="our page")
    return Facts(now=datetime(2026, 11, 22, 9, tzinfo=timezone.utc), clinic=clinic)


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


@pytest.fixture
def patient(state: str, facts: Facts, protocol: Protocol) -> Patient:
    patient = Patient(facts, protocol)
    STATES[state](patient)
    assert patient.asked == state
    return patient


def is_back(patient: Patient, state: str) -> bool:
    """The question waits, and the last reply puts it."""
    assert patient.turn is not None
    return patient.asked == state and patient.turn.replies[-1].question == state


def alike(patient: Patient, names: Iterable[str]) -> Iterator[tuple[str, Patient]]:
    """Each name with a patient of its own, who has come as far as this one."""
    for name in names:
        yield name, replace(patient, replies=list(patient.replies))


@pytest.mark.parametrize("state", STATES)
def test_a_question_about_the_clinic_is_answered_and_the_question_comes_back(state: str, patient: Patient) -> None:
    for topic, one in alike(patient, TOPICS):
        one.taps(f"faq.{topic}")
        assert one.turn is not None
        said = one.turn.replies[0].text
        allowed = {one.voice.faq(topic), one.voice.faq_unknown(topic), one.voice.say("faq.withheld")}
        assert said in allowed or state == "urgent.contact", topic
        assert is_back(one, state), topic


@pytest.mark.parametrize("state", [state for state in STATES if not state.startswith("urgent")])
def test_a_typed_question_about_the_clinic_is_answered_and_the_question_comes_back(
    state: str, patient: Patient
) -> None:
    for topic, one in alike(patient, TOPICS):
        one.says("what about that, please?", intents=(f"faq/{topic}",))
        assert one.turn is not None
        allowed = {one.voice.faq(topic), one.voice.faq_unknown(topic), one.voice.say("faq.withheld")}
        assert one.turn.replies[0].text in allowed, topic
        assert is_back(one, state), topic


@pytest.mark.parametrize("state", STATES)
def test_a_control_is_answered_and_the_question_comes_back(state: str, patient: Patient) -> None:
    for tap, one in alike(patient, [tap for tap in TAPS if tap not in MOVES_ON]):
        one.taps(f"control.{tap}")
        if tap in CONFIRMED and state != "urgent.contact":
            assert one.asked == CONFIRMED[tap], tap
            one.taps("no")
        assert is_back(one, state), tap


@pytest.mark.parametrize("state", [state for state in STATES if not state.startswith("urgent")])
def test_a_typed_wish_is_answered_and_the_question_comes_back(state: str, patient: Patient) -> None:
    for wish, one in alike(patient, [wish for wish in WORDED if wish not in MOVES_ON]):
        one.says(WORDED[wish], intents=(wish,))
        if wish in CONFIRMED:
            assert one.asked == CONFIRMED[wish], wish
            one.taps("no")
        assert is_back(one, state), wish


@pytest.mark.parametrize("state", [state for state in STATES if not state.startswith("urgent")])
def test_a_confirmation_that_is_not_answered_gives_way_to_what_is_said(state: str, patient: Patient) -> None:
    patient.taps("control.start_over")
    patient.says("does it hurt?", intents=("faq/does_it_hurt",))
    assert is_back(patient, state)


@pytest.mark.parametrize("state", [state for state in STATES if not state.startswith("urgent")])
def test_changing_nothing_brings_the_question_back(state: str, patient: Patient) -> None:
    if not patient.encounter.given:
        patient.taps("control.change")
    else:
        patient.taps("control.change")
        assert patient.asked == "change"
        patient.taps("keep")
    assert is_back(patient, state)


@pytest.mark.parametrize("state", [state for state in STATES if not state.startswith("urgent")])
def test_going_back_puts_the_last_answer_again_and_then_goes_on(state: str, patient: Patient) -> None:
    given = patient.encounter.given
    patient.taps("control.go_back")
    assert is_back(patient, given[-1].question if given else state)
    if not given:
        return
    if given[-1].question == "booking.contact":
        patient.says("604 555 0182", contact=PHONE if state != "booking.name" else NAMELESS, intents=("inform",))
    elif given[-1].words:
        patient.says(given[-1].words, mention("tenderness", given[-1].words))
    else:
        patient.taps(*given[-1].chosen)
    assert patient.asked == state


@pytest.mark.parametrize("state", [state for state in STATES if state.startswith("urgent")])
def test_nothing_brings_the_form_back_after_an_emergency(state: str, patient: Patient) -> None:
    for tap in TAPS:
        patient.taps(f"control.{tap}")
        assert patient.encounter.complete
        assert is_back(patient, state)
