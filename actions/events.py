"""What happened, as rasa's tracker tells it: the patient chose or said something."""

from collections.abc import Mapping
from typing import Any

from actions.intents import said_intents
from bot.clinical.codec import from_data
from bot.clinical.event import Chose, Said
from bot.clinical.reading import Reading, RedFlag


def event_of(parsed: Mapping[str, Any], *, message_id: str, flags: list[Mapping[str, Any]] | None) -> Said | Chose:
    """The event of a parsed message; the flags of its own reading where the web process sent none (rasa shell)."""
    if "choices" in parsed:
        return Chose(message_id, tuple(parsed["choices"]))
    reading = from_data(Reading, parsed["reading"])
    raised = reading.flags if flags is None else tuple(red_flag(flag) for flag in flags)
    return Said(message_id, reading, raised, said_intents(parsed))


def red_flag(data: Mapping[str, Any]) -> RedFlag:
    """A red flag from its JSON, in which the flag's class may be called `class`, as in `needlepoint read`."""
    return from_data(RedFlag, {"flag_class" if name == "class" else name: value for name, value in data.items()})
