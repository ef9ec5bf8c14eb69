"""Answers are worked out, kept whole, and told: new messages at once, owed ones in order and once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from bot.clinical.red_flags import is_urgent
from bot.clinical.reply import Reply
from bot.errors import EffectError, Overtaken, RasaError, RasaRefused, StorageError
from bot.service.bubbles import NewId, bubbles
from bot.service.deciding import Deciding, Decision
from bot.service.fanout import Fanout
from bot.service.inquiry import inquiry_of
from bot.service.opening_told import OpeningTold
from bot.service.ports import Alerts, Clock, Ledger
from bot.service.records import Answer, KeptMessage, MessageState, Standing, StoredReply
from bot.service.threads import Threads

ATTEMPTS = 5
"""How often an answer is worked out anew because another process was first."""
REFUSALS = 3
"""After so many errors from rasa on one message its answer is worked out without rasa."""

Closing = Callable[[str, datetime], tuple[Reply, ...]]
"""What ends every answer of a session now."""


class Answering:
    """Works out and keeps answers; the caller holds the conversation's turn."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        threads: Threads,
        deciding: Deciding,
        fanout: Fanout,
        alerts: Alerts,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._ledger = ledger
        self._threads = threads
        self._deciding = deciding
        self.fanout = fanout
        self._alerts = alerts
        self._clock = clock
        self.new_id = new_id
        self.closing: Closing = _no_closing
        self.opening: OpeningTold | None = None
        self._owing: Callable[[], None] | None = None
        self._refusals: Counter[str] = Counter()

    def when_owing(self, told: Callable[[], None]) -> None:
        """Call this whenever a reply is owed to somebody."""
        self._owing = told

    async def answer(self, standing: Standing, message: KeptMessage) -> tuple[StoredReply, ...]:
        """The answer to a message; what was owed before it is answered first, unless it cannot wait."""
        now = self._clock.now()
        if self._deciding.is_pressing(standing, message):
            decision = await self._deciding.decide(standing, message, now=now)
            return await self.keep(standing, message, decision)
        try:
            standing = await self._settle_owed(standing, before=message.seq)
            decision = await self._deciding.decide(standing, message, now=now)
        except RasaError:
            standing = await self._standing(standing.session_id)
            decision = await self._deciding.decide_without_rasa(standing, message, now=self._clock.now())
        return await self.keep(standing, message, decision)

    async def settle_owed(self, session_id: str) -> None:
        """Everything owed to a conversation is answered and told to its listeners; RasaError when rasa is down."""
        standing = await self._standing(session_id)
        last = standing.owed[-1].seq if standing.owed else 0
        await self._settle_owed(standing, before=last + 1)

    async def _settle_owed(self, standing: Standing, *, before: int) -> Standing:
        for message in standing.owed:
            if message.seq >= before:
                break
            decision = await self._decide_owed(standing, message, now=self._clock.now())
            replies = await self.keep(standing, message, decision)
            new = tuple(reply for reply in replies if reply.late or message.state is MessageState.RECEIVED)
            self.fanout.publish(standing.session_id, new)
            standing = await self._standing(standing.session_id)
        return standing

    async def _decide_owed(self, standing: Standing, message: KeptMessage, *, now: datetime) -> Decision:
        if self._refusals[message.message_id] >= REFUSALS:
            return await self._deciding.decide_alone(standing, message, now=now)
        try:
            return await self._deciding.decide(standing, message, now=now)
        except RasaRefused:
            self._refusals[message.message_id] += 1
            raise

    async def keep(self, standing: Standing, message: KeptMessage, decision: Decision) -> tuple[StoredReply, ...]:
        """The replies as kept; when another process answered first, its replies, or ours worked out anew."""
        for _ in range(ATTEMPTS):
            try:
                return await self._keep_once(standing, message, decision)
            except Overtaken:
                standing = await self._standing(standing.session_id, client_id=message.client_id)
                kept = standing.same
                if kept is None or kept.state is MessageState.ANSWERED:
                    return kept.replies if kept else ()
                message = kept
                decision = await self._decide_anew(standing, message)
        raise StorageError("other answers of this conversation kept coming first")

    async def _decide_anew(self, standing: Standing, message: KeptMessage) -> Decision:
        now = self._clock.now()
        try:
            return await self._deciding.decide(standing, message, now=now)
        except RasaError:
            return await self._deciding.decide_without_rasa(standing, message, now=now)

    async def _keep_once(self, standing: Standing, message: KeptMessage, decision: Decision) -> tuple[StoredReply, ...]:
        now = self._clock.now()
        try:
            replies = await self._write(self._answer(standing, message, decision, now))
        except EffectError as error:
            decision = await self._deciding.decide_again(standing, decision, error, now=now)
            replies = await self._write(self._answer(standing, message, decision, now))
        if decision.erases:
            self.fanout.forget(standing.session_id)
        self._refusals.pop(message.message_id, None)
        if standing.owed or decision.state is MessageState.DEFERRED:
            self._tell_owing()
        if is_urgent(decision.encounter) and not is_urgent(standing.encounter):
            self._alerts.urgent(standing.session_id)
        return replies

    def _tell_owing(self) -> None:
        if self._owing:
            self._owing()

    async def _write(self, answer: Answer) -> tuple[StoredReply, ...]:
        return await self._threads.run(self._ledger.answer, answer)

    async def _standing(self, session_id: str, *, client_id: str | None = None) -> Standing:
        standing = await self._threads.run(self._ledger.standing, session_id, client_id=client_id)
        if standing is None:
            raise StorageError("the conversation is gone")
        return standing

    def _answer(self, standing: Standing, message: KeptMessage, decision: Decision, now: datetime) -> Answer:
        return Answer(
            session_id=standing.session_id,
            message_id=message.message_id,
            version=standing.version,
            state=decision.state,
            late=message.state is MessageState.DEFERRED,
            encounter=decision.encounter,
            replies=bubbles(self._told(standing, decision, now), self.new_id),
            effects=decision.effects,
            intents=decision.intents,
            inquiry=None if decision.erases else inquiry_of(decision.known or decision.encounter),
            inquiry_id=self.new_id(),
            now=now,
        )

    def _told(self, standing: Standing, decision: Decision, now: datetime) -> tuple[Reply, ...]:
        """The replies, with when the desk opens where that matters, and what ends every answer now."""
        replies = decision.replies
        if self.opening is not None and not standing.writer:
            replies = self.opening.with_opening(decision, now=now)
        return (*replies, *self.closing(standing.session_id, now))


def _no_closing(_: str, __: datetime) -> tuple[Reply, ...]:
    return ()
