"""Outside opening hours a patient who asks for people is told when one will read it."""

from dataclasses import dataclass
from datetime import datetime

from bot.clinical.booking_times import moment_words
from bot.clinical.effect import RequestAppointment, RequestPerson
from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.red_flags import is_urgent
from bot.clinical.reply import Reply
from bot.clinical.voice import Voice
from bot.service.deciding import Decision
from bot.service.opening_hours import OpeningHours

ASKS = (RequestAppointment, RequestPerson)


@dataclass(frozen=True)
class OpeningTold:
    """Adds the sentence to the answer that passes something on to the desk."""

    hours: OpeningHours
    protocol: Protocol
    clinic: Clinic

    def with_opening(self, decision: Decision, *, now: datetime) -> tuple[Reply, ...]:
        """The replies of the decision, with when a person reads it where that is not now."""
        replies = decision.replies
        opens = self.hours.next_opening(now)
        if opens is None or opens == now or not _passes_on(decision):
            return replies
        at = 1 if replies and replies[-1].question else 0
        cut = len(replies) - at
        return (*replies[:cut], self._told(opens, now), *replies[cut:])

    def _told(self, opens: datetime, now: datetime) -> Reply:
        words = moment_words(opens.astimezone(self.hours.zone), self.protocol)
        return Voice(self.protocol, Facts(now, self.clinic)).message("desk.opens", **words)


def _passes_on(decision: Decision) -> bool:
    """It asks for a person or a time.

    What an emergency is told is complete and says itself that nobody may read it; another language has its own words.
    """
    encounter = decision.encounter
    if decision.erases or is_urgent(encounter) or encounter.language:
        return False
    return any(isinstance(effect, ASKS) for effect in decision.effects)
