"""The turn for one message: decided here when it cannot wait, by the rasa process otherwise, honestly when neither."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.clinical.advance import Turn, advance, not_answering
from bot.clinical.effect import Effect
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Chose, Clinic, EffectFailed, Facts, Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.red_flags import is_urgent
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.vocabulary import URGENT_LEVELS, Level
from bot.errors import EffectError
from bot.service.contact import country_of, trouble_in
from bot.service.ports import Reads, TurnRequest, Turns
from bot.service.records import KeptMessage, MessageState, Standing


@dataclass(frozen=True)
class Decision:
    """What a message leads to; `known` is the encounter for the desk's list, also when the reply is deferred."""

    encounter: Encounter
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()
    intents: tuple[Intent, ...] = ()
    state: MessageState = MessageState.ANSWERED
    known: Encounter | None = None


class Deciding:
    """Decides turns with the clinical code in this process or in rasa's."""

    def __init__(self, *, turns: Turns, reads: Reads, protocol: Protocol, clinic: Clinic) -> None:
        self._turns = turns
        self._reads = reads
        self.protocol = protocol
        self._clinic = clinic

    def facts(self, now: datetime) -> Facts:
        """The facts of this moment."""
        return Facts(now, self._clinic, region=self.protocol.region.id, language=self.protocol.language)

    def _facts_of(self, message: KeptMessage, now: datetime) -> Facts:
        """The facts of this moment, with what is wrong with a number or address in the message."""
        country = country_of(self.protocol.region.id)
        trouble = trouble_in(message.text, country=country) if message.text else None
        return replace(self.facts(now), contact_trouble=trouble)

    def is_pressing(self, standing: Standing, message: KeptMessage) -> bool:
        """The message, or the conversation before it, holds an emergency or a crisis: it is answered at once."""
        if standing.encounter.stage is Stage.URGENT:
            return True
        return any(flag.level in URGENT_LEVELS for flag in message.flags)

    async def decide(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        """The decision for a message; RasaError when it needs rasa and rasa did not answer."""
        if message.choices or self.is_pressing(standing, message):
            return _decided(self._alone(standing, message, now))
        answer = await self._turns.turn(self._request(standing, message, now))
        return _decided(answer.turn, answer.intents)

    def decide_alone(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        """The decision without rasa: no intents, so questions about the clinic are not understood."""
        return _decided(self._alone(standing, message, now))

    def decide_without_rasa(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        """The decision while rasa is down: advice for any red flag now, else the honest answer, the reply owed.

        What is said in another language needs no rasa: its text is fixed.
        """
        event = self._event(standing.encounter, message, now)
        turn = advance(standing.encounter, event, self._facts_of(message, now), self.protocol)
        is_foreign = isinstance(event, Said) and event.reading.language is not None
        if is_foreign or is_urgent(turn.encounter) or any(flag.level is not Level.NONE for flag in message.flags):
            return _decided(turn)
        honest = not_answering(self.facts(now), self.protocol)
        waiting = replace(standing.encounter, protocol_version=turn.encounter.protocol_version)
        return Decision(waiting, (honest,), state=MessageState.DEFERRED, known=turn.encounter)

    def decide_again(self, standing: Standing, failed: Decision, error: EffectError, *, now: datetime) -> Decision:
        """The decision after an effect failed: as if the turn had not been, but no red flag is ever taken back."""
        flagged = failed.encounter.flags != standing.encounter.flags
        event = EffectFailed(error.effect, error.reason)
        before = failed.encounter if flagged else standing.encounter
        turn = advance(before, event, self.facts(now), self.protocol)
        kept = tuple(reply for reply in failed.replies if flagged and reply.kind is not ReplyKind.BOOKING)
        return Decision(turn.encounter, (*kept, *turn.replies), intents=failed.intents)

    def _alone(self, standing: Standing, message: KeptMessage, now: datetime) -> Turn:
        event = self._event(standing.encounter, message, now)
        return advance(standing.encounter, event, self._facts_of(message, now), self.protocol)

    def _event(self, encounter: Encounter, message: KeptMessage, now: datetime) -> Said | Chose:
        if message.text is None:
            return Chose(message.message_id, message.choices)
        asked = encounter.open_question.read_as if encounter.open_question else ()
        reading = self._reads.read(message.text, asked=asked, today=now.date())
        return Said(message.message_id, reading, message.flags)

    def _request(self, standing: Standing, message: KeptMessage, now: datetime) -> TurnRequest:
        return TurnRequest(
            message_id=message.message_id,
            text=message.text,
            choices=message.choices,
            flags=message.flags,
            encounter=standing.encounter,
            facts=self._facts_of(message, now),
            language=standing.language,
        )


def _decided(turn: Turn, intents: tuple[Intent, ...] = ()) -> Decision:
    return Decision(turn.encounter, turn.replies, turn.effects, intents)
