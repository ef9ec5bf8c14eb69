"""A turn in the making: the encounter so far, what has been said, and what the outside world must do."""

from dataclasses import dataclass

from bot.clinical.effect import Effect
from bot.clinical.encounter import Encounter
from bot.clinical.reply import Reply


@dataclass(frozen=True)
class Conversation:
    """A turn in the making."""

    encounter: Encounter
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()

    def plus(self, encounter: Encounter, *replies: Reply | None, effects: tuple[Effect, ...] = ()) -> "Conversation":
        """The turn so far with more replies and effects, and the encounter after them."""
        said = tuple(reply for reply in replies if reply is not None)
        return Conversation(encounter, self.replies + said, self.effects + effects)
