"""One turn on a tracker of its own: the encounter comes in with the message and goes out with the replies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from actions.intents import said_intents
from bot.clinical.codec import to_data
from bot.errors import RasaError
from bot.rasa_host.plain_text import without_orders

TAPPED = {"name": "inform", "confidence": 1.0}
"""What rasa is told of a tap; the choices themselves go past it to the action."""


@dataclass(frozen=True)
class TurnOrder:
    """What the web process asks for: text or choices, the flags it found, the encounter and the facts, as JSON."""

    message_id: str
    text: str | None
    choices: tuple[str, ...]
    flags: list[dict[str, Any]] | None
    encounter: dict[str, Any] | None
    facts: dict[str, Any] | None


class Nowhere(OutputChannel):
    """Takes what rasa utters: the replies themselves travel in a slot, whole."""

    @classmethod
    def name(cls) -> str:
        """The name rasa knows it by."""
        return "nowhere"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Say nothing here."""


async def take_turn(agent: Agent, order: TurnOrder) -> dict[str, Any]:
    """The replies, the new encounter, the effects and the intents; RasaError when there is nothing to tell."""
    processor = processor_of(agent)
    tracker = fresh_tracker(processor, encounter=order.encounter, facts=order.facts, flags=order.flags)
    parsed = _tapped(order) if order.text is None else await parse(processor, order.text, tracker)
    message = UserMessage(parsed["text"], Nowhere(), tracker.sender_id, parsed, message_id=order.message_id)
    await processor._handle_message_with_tracker(message, tracker)
    await _act(processor, tracker)
    if not tracker.get_slot("replies"):
        raise RasaError("the turn came to nothing")
    slots = {name: tracker.get_slot(name) for name in ("replies", "encounter", "effects")}
    intents = () if order.text is None else said_intents(parsed)
    return {**slots, "intents": [to_data(intent) for intent in intents]}


async def _act(processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
    """Run the one action that the rules choose, and keep in the tracker what it came to.

    Rasa's own loop would ask the rules once more, only to hear that it listens, and copy everything for a log.
    """
    action, _ = processor.choose_first_action(tracker)
    try:
        events = await action.run(Nowhere(), processor.nlg, tracker, processor.domain)
    except RasaException as error:
        raise RasaError(f"the turn came to nothing: {error}") from None
    tracker.update_with_events(events, processor.domain)


async def parse(processor: MessageProcessor, text: str, tracker: DialogueStateTracker) -> dict[str, Any]:
    """What rasa's pipeline makes of a text, in which a patient's leading slashes are plain text."""
    message = UserMessage(sender_id=tracker.sender_id)
    message.text = without_orders(text)  # past the constructor, which would strip it and move every offset
    parsed: dict[str, Any] = await processor.parse_message(message, tracker)
    parsed["text"] = parsed["reading"]["text"] = text
    return parsed


def fresh_tracker(processor: MessageProcessor, **slots: Any) -> DialogueStateTracker:
    """A tracker that nobody keeps, about to listen, with these slots filled."""
    tracker = DialogueStateTracker(uuid4().hex, processor.domain.slots)
    tracker.model_id = processor.model_metadata.model_id
    tracker.assistant_id = processor.model_metadata.assistant_id
    begun = [ActionExecuted(ACTION_SESSION_START_NAME), ActionExecuted(ACTION_LISTEN_NAME)]
    tracker.update_with_events([*begun, *(SlotSet(name, value) for name, value in slots.items())], processor.domain)
    return tracker


def processor_of(agent: Agent) -> MessageProcessor:
    """The agent's processor; RasaError when no model could be loaded."""
    if agent is None or agent.processor is None:
        raise RasaError("no trained model is loaded: run make setup")
    return agent.processor


def _tapped(order: TurnOrder) -> Mapping[str, Any]:
    return {"text": "", "intent": TAPPED, "intent_ranking": [TAPPED], "entities": [], "choices": list(order.choices)}
