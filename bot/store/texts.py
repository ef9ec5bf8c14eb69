"""The JSON texts of the tables, read back into the values of the clinical room."""

import json

from bot.clinical.codec import from_data, to_data
from bot.clinical.encounter import Encounter
from bot.clinical.reading import RedFlag
from bot.errors import EncounterError, StorageError


def encounter_of(text: str) -> Encounter:
    """The encounter of a conversation's row; StorageError when it cannot be read, so that safety text is shown."""
    try:
        return from_data(Encounter, json.loads(text))
    except (EncounterError, ValueError) as error:
        raise StorageError(f"a stored encounter cannot be read: {type(error).__name__}") from None


def flags_text(flags: tuple[RedFlag, ...]) -> str:
    """Red flags as a message keeps them."""
    return json.dumps(to_data(flags))


def flags_of(text: str) -> tuple[RedFlag, ...]:
    """The red flags of a message's row."""
    return tuple(from_data(RedFlag, flag) for flag in json.loads(text))
