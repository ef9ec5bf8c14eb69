"""What was read of a message before it is asked what the message sets right."""

from dataclasses import dataclass

from bot.reading.phrases import Match
from bot.reading.places import Place, Where
from bot.reading.presence import Judgement
from bot.reading.stretches import Stretch


@dataclass(frozen=True)
class Told:
    """What was read of the message: places and sides, findings with their judgements and places, times and units.

    days: how long it has been so as the message is read by itself.
    """

    where: Where
    matches: tuple[Match, ...]
    judgements: tuple[Judgement, ...]
    owned: tuple[tuple[Place, ...], ...]
    times: tuple[Stretch, ...]
    units: dict[int, float]
    days: int | None
