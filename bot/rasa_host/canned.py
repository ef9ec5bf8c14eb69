"""A canned conversation, which proves that model, rules, action and clinical data work together."""

from datetime import datetime
from typing import Any

from rasa.core.agent import Agent

from bot.clinical.codec import to_data
from bot.clinical.event import Clinic, Facts
from bot.errors import RasaError
from bot.rasa_host.turn import TurnOrder, take_turn
from bot.settings import Settings

COMPLAINT = "my shoulder has been aching for two weeks"
"""Read, never shown: it must come back as a finding in the encounter."""


async def converse_once(agent: Agent, settings: Settings) -> dict[str, Any]:
    """The turn after one complaint; RasaError when it is not understood or nothing is answered."""
    turn = await take_turn(agent, TurnOrder("canned", COMPLAINT, (), [], None, to_data(_facts(settings))))
    if not turn["encounter"]["findings"]:
        raise RasaError("the canned complaint left no finding: the model or the lexicon is broken")
    return turn


def _facts(settings: Settings) -> Facts:
    clinic = Clinic(settings.clinic_name, settings.clinic_phone, demo=settings.demo)
    return Facts(datetime.now().astimezone(), clinic, region=settings.region, language=settings.language)
