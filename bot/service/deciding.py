"""The turn for one message: decided here when it cannot wait, by the rasa process otherwise, honestly when neither."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clinical.advance import Turn, advance, not_answering
from bot.clinical.appointment import Way
from bot.clinical.effect import Effect, EraseConversation
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Chose, Clinic, EffectFailed, Facts, Intent, Said
from bot.clinical.listening import listen, resume
from bot.clinical.protocol import Protocol
from bot.clinical.red_flags import is_urgent
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.vocabulary import URGENT_LEVELS, Level
from bot.errors import EffectError
from bot.service.booking import BookingFacts, lacks_times
from bot.service.contact import country_of, trouble_in
from bot.service.desk_entry_records import DESK
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

    @property
    def erases(self) -> bool:
        """It erases what was said before it, and leaves no inquiry."""
        return any(isinstance(effect, EraseConversation) for effect in self.effects)


_Decides = Callable[[Standing, KeptMessage, Facts], Awaitable[Decision]]


class Deciding:
    """Decides turns with the clinical code in this process or in rasa's."""

    def __init__(
        self, *, turns: Turns, reads: Reads, protocol: Protocol, clinic: Clinic, booking: BookingFacts | None = None
    ) -> None:
        self._turns = turns
        self._reads = reads
        self.protocol = protocol
        self._clinic = clinic
        self._booking = booking or BookingFacts()
        self._country = country_of(protocol.region.id)

    def facts(self, now: datetime) -> Facts:
        """The facts of this moment, for texts that belong to no turn."""
        return Facts(now, self._clinic, region=self.protocol.region.id, language=self.protocol.language)

    def is_pressing(self, standing: Standing, message: KeptMessage) -> bool:
        """The message, or the conversation before it, holds an emergency or a crisis: it is answered at once."""
        if standing.encounter.stage is Stage.URGENT:
            return True
        return any(flag.level in URGENT_LEVELS for flag in message.flags)

    async def decide(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        """The decision for a message; RasaError when it needs rasa and rasa did not answer."""
        alone = bool(message.choices) or self.is_pressing(standing, message)
        return await self._decided(standing, message, now, by=self._alone if alone else self._with_rasa)

    async def decide_alone(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        """The decision without rasa: no intents, so questions about the clinic are not understood."""
        return await self._decided(standing, message, now, by=self._alone)

    async def decide_without_rasa(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        """The decision while rasa is down: advice for any red flag now, else the honest answer, the reply owed.

        What is said in another language needs no rasa: its text is fixed. Nor does what staff enter: a caller is on the
        phone, and whoever enters it answers questions about the clinic themselves.
        """
        if standing.channel == DESK or standing.writer:
            return await self.decide_alone(standing, message, now=now)
        event = self._event(standing.encounter, message, now)
        turn = advance(standing.encounter, event, self._facts_of(standing, message, now), self.protocol)
        is_foreign = isinstance(event, Said) and event.reading.language is not None
        if is_foreign or is_urgent(turn.encounter) or any(flag.level is not Level.NONE for flag in message.flags):
            return await self.decide_alone(standing, message, now=now)
        honest = not_answering(self.facts(now), self.protocol)
        waiting = replace(standing.encounter, protocol_version=turn.encounter.protocol_version)
        return Decision(waiting, (honest,), state=MessageState.DEFERRED, known=turn.encounter)

    async def decide_again(
        self, standing: Standing, failed: Decision, error: EffectError, *, now: datetime
    ) -> Decision:
        """The decision after an effect failed: as if the turn had not been, but no red flag is ever taken back."""
        flagged = failed.encounter.flags != standing.encounter.flags
        event = EffectFailed(error.effect, error.reason)
        before = failed.encounter if flagged else standing.encounter
        facts = await self._with_times(self._plain(standing, now), before)
        turn = advance(before, event, facts, self.protocol)
        kept = tuple(reply for reply in failed.replies if flagged and reply.kind is not ReplyKind.BOOKING)
        return Decision(turn.encounter, (*kept, *turn.replies), intents=failed.intents)

    async def _decided(self, standing: Standing, message: KeptMessage, now: datetime, *, by: _Decides) -> Decision:
        """The decision, with free times where it may need them; where it turned out to need them, taken once more."""
        facts = self._facts_of(standing, message, now)
        if standing.writer:
            return self._listening(standing, message, facts)
        if self._booking.may_need_times(standing.encounter, standing.session_id, typed=message.text is not None):
            return await by(standing, message, await self._with_times(facts, standing.encounter))
        decision = await by(standing, message, facts)
        if not lacks_times(decision.encounter):
            return decision
        return await by(standing, message, await self._with_times(facts, standing.encounter))

    async def resume(self, standing: Standing, *, now: datetime) -> Decision:
        """What the assistant says when it goes on after staff have left."""
        facts, known = self._plain(standing, now), standing.encounter
        if self._booking.may_need_times(known, standing.session_id, typed=False):
            facts = await self._with_times(facts, known)
        return _decision(resume(known, facts, self.protocol))

    def _listening(self, standing: Standing, message: KeptMessage, facts: Facts) -> Decision:
        """Staff write to the patient: only red flags are heard."""
        event = self._event(standing.encounter, message, facts.now)
        return _decision(listen(standing.encounter, event, facts, self.protocol))

    async def _alone(self, standing: Standing, message: KeptMessage, facts: Facts) -> Decision:
        event = self._event(standing.encounter, message, facts.now)
        return _decision(advance(standing.encounter, event, facts, self.protocol))

    async def _with_rasa(self, standing: Standing, message: KeptMessage, facts: Facts) -> Decision:
        answer = await self._turns.turn(_request(standing, message, facts))
        return _decision(answer.turn, answer.intents)

    def _event(self, encounter: Encounter, message: KeptMessage, now: datetime) -> Said | Chose:
        if message.text is None:
            return Chose(message.message_id, message.choices)
        asked = encounter.open_question.read_as if encounter.open_question else ()
        reading = self._reads.read(message.text, asked=asked, today=now.date())
        return Said(message.message_id, reading, message.flags)

    def _plain(self, standing: Standing, now: datetime) -> Facts:
        return replace(self.facts(now), booking=self._booking.of(standing.session_id))

    def _facts_of(self, standing: Standing, message: KeptMessage, now: datetime) -> Facts:
        """The facts of this moment, with what is wrong with a number or address in the message."""
        trouble = trouble_in(message.text, country=self._country) if message.text else None
        return replace(self._plain(standing, now), contact_trouble=trouble)

    async def _with_times(self, facts: Facts, encounter: Encounter) -> Facts:
        if facts.booking.way is not Way.CALENDAR:
            return facts
        times = await self._booking.times(encounter, facts.now)
        return replace(facts, times=times, times_page=encounter.times_page)


def _request(standing: Standing, message: KeptMessage, facts: Facts) -> TurnRequest:
    return TurnRequest(
        message_id=message.message_id,
        text=message.text,
        choices=message.choices,
        flags=message.flags,
        encounter=standing.encounter,
        facts=facts,
        language=standing.language,
    )


def _decision(turn: Turn, intents: tuple[Intent, ...] = ()) -> Decision:
    return Decision(turn.encounter, turn.replies, turn.effects, intents)
