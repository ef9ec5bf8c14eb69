"""A message of several sentences or questions, laid apart so that each part is understood by itself."""

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.asking import LEADING, OPENINGS, QUESTION_WORDS, SPLICED

IS_PART = "is_part"
PARTS = "parts"
AT_MOST = 6
BORDER = re.compile(
    rf"(?<=[.!?;…\n])\s+|:\s+|,?\s+(?=(?:and|but|also|plus|n)\s)"
    rf"|,\s+(?=(?:{QUESTION_WORDS}|{SPLICED})\b)|\s+(?=(?:{OPENINGS})\b)",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"\W*(?:{LEADING}\W+)*{LEADING}\W*", re.IGNORECASE)


def parts_of(text: str) -> list[str]:
    """The sentences and joined questions of a text; none when it has only one, at most the first six."""
    parts: list[str] = []
    for part in [part.strip() for part in BORDER.split(text) if re.search(r"\w", part)]:
        if parts and _LEADS.fullmatch(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts[:AT_MOST] if len(parts) > 1 else []


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PartsApart(GraphComponent):
    """Lays the parts of each message behind it, as messages that the components in between understand too."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PartsApart":
        """A component that needs nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Each message with its parts behind it."""
        return [one for message in messages for one in (message, *_part_messages(message))]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PartsTogether(GraphComponent):
    """Takes the parts away again and leaves each message what its parts were understood as, under `parts`."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PartsTogether":
        """A component that needs nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages without their parts, which are listed in them."""
        whole = [message for message in messages if not message.get(IS_PART)]
        for message in whole:
            message.set(PARTS, [], add_to_output=True)
        for message, owner in _with_owners(messages):
            owner.get(PARTS).append({TEXT: message.get(TEXT), **message.get(INTENT)})
        return whole


def _part_messages(message: Message) -> list[Message]:
    return [Message(data={TEXT: part, IS_PART: True}) for part in parts_of(message.get(TEXT) or "")]


def _with_owners(messages: list[Message]) -> list[tuple[Message, Message]]:
    owned = []
    owner = messages[0] if messages else None
    for message in messages:
        if not message.get(IS_PART):
            owner = message
        elif owner is not None:
            owned.append((message, owner))
    return owned
