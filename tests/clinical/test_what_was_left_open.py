"""What a typed answer to the list of findings does not speak of is asked about once, by ticks; a tick tells all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.clinical.event import Facts
from bot.clinical.plan import LIST, REST
from bot.clinical.protocol import Protocol
from bot.clinical.reply import contract
from bot.clinical.view import view
from bot.clinical.vocabulary import Finding
from tests.clinical.patient import BACK, Patient, answer_routinely, mention

SORE = mention("tenderness", "sore when I press it")
NO_SWEAT = mention("sweating_change", "no sweat", presence="absent")
LEFT = (Finding.SWEATING_CHANGE, Finding.ALTERED_SENSATION)


@pytest.fixture
def at_the_list(facts: Facts, protocol: Protocol) -> Patient:
    """A patient with a back who is asked for tenderness, sweating and sensation."""
    patient = Patient(facts, protocol)
    patient.says("my back", *BACK)
    for _ in range(4):
        if patient.asked != LIST:
            patient.taps("me_19_49" if patient.asked == "who" else "none")
    assert patient.asked == LIST
    return patient


def test_what_a_typed_answer_leaves_open_is_asked_about_once(at_the_list: Patient) -> None:
    at_the_list.says("sore when I press it", SORE)
    assert at_the_list.asked == REST
    assert at_the_list.last.asks == LEFT
    at_the_list.taps("altered_sensation")
    found = view(at_the_list.encounter)["findings"]
    assert [found[one.value]["presence"] for one in LEFT] == ["absent", "present"]
    assert at_the_list.asked == "background"


def test_the_rest_is_not_asked_about_a_second_time(at_the_list: Patient) -> None:
    at_the_list.says("sore when I press it", SORE)
    at_the_list.says("no sweat", NO_SWEAT)
    assert at_the_list.asked == "background"
    answer_routinely(at_the_list)
    assert view(at_the_list.encounter)["findings"]["altered_sensation"]["presence"] == "unknown"


@pytest.mark.parametrize(
    "answer",
    [
        lambda patient: patient.taps("tenderness"),
        lambda patient: patient.taps("none"),
        lambda patient: patient.says("sore to press, the rest no", SORE),
        lambda patient: patient.says("skip"),
    ],
    ids=["ticks", "none", "the rest no", "skip"],
)
def test_an_answer_that_tells_all_or_passes_the_list_leaves_nothing_open(
    at_the_list: Patient, answer: Callable[[Patient], object]
) -> None:
    answer(at_the_list)
    assert at_the_list.asked == "background"


def test_what_the_patient_does_not_know_is_not_asked_about_again(at_the_list: Patient) -> None:
    not_known = mention("sweating_change", "can't tell about sweat", presence="unknown")
    at_the_list.says("sore when I press it, can't tell about sweat", SORE, not_known)
    assert at_the_list.last.asks == (Finding.ALTERED_SENSATION,)
    assert contract(at_the_list.last)["asks"] == ["altered_sensation"]


def test_it_takes_no_place_from_the_last_question(at_the_list: Patient) -> None:
    at_the_list.says("sore when I press it", SORE)
    answer_routinely(at_the_list)
    assert at_the_list.encounter.asked[-2:] == (REST, "background")


def test_going_back_puts_the_rest_again_with_its_lines(at_the_list: Patient) -> None:
    at_the_list.says("sore when I press it", SORE)
    at_the_list.taps("none")
    at_the_list.taps("control.go_back")
    assert at_the_list.asked == REST
    assert at_the_list.last.asks == LEFT
    at_the_list.taps("sweating_change")
    assert view(at_the_list.encounter)["findings"]["sweating_change"]["presence"] == "present"


def test_what_an_answer_makes_worth_asking_is_asked(facts: Facts, protocol: Protocol) -> None:
    patient = Patient(facts, protocol)
    patient.says("my knee hurts", mention("pain", "my knee hurts", regions=("knee",)))
    for _ in range(4):
        if patient.asked != LIST:
            patient.taps("me_19_49" if patient.asked == "who" else "none")
    assert Finding.SWELLING not in patient.last.asks
    sore_back = mention("tenderness", "sore when I press my low back", regions=("lower_back",))
    rest = [mention(one.value, "no", presence="absent") for one in patient.last.asks if one.value != "tenderness"]
    patient.says("sore when I press my low back, the rest no", sore_back, *rest)
    while patient.asked and patient.asked.startswith("safety"):
        patient.taps("none")
    assert patient.asked == REST
    assert patient.last.asks == (Finding.SWELLING,)


def test_a_denied_touch_takes_back_no_pain_though_a_comma_stands_before_it(at_the_list: Patient) -> None:
    said = "index finger, and pressing it doesn't hurt"
    touch = mention("tenderness", said, presence="absent")
    at_the_list.says(said, touch, mention("pain", said, presence="absent"))
    assert view(at_the_list.encounter)["findings"]["pain"]["presence"] == "present"
    assert view(at_the_list.encounter)["findings"]["tenderness"]["presence"] == "absent"


def test_what_is_typed_into_the_box_when_it_is_put_again_is_kept_whatever_it_may_mean(at_the_list: Patient) -> None:
    at_the_list.taps("tenderness")
    waiting = at_the_list.encounter.open_question
    assert waiting is not None
    assert waiting.id == "background"
    at_the_list.says("do no exam, only cream?", intents=("out_of_scope",))
    assert at_the_list.asked == "background"
    at_the_list.encounter = replace(at_the_list.encounter, open_question=replace(waiting, times=2))
    at_the_list.says("do no exam, only cream?", intents=("out_of_scope",))
    assert at_the_list.encounter.background == ("do no exam, only cream?",)
    assert at_the_list.encounter.complete
