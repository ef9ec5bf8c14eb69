"""Asking for consent first: nothing is stored before the patient's yes (CONSENT=explicit)."""

from datetime import datetime

from bot.clinical.encounter import Encounter
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.vocabulary import Answer as Bare
from bot.clinical.voice import Voice, question
from bot.service.accept import Accepted
from bot.service.answering import Answering
from bot.service.bubbles import NewId, bubbles
from bot.service.deciding import Deciding, Decision
from bot.service.held import HeldLedger
from bot.service.ports import Clock, Reads
from bot.service.records import Arrival, Opening, Standing, StoredReply
from bot.service.threads import Threads

QUESTION = "consent"
YES, NO = "consent_yes", "consent_no"


class Consent:
    """Shows the notice, asks until the patient answers, and lets a held conversation into the ledger at the yes."""

    def __init__(
        self,
        *,
        held: HeldLedger,
        threads: Threads,
        answering: Answering,
        deciding: Deciding,
        reads: Reads,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._held = held
        self._threads = threads
        self._answering = answering
        self._deciding = deciding
        self._reads = reads
        self._clock = clock
        self._new_id = new_id
        answering.closing = self.closing

    def closing(self, session_id: str, now: datetime) -> tuple[Reply, ...]:
        """The question that ends every answer until the patient has answered it."""
        return (consent_question(self._voice(now)),) if self._held.holds(session_id) else ()

    async def reopen(self, session_id: str, *, channel: str, language: str) -> None:
        """A session whose held words were lost or refused begins again, in memory."""
        now = self._clock.now()
        protocol = self._deciding.protocol
        opening = Opening(session_id, channel, language, protocol.version, Encounter(), (), now)
        await self._threads.run(self._held.open, opening)

    async def take(self, standing: Standing, message: Accepted) -> tuple[StoredReply, ...] | None:
        """The replies to a yes or no about keeping what is written; None when the message is neither."""
        if not self._held.holds(standing.session_id):
            return None
        said = self._answer_of(standing, message)
        if said is None:
            return None
        return await (self._accept(standing, message) if said == YES else self._decline(standing))

    def _answer_of(self, standing: Standing, message: Accepted) -> str | None:
        if message.choices in ((YES,), (NO,)):
            return message.choices[0]
        if message.text is None or standing.encounter.open_question is not None:
            return None
        reading = self._reads.read(message.text, asked=(), today=self._clock.now().date())
        if reading.answer is None or reading.language or reading.unfamiliar:
            return None
        return {Bare.YES: YES, Bare.NO: NO}.get(reading.answer)

    async def _accept(self, standing: Standing, message: Accepted) -> tuple[StoredReply, ...]:
        now = self._clock.now()
        await self._threads.run(self._held.release, standing.session_id)
        kept = await self._threads.run(self._held.receive, self._arrival(standing, message, now))
        thanks = self._voice(now).message("consent.thanks")
        return await self._answering.keep(standing, kept, Decision(standing.encounter, (thanks,)))

    async def _decline(self, standing: Standing) -> tuple[StoredReply, ...]:
        self._held.forget(standing.session_id)
        declined = self._voice(self._clock.now()).message("consent.declined")
        await self.reopen(standing.session_id, channel=standing.channel, language=standing.language)
        return bubbles((declined,), self._new_id)

    def _arrival(self, standing: Standing, message: Accepted, now: datetime) -> Arrival:
        return Arrival(
            session_id=standing.session_id,
            message_id=self._new_id(),
            client_id=message.client_id,
            digest=message.digest,
            text=message.text,
            choices=message.choices,
            in_reply_to=message.in_reply_to,
            flags=(),
            now=now,
        )

    def _voice(self, now: datetime) -> Voice:
        return Voice(self._deciding.protocol, self._deciding.facts(now))


def consent_opening(facts: Facts, protocol: Protocol) -> tuple[Reply, ...]:
    """The first bubbles where consent is asked: the notice, what is kept only after a yes, and the question."""
    voice = Voice(protocol, facts)
    return (voice.message("consent.notice"), consent_question(voice))


def consent_question(voice: Voice) -> Reply:
    """May we keep what you write?"""
    prompt, choices = voice.say("question.consent"), voice.offered("consent", YES, NO)
    return question(ReplyKind.QUESTION, QUESTION, prompt=prompt, choices=choices)
