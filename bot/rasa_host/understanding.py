"""One message understood without an encounter, in the line format of `needlepoint understand`."""

from datetime import datetime
from typing import Any

from rasa.core.agent import Agent

from actions.intents import said_intents
from bot.clinical.codec import from_data, to_data
from bot.clinical.reading import Reading
from bot.clinical.vocabulary import Finding
from bot.rasa_host.reader_component import ASKED
from bot.rasa_host.turn import fresh_tracker, parse, processor_of
from bot.reading.lines import as_line, line_of


async def understand(agent: Agent, data: Any) -> dict[str, Any]:
    """What a line's text is read as and what it wants; NotUnderstood when the line is not what the contract says."""
    line = line_of(data)
    processor = processor_of(agent)
    now = {"now": (line.today or datetime.now().astimezone().date()).isoformat()}
    parsed = await parse(processor, line.text, fresh_tracker(processor, encounter=_asking(line.asked), facts=now))
    intents = [to_data(intent) for intent in said_intents(parsed)]
    return {"id": line.id, **as_line(from_data(Reading, parsed["reading"])), "intents": intents}


def _asking(asked: tuple[Finding, ...]) -> dict[str, Any] | None:
    """As much of an encounter as the reader looks at: the findings that the reply is read in the light of.

    A conversation leaves a bare "no" to several findings open and asks which; here, as in `needlepoint read`, each of
    them is meant.
    """
    return {ASKED: [finding.value for finding in asked]} if asked else None
