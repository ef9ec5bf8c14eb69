"""The one action of the conversation: each message becomes an event, and bot.clinical decides the turn."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.events import event_of
from actions.moment import facts_of, protocol_of
from bot.clinical.advance import Turn, advance
from bot.clinical.codec import from_data, tagged, to_data
from bot.clinical.encounter import Encounter
from bot.clinical.reply import Reply


class ScreeningTurn(Action):
    """Takes the encounter out of its slot, lets `advance` take the turn, and puts the new encounter back."""

    def __init__(self, overlay: str | None = None) -> None:
        """Remember where the clinic's changes to the clinical data are."""
        self._overlay = overlay

    def name(self) -> str:
        """The name that the rules use."""
        return "action_screening_turn"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """The turn, uttered for rasa's own channels and kept whole in slots for the web process."""
        facts = facts_of(tracker.get_slot("facts"))
        turn = advance(
            _encounter(tracker.get_slot("encounter")),
            event_of(tracker.latest_message, message_id=_message_id(tracker), flags=tracker.get_slot("flags")),
            facts,
            protocol_of(facts.language, facts.region, self._overlay),
        )
        for reply in turn.replies:
            dispatcher.utter_message(text=reply.text, buttons=_buttons(reply))
        return _slots(turn)


def _encounter(data: dict[str, Any] | None) -> Encounter:
    return Encounter() if data is None else from_data(Encounter, data)


def _message_id(tracker: Tracker) -> str:
    """The id of the newest message among rasa's events."""
    return next(str(one["message_id"]) for one in reversed(tracker.events) if one["event"] == "user")


def _buttons(reply: Reply) -> list[dict[str, str]]:
    """The choices as words that may as well be typed."""
    return [{"title": choice.label, "payload": choice.label} for choice in reply.choices]


def _slots(turn: Turn) -> list[dict[str, Any]]:
    return [
        SlotSet("encounter", to_data(turn.encounter)),
        SlotSet("replies", [to_data(reply) for reply in turn.replies]),
        SlotSet("effects", [tagged(effect) for effect in turn.effects]),
    ]
