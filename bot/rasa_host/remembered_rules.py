"""What the rules choose first, asked once for each intent: fresh trackers differ in nothing else that they look at."""

from collections.abc import Callable
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

Choice = Callable[[DialogueStateTracker], Any]


def remembering(choose: Choice) -> Choice:
    """The same choice for fresh trackers, kept by intent; a message with entities is asked about every time."""
    kept: dict[str | None, Any] = {}

    def chosen(tracker: DialogueStateTracker) -> Any:
        message = tracker.latest_message
        if message is None or message.entities:
            return choose(tracker)
        intent = message.intent.get("name")
        if intent not in kept:
            kept[intent] = choose(tracker)
        return kept[intent]

    return chosen
