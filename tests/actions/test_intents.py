"""Which intents a message is said to express."""

from typing import Any

import pytest

from actions.intents import said_intents

FELL_BELOW = ("nlu_fallback", 0.15)


def parsed(text: str, whole: tuple[str, float], *parts: tuple[str, str, float]) -> dict[str, Any]:
    """What rasa makes of a message: the whole and its parts, each with an intent and a confidence."""
    ranking = [{"name": whole[0], "confidence": whole[1]}, {"name": "thank", "confidence": 0.12}]
    listed = [{"text": words, "name": name, "confidence": confidence} for words, name, confidence in parts]
    return {"text": text, "intent": ranking[0], "intent_ranking": ranking, "parts": listed}


def names(message: dict[str, Any]) -> list[str]:
    return [intent.name for intent in said_intents(message)]


CASES = [
    ("one intent", parsed("is it sore", ("faq_does_it_hurt", 0.9)), ["faq/does_it_hurt"]),
    (
        "a complaint and a question, each clear by itself",
        parsed(
            "My hip aches. What does it cost?",
            ("faq_cost_insurance", 0.5),
            ("My hip aches.", "describe_symptom", 0.8),
            ("What does it cost?", "faq_cost_insurance", 0.9),
        ),
        ["faq/cost_insurance", "describe_symptom"],
    ),
    (
        "a part that is not clear by itself",
        parsed(
            "My hip aches. And so on.",
            ("describe_symptom", 0.8),
            ("My hip aches.", "describe_symptom", 0.8),
            ("And so on.", "goodbye", 0.3),
        ),
        ["describe_symptom"],
    ),
    (
        "a greeting before something else",
        parsed(
            "Good morning. I want to book.",
            ("greet", 0.6),
            ("Good morning.", "greet", 0.9),
            ("I want to book.", "book_exam", 0.9),
        ),
        ["book_exam"],
    ),
    (
        "a greeting after something else",
        parsed(
            "I want to book. Hello there.",
            ("book_exam", 0.6),
            ("I want to book.", "book_exam", 0.9),
            ("Hello there.", "greet", 0.9),
        ),
        ["book_exam"],
    ),
    (
        "a single word counts only when it leaves no doubt",
        parsed(
            "no. how much", ("faq_cost_insurance", 0.6), ("no.", "deny", 0.7), ("how much", "faq_cost_insurance", 0.7)
        ),
        ["faq/cost_insurance"],
    ),
    (
        "a single word that leaves no doubt",
        parsed(
            "no. how much", ("faq_cost_insurance", 0.6), ("no.", "deny", 0.9), ("how much", "faq_cost_insurance", 0.7)
        ),
        ["faq/cost_insurance", "deny"],
    ),
    (
        "a part that says nothing by itself",
        parsed(
            "I fear needles. What can you do?",
            ("faq_needle_fear", 0.9),
            ("I fear needles.", "faq_needle_fear", 0.9),
            ("What can you do?", "out_of_scope", 0.8),
        ),
        ["faq/needle_fear"],
    ),
    ("below the threshold", parsed("the moon is far", FELL_BELOW), ["out_of_scope"]),
    (
        "below the threshold as a whole, with one clear part",
        parsed("so anyway. call me", FELL_BELOW, ("so anyway.", "thank", 0.2), ("call me", "talk_to_person", 0.9)),
        ["talk_to_person"],
    ),
    (
        "an answer counts only at the beginning",
        parsed(
            "My hip aches. It never healed.",
            ("describe_symptom", 0.6),
            ("My hip aches.", "describe_symptom", 0.8),
            ("It never healed.", "deny", 0.8),
        ),
        ["describe_symptom"],
    ),
    (
        "two or three words need more than a sentence does",
        parsed(
            "From the top. Wipe it.",
            ("start_over", 0.9),
            ("From the top.", "start_over", 0.7),
            ("Wipe it.", "delete_my_data", 0.5),
        ),
        ["start_over"],
    ),
    (
        "what is asked back belongs to what stands before it",
        parsed(
            "They said neuropathy. What is that?",
            ("faq_what_is_neuropathic_pain", 0.6),
            ("They said neuropathy.", "faq_what_is_neuropathic_pain", 0.8),
            ("What is that?", "repeat", 0.8),
        ),
        ["faq/what_is_neuropathic_pain"],
    ),
    (
        "a question beside a doubtful whole needs less than a statement",
        parsed(
            "My hip aches. Is it covered then?",
            ("describe_symptom", 0.5),
            ("My hip aches.", "describe_symptom", 0.8),
            ("Is it covered then?", "faq_cost_insurance", 0.4),
        ),
        ["describe_symptom", "faq/cost_insurance"],
    ),
    (
        "a statement names no topic so easily",
        parsed(
            "My hip aches. It is a pain to sit.",
            ("describe_symptom", 0.5),
            ("My hip aches.", "describe_symptom", 0.8),
            ("It is a pain to sit.", "faq_does_it_hurt", 0.5),
        ),
        ["describe_symptom"],
    ),
    (
        "a doubtful whole that no part agrees with",
        parsed(
            "This is a farce. Ring me.",
            ("faq_are_you_human", 0.4),
            ("This is a farce.", "complain", 0.7),
            ("Ring me.", "talk_to_person", 0.9),
        ),
        ["talk_to_person", "complain"],
    ),
    (
        "an opening that complains needs to be less sure",
        parsed(
            "Hip is done in. What does it cost?",
            ("faq_cost_insurance", 0.8),
            ("Hip is done in.", "describe_symptom", 0.36),
            ("What does it cost?", "faq_cost_insurance", 0.9),
        ),
        ["faq/cost_insurance", "describe_symptom"],
    ),
    (
        "a complaint of two statements is none of a stranger's",
        parsed(
            "My throat is raw. It has spots.",
            ("out_of_scope", 0.5),
            ("My throat is raw.", "describe_symptom", 0.6),
            ("It has spots.", "out_of_scope", 0.4),
        ),
        ["describe_symptom"],
    ),
    ("neither letter nor digit", parsed("?!?! 🙂", ("faq_needles", 0.9)), ["nonsense"]),
]


