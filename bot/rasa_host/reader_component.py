"""The finding reader as a step of rasa's pipeline: what a message says of findings, and its red flags."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

import bot.clinical
import bot.knowledge
import bot.reading
from bot.clinical.codec import from_data, to_data
from bot.clinical.encounter import OpenQuestion
from bot.clinical.reading import Reading
from bot.clinical.vocabulary import Finding
from bot.reading.flags import Screen
from bot.reading.load import load_reading, with_second_net
from bot.reading.reader import Reader

READING = "reading"
ASKED = "a_reply_about"
"""What stands in the place of an encounter where there is none, with the findings that a reply is about."""
ROOMS = (bot.clinical, bot.knowledge, bot.reading)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FindingReader(GraphComponent):
    """Leaves a Reading with each message, read in the light of the question that waits for an answer.

    Where the web process sent no red flags of its own (rasa shell), the message is screened here, by itself.
    """

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Changes whenever the code or the reviewed words that the reader is made of do."""
        files = [file for room in ROOMS for file in Path(room.__path__[0]).rglob("*") if _is_input(file)]
        return sha256(b"".join(sha256(file.read_bytes()).digest() for file in sorted(files))).hexdigest()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that config.yml may change."""
        return {"language": "en"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FindingReader":
        """The component with the reader of the configured language."""
        return cls(config["language"], *load_reading(config["language"], with_net=False))

    def __init__(self, language: str, reader: Reader, screen: Screen) -> None:
        """Read with this reader and, where nobody else does, screen with this screen and the language's second net."""
        self._language, self._reader, self._rules = language, reader, screen

    # Optional is spelled out: rasa reads this signature and does not know `X | None`
    def process(self, messages: list[Message], tracker: Optional[DialogueStateTracker] = None) -> list[Message]:  # noqa: UP045
        """The messages, each with its reading."""
        slots = tracker.current_slot_values() if tracker else {}
        for message in messages:
            reading = self._read(message.get(TEXT) or "", slots)
            message.set(READING, to_data(reading), add_to_output=True)
        return messages

    @cached_property
    def _screen(self) -> Screen:
        """Both nets, loaded when they are needed: beside a web process, which screens by itself, they never are."""
        return with_second_net(self._rules, self._language)

    def _read(self, text: str, slots: Mapping[str, Any]) -> Reading:
        today = _today(slots.get("facts"))
        reading = self._reader.read(text, asked=_asked(slots.get("encounter")), today=today)
        if slots.get("flags") is None:
            return replace(reading, flags=self._screen.flags(reading, today=today))
        return reading


def _asked(encounter: Mapping[str, Any] | None) -> tuple[Finding, ...]:
    """The findings that the open question is about."""
    if encounter and ASKED in encounter:
        return tuple(Finding(name) for name in encounter[ASKED])
    question = encounter.get("open_question") if encounter else None
    return from_data(OpenQuestion, question).read_as if question else ()


def _today(facts: Mapping[str, Any] | None) -> date:
    """The day of the turn; in rasa shell, which sends no facts, today."""
    return (datetime.fromisoformat(facts["now"]) if facts else datetime.now().astimezone()).date()


def _is_input(file: Path) -> bool:
    return file.suffix in (".py", ".yml", ".json")
