"""A message of several sentences or questions is laid apart and put together again."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.rasa_host.message_parts import PartsApart, PartsTogether, parts_of

CASES = [
    ("My hip aches. Does it hurt?", ["My hip aches.", "Does it hurt?"]),
    ("how much is it and when are you open", ["how much is it", "and when are you open"]),
    ("my neck is stiff, can i still run", ["my neck is stiff", "can i still run"]),
    ("what does it cost", []),
    ("elbow is killing me does this stuff work", ["elbow is killing me", "does this stuff work"]),
    ("and then may I book", []),
    (
        "he is twelve, do you see kids? And what do you charge",
        ["he is twelve", "do you see kids?", "And what do you charge"],
    ),
    ("sore and tight", ["sore", "and tight"]),
    ("!!! ... ???", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "parts"), CASES)
def test_parts_are_sentences_and_joined_questions(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


def test_a_long_story_has_six_parts_at_most() -> None:
    assert len(parts_of("It hurts. " * 40)) == 6


def test_only_the_message_comes_back_with_its_parts_listed() -> None:
    messages = PartsApart().process([Message(data={"text": "My hip aches. Does it hurt?"})])
    assert len(messages) == 3
    for number, message in enumerate(messages):
        message.set("intent", {"name": f"intent_{number}", "confidence": 0.5})
    (whole,) = PartsTogether().process(messages)
    assert whole.as_dict()["parts"] == [
        {"text": "My hip aches.", "name": "intent_1", "confidence": 0.5},
        {"text": "Does it hurt?", "name": "intent_2", "confidence": 0.5},
    ]
