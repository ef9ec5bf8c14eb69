"""A whole clinic on real parts with no rasa beside it, and conversations with the real reader, screen and protocol."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.bootstrap.building import build
from bot.bootstrap.parts import Built
from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.knowledge import load_protocol
from bot.reading.flags import Screen
from bot.reading.load import load_reading
from bot.reading.reader import Reader
from bot.settings import demo
from tests.conversations.test_conversations import Conversation

Talk = Callable[..., Conversation]


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    """The protocol in force."""
    return load_protocol()


@pytest.fixture(scope="session")
def reading() -> tuple[Reader, Screen]:
    """The English reader and the screen for red flags."""
    return load_reading("en")


@pytest.fixture(scope="session")
def screen(reading: tuple[Reader, Screen]) -> Screen:
    """The screen for red flags."""
    return reading[1]


@pytest.fixture(scope="session")
def facts() -> Facts:
    """A Sunday at the demonstration clinic."""
    now = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
    return Facts(now=now, clinic=Clinic("Demonstration clinic", "604-555-0100"))


@pytest.fixture
def talk(reading: tuple[Reader, Screen], protocol: Protocol, facts: Facts) -> Talk:
    """Holds a conversation: a text is said as a complaint, a list of choices is tapped."""

    def talk(*steps: str | list[str], intents: tuple[str, ...] = ("describe_symptom",)) -> Conversation:
        conversation = Conversation((*reading, protocol), facts)
        for step in steps:
            conversation.take({"says": step, "intents": intents} if isinstance(step, str) else {"taps": step})
        return conversation

    return talk


@pytest.fixture
async def built(tmp_path: Path) -> AsyncIterator[Built]:
    """A demonstration clinic whose rasa is not there."""
    parts = build(demo({"DATA_DIR": str(tmp_path / "var"), "RASA_PORT": "1", "STORE_TIMEOUT": "30"}))
    await parts.start()
    yield parts
    await parts.stop()
