"""The Rasa project is complete: every intent has examples, a rule, a story and a way to an answer."""

from collections import Counter
from typing import Any

import pytest

from bot.knowledge import load_protocol
from scripts.data_file import read_yaml
from tests.rasa_host.conftest import ROOT

FAQ_NAMES = """
what_is_ims ims_vs_acupuncture how_it_works does_it_hurt why_scans_look_normal what_is_neuropathic_pain what_it_treats
first_visit how_many_sessions side_effects aftercare who_should_not pregnancy blood_thinners needle_fear needles
does_it_work who_performs referral cost_insurance bring_scans what_to_wear activity_after hours_location privacy
are_you_human children learn_more change_appointment
"""
FAQ = FAQ_NAMES.split()
DIALOGUE = """
greet goodbye thank affirm deny unsure inform describe_symptom book_exam talk_to_person go_back start_over why_asking
show_summary delete_my_data what_do_you_know stop_messages repeat complain nonsense out_of_scope
"""
INTENTS = {*(f"faq_{name}" for name in FAQ), *DIALOGUE.split()}
ACTION = "action_screening_turn"


def read(name: str) -> Any:
    return read_yaml(ROOT / name)


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str, str]]:
    """Intent, author and text of every example."""
    entries = read("data/nlu.yml")["nlu"]
    return [
        (one["intent"], one["metadata"]["author"], line.removeprefix("- "))
        for one in entries
        for line in one["examples"].splitlines()
    ]


def test_the_contract_has_fifty_intents() -> None:
    assert len(INTENTS) == 50


def test_the_domain_holds_the_intents_of_the_contract_and_the_fallback() -> None:
    assert set(read("domain.yml")["intents"]) == {*INTENTS, "nlu_fallback"}


def test_every_intent_has_enough_examples_from_several_writers(examples: list[tuple[str, str, str]]) -> None:
    counts = Counter(intent for intent, _, _ in examples)
    assert set(counts) == INTENTS
    assert all(count >= 60 for count in counts.values())
    assert all(len({author for one, author, _ in examples if one == intent}) >= 6 for intent in INTENTS)


def test_no_example_teaches_two_intents_or_comes_twice(examples: list[tuple[str, str, str]]) -> None:
    repeated = [text for text, count in Counter(text.lower() for _, _, text in examples).items() if count > 1]
    assert repeated == []


def test_what_measures_is_not_what_was_learned(examples: list[tuple[str, str, str]]) -> None:
    learned = {text.lower() for _, author, text in examples if len(text.split()) > 3}
    held_out = {
        line[2:].lower()
        for voice in ("dov", "ira", "kit")
        for one in read(f"tests/nlu/heldout_{voice}.yml")["nlu"]
        for line in one["examples"].splitlines()
    }
    measured = held_out | {one["text"].lower() for one in read("tests/nlu/strangers.yml")}
    assert measured & learned == set()


@pytest.mark.parametrize("intent", sorted({*INTENTS, "nlu_fallback"}))
def test_every_intent_reaches_the_action(intent: str) -> None:
    rules = [rule["steps"] for rule in read("data/rules.yml")["rules"]]
    assert [{"intent": intent}, {"action": ACTION}] in rules


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_every_intent_has_a_story(intent: str) -> None:
    stories = read("tests/stories/test_stories.yml")["stories"]
    assert any(step.get("intent") == intent for story in stories for step in story["steps"])


@pytest.mark.parametrize("name", FAQ)
def test_every_question_has_an_answer(name: str) -> None:
    faq = load_protocol().faq
    assert faq.get(f"faq/{name}") or faq.get(name)


def test_no_component_needs_tensorflow() -> None:
    names = {step["name"].split(".")[-1] for step in read("config.yml")["pipeline"] + read("config.yml")["policies"]}
    assert not names & {
        "DIETClassifier",
        "ResponseSelector",
        "LanguageModelFeaturizer",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
    }
