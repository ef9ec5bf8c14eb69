"""The rules are asked once for each intent, and their answer is remembered."""

from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_host.remembered_rules import remembering
from bot.rasa_host.turn import fresh_tracker, processor_of


def tracker_after(intent: str, *, entities: Any = ()) -> DialogueStateTracker:
    tracker = DialogueStateTracker("s", [])
    tracker.update(UserUttered("x", {"name": intent, "confidence": 1.0}, list(entities)))
    return tracker


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def choose(asked: list[str]) -> Any:
    def rules(tracker: DialogueStateTracker) -> str:
        asked.append(str(tracker.latest_message and tracker.latest_message.intent.get("name")))
        return f"action for {asked[-1]}"

    return remembering(rules)


def test_each_intent_is_asked_about_once_and_keeps_its_own_answer(choose: Any, asked: list[str]) -> None:
    answers = [choose(tracker_after(intent)) for intent in ("greet", "deny", "greet", "deny")]
    assert answers == ["action for greet", "action for deny"] * 2
    assert asked == ["greet", "deny"]


def test_a_message_with_entities_is_always_asked_about(choose: Any, asked: list[str]) -> None:
    for _ in range(2):
        choose(tracker_after("inform", entities=[{"entity": "number", "value": "3", "start": 0, "end": 1}]))
    assert asked == ["inform", "inform"]


def test_no_slot_and_no_form_can_change_what_the_rules_choose(agent: Agent) -> None:
    processor = processor_of(agent)
    states = []
    for filled in ({}, {"encounter": {"findings": []}, "facts": {"now": "x"}, "flags": []}):
        tracker = fresh_tracker(processor, **filled)
        tracker.update(UserUttered("x", {"name": "greet", "confidence": 1.0}, []), processor.domain)
        states.append(tracker.past_states(processor.domain))
    assert states[0] == states[1]
