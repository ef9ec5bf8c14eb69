"""The trained model, loaded once for all tests of this room."""

import warnings
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.codec import to_data
from bot.clinical.event import Clinic, Facts
from bot.rasa_host.turn import TurnOrder

ROOT = Path(__file__).resolve().parents[2]
FACTS = to_data(Facts(datetime(2026, 11, 22, 10, tzinfo=timezone.utc), Clinic("Test clinic", "604-555-0123")))


def order(
    text: str | None = None, *, choices: tuple[str, ...] = (), encounter: Any = None, flags: Any = None
) -> TurnOrder:
    """A turn as the web process orders it."""
    return TurnOrder("m1", text, choices, flags, encounter, FACTS)


@pytest.fixture(scope="session")
def agent() -> Any:
    """rasa's agent with the trained model and our actions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rasa and what it pins warn of their age when they are read
        from bot.rasa_host.server import load_agent

        return load_agent(ROOT / "models", overlay=None)
