"""How a red flag stands for staff: at its level, not settled yet, or noted for the physiotherapist."""

from bot.clinical.encounter import FlagRecord
from bot.clinical.vocabulary import Level

UNSETTLED, NOTED = "unsettled", "noted"


def standing_of(flag: FlagRecord) -> str:
    """The id of its level; unsettled while the patient is still to be asked, noted where it changes nothing."""
    if flag.ask:
        return UNSETTLED
    return NOTED if flag.level is Level.NONE else flag.level.value
