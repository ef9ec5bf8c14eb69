"""The one action: an encounter in its slot, a turn out of bot.clinical, the new encounter back in its slot."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.screening_turn import ScreeningTurn
from bot.clinical.codec import from_data, to_data
from bot.clinical.encounter import Encounter, record_of
from bot.clinical.reading import Mention, Reading
from bot.clinical.reply import Reply
from bot.clinical.vocabulary import Finding, Presence, Region

TEXT = "my knee aches"
READING = Reading(
    TEXT,
    mentions=(Mention(Finding.PAIN, Presence.PRESENT, "knee aches", 3, 13, regions=(Region.KNEE,)),),
    regions=(Region.KNEE,),
)
SAID = {
    "text": TEXT,
    "intent": {"name": "describe_symptom", "confidence": 0.9},
    "intent_ranking": [],
    "reading": to_data(READING),
}


def run(parsed: dict[str, Any], **slots: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The slots that the action sets and what it utters."""
    events = [{"event": "user", "message_id": "m1"}]
    dispatcher = CollectingDispatcher()
    tracker = Tracker("s", slots, parsed, events, False, None, {}, "action_listen")
    set_slots = ScreeningTurn().run(dispatcher, tracker, {})
    return {one["name"]: one["value"] for one in set_slots}, dispatcher.messages


def test_the_encounter_comes_back_with_what_was_said() -> None:
    slots, _ = run(SAID)
    encounter = from_data(Encounter, slots["encounter"])
    assert record_of(encounter, Finding.PAIN).presence is Presence.PRESENT


def test_the_encounter_goes_on_where_it_was() -> None:
    first, _ = run(SAID)
    second, _ = run({**SAID, "reading": to_data(Reading("thanks"))}, encounter=first["encounter"])
    encounter = from_data(Encounter, second["encounter"])
    assert record_of(encounter, Finding.PAIN).presence is Presence.PRESENT


def test_every_reply_is_uttered_and_also_handed_over_whole() -> None:
    slots, uttered = run(SAID)
    replies = [from_data(Reply, reply) for reply in slots["replies"]]
    assert [reply.text for reply in replies] == [one["text"] for one in uttered]


def test_choices_become_buttons_whose_payload_is_what_one_would_type() -> None:
    slots, uttered = run(SAID)
    question = from_data(Reply, slots["replies"][-1])
    assert question.choices
    assert uttered[-1]["buttons"] == [{"title": one.label, "payload": one.label} for one in question.choices]


def test_a_tap_answers_the_question_that_waits() -> None:
    first, _ = run(SAID)
    question = first["encounter"]["open_question"]
    second, _ = run({"text": "", "intent": {}, "choices": ["none"]}, encounter=first["encounter"])
    assert second["encounter"]["open_question"] != question


def test_a_damaged_encounter_is_an_error_and_not_a_new_one() -> None:
    from bot.errors import EncounterError

    with pytest.raises(EncounterError):
        run(SAID, encounter={"schema": 1, "stage": "lost"})