@pytest.mark.parametrize(("message", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_only_what_a_message_expresses_is_named(message: dict[str, Any], expected: list[str]) -> None:
    assert names(message) == expected


def test_out_of_scope_is_as_sure_as_the_guess_that_fell_below() -> None:
    (intent,) = said_intents(parsed("the moon is far", FELL_BELOW))
    assert intent.confidence == pytest.approx(0.12)


def test_the_clearest_part_speaks_for_the_whole() -> None:
    message = parsed(
        "Hm. What does it cost?", ("faq_cost_insurance", 0.5), ("What does it cost?", "faq_cost_insurance", 0.9)
    )
    (intent,) = said_intents(message)
    assert intent.confidence == pytest.approx(0.9)


FINDS_SWELLING = {"mentions": [{"presence": "present", "about": "patient"}], "places": ["knee"]}
FINDS_NONE_OF_MINE = {"mentions": [{"presence": "present", "about": "someone_else"}], "places": []}
NAMES_A_PLACE = {"mentions": [], "places": ["head"]}


@pytest.mark.parametrize(
    ("text", "whole", "reading", "expected"),
    [
        (
            "knee swollen does this work",
            ("faq_first_visit", 0.8),
            FINDS_SWELLING,
            ["describe_symptom", "faq/first_visit"],
        ),
        ("knee swollen bye", ("goodbye", 0.8), FINDS_SWELLING, ["describe_symptom"]),
        ("knee like a balloon", ("out_of_scope", 0.8), FINDS_SWELLING, ["describe_symptom"]),
        ("how long do I boil an egg", ("out_of_scope", 0.6), FINDS_SWELLING, ["out_of_scope"]),
        (
            "the scan is clear but it hurts",
            ("faq_why_scans_look_normal", 0.8),
            FINDS_SWELLING,
            ["faq/why_scans_look_normal"],
        ),
        ("yes it swells", ("affirm", 0.8), FINDS_SWELLING, ["affirm"]),
        ("size of a golf ball", ("faq_needles", 0.2), FINDS_SWELLING, ["describe_symptom"]),
        ("my aunt swells up", ("out_of_scope", 0.8), FINDS_NONE_OF_MINE, ["out_of_scope"]),
        ("head full ears closed", ("out_of_scope", 0.4), NAMES_A_PLACE, ["describe_symptom"]),
        ("head full ears closed", ("out_of_scope", 0.9), NAMES_A_PLACE, ["out_of_scope"]),
        ("can you look at my head", ("out_of_scope", 0.4), NAMES_A_PLACE, ["out_of_scope"]),
        ("need a haircut for this head", ("out_of_scope", 0.4), NAMES_A_PLACE, ["out_of_scope"]),
        ("knee swollen since skiing", ("inform", 0.7), FINDS_SWELLING, ["describe_symptom"]),
        ("knee swollen, explain that", ("faq_what_it_treats", 0.7), FINDS_SWELLING, ["faq/what_it_treats"]),
        ("head head head", ("nonsense", 0.6), NAMES_A_PLACE, ["nonsense"]),
    ],
)
def test_the_reader_tells_the_intents_of_a_complaint(
    text: str, whole: tuple[str, float], reading: dict[str, Any], expected: list[str]
) -> None:
    assert names({**parsed(text, whole), "reading": reading}) == expected
