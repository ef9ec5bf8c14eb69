"""A patient's conversation: open it, take its messages, see what is known, hear what comes later.

A message goes this way: it is normalised and screened in memory, kept and committed, and only then answered. A retry
with the same id gets the very same replies. When nothing can be kept, StorageError carries what the patient must see.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

from bot.clinical.advance import opening
from bot.clinical.encounter import Encounter
from bot.clinical.reading import RedFlag
from bot.clinical.view import view
from bot.clinical.vocabulary import FlagClass, Level
from bot.errors import Conflict, Forbidden, InputError, StorageError
from bot.service.accept import Accepted, accepted, check_offered
from bot.service.answering import Answering
from bot.service.bubbles import NewId, bubbles
from bot.service.consent import Consent, consent_opening
from bot.service.deciding import Deciding
from bot.service.failsafe import unstored
from bot.service.fanout import Fanout
from bot.service.ports import Clock, EncounterView, Ledger, Screening
from bot.service.records import (
    Arrival,
    Incoming,
    KeptMessage,
    MessageState,
    Opened,
    Opening,
    Standing,
    StoredReply,
)
from bot.service.sessions import Sessions
from bot.service.takeover import Takeover
from bot.service.threads import Threads
from bot.service.trouble import where
from bot.service.turnstile import Turnstile

log = logging.getLogger("needlepoint.conversations")
LONG = 400
"""Texts from this length are screened in a thread, so that nobody else waits for them."""


@dataclass(frozen=True)
class Tools:
    """What the conversations work with; bootstrap puts it together once."""

    ledger: Ledger
    threads: Threads
    screening: Screening
    deciding: Deciding
    answering: Answering
    fanout: Fanout
    turnstile: Turnstile
    sessions: Sessions
    clock: Clock
    new_id: NewId
    consent: Consent | None = None
    """Only where consent is asked before anything is stored."""
    takeover: Takeover | None = None
    """Only where staff can write to patients."""


class Conversations:
    """The use cases of a patient's conversation."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._run = tools.threads.run
        self._protocol = tools.deciding.protocol

    async def open(self, *, channel: str, language: str) -> Opened:
        """A new session: its id, its token and the opening replies."""
        tools, now = self._tools, self._tools.clock.now()
        session_id = tools.new_id()
        begin = consent_opening if tools.consent else opening
        shown = bubbles(begin(tools.deciding.facts(now), self._protocol), tools.new_id)
        new = Opening(
            session_id=session_id,
            channel=channel,
            language=language if language == self._protocol.language else self._protocol.language,
            notice=self._protocol.version,
            encounter=Encounter(),
            replies=shown,
            now=now,
        )
        try:
            replies = await self._run(tools.ledger.open, new)
        except StorageError as error:
            raise self._with_safety(error, ()) from None
        return Opened(session_id, tools.sessions.token_for(session_id), replies)

    async def take(self, session_id: str, incoming: Incoming) -> tuple[StoredReply, ...]:
        """The stored replies to one message; the same id again gives the same replies and changes nothing."""
        message = accepted(incoming)
        standing: Standing | None = None
        async with self._tools.turnstile.turn(session_id):
            try:
                standing = await self._relieved(await self._find(session_id, message), message)
                return await self._take(standing, message)
            except (InputError, asyncio.CancelledError):
                raise
            except Exception as error:  # noqa: BLE001  # whatever broke, safety text must still reach the patient
                log.error("a message was not answered: %s", where(error))
                flags = await self._screened_at_last(message, standing)
                raise self._with_safety(error, flags, message.choices) from None

    async def encounter(self, session_id: str) -> EncounterView:
        """What is known of the patient, as the chat API shows it."""
        return view((await self._find(session_id)).encounter)

    async def standing(self, session_id: str) -> Standing:
        """Where the conversation stands; Forbidden when there is none any more."""
        return await self._find(session_id)

    async def replies_after(self, session_id: str, seq: int) -> tuple[StoredReply, ...]:
        """The replies of a conversation with a higher seq, in order."""
        return await self._run(self._tools.ledger.replies_after, session_id, seq)

    async def subscribe(self, session_id: str, *, after: int | None = None) -> AsyncIterator[StoredReply]:
        """Replies with a higher seq than `after`, or all that came late when it is None; then what arrives."""
        with self._tools.fanout.listen(session_id) as arriving:
            last = after or 0
            for reply in await self.replies_after(session_id, last):
                last = reply.seq
                if after is not None or reply.late:
                    yield reply
            while True:
                reply = await arriving.get()
                if reply.seq > last:
                    yield reply

    def session_of(self, token: str) -> str:
        """The session that a token opens, known without the database; Forbidden when it opens none."""
        return self._tools.sessions.session_of(token)

    def signpost(self) -> tuple[StoredReply, ...]:
        """What a patient must see even when nothing else can be done."""
        return self._unstored((), ())

    async def _take(self, standing: Standing, message: Accepted) -> tuple[StoredReply, ...]:
        consent = self._tools.consent
        if consent and standing.same is None:
            replies = await consent.take(standing, message)
            if replies is not None:
                return replies
        kept = standing.same or await self._keep(standing, message)
        if kept.digest != message.digest:
            raise Conflict("this id was used before with other content; use a new id for a new message")
        if kept.state is not MessageState.RECEIVED:
            return kept.replies
        return await self._tools.answering.answer(standing, kept)

    async def _keep(self, standing: Standing, message: Accepted) -> KeptMessage:
        if not standing.writer:  # what is tapped then is for staff to read
            check_offered(message, standing, self._protocol)
        arrival = Arrival(
            session_id=standing.session_id,
            message_id=self._tools.new_id(),
            client_id=message.client_id,
            digest=message.digest,
            text=message.text,
            choices=message.choices,
            in_reply_to=message.in_reply_to,
            flags=await self._screened(message, standing),
            now=self._tools.clock.now(),
        )
        return await self._run(self._tools.ledger.receive, arrival)

    async def _find(self, session_id: str, message: Accepted | None = None) -> Standing:
        named = {"client_id": message.client_id, "in_reply_to": message.in_reply_to} if message else {}
        standing = await self._run(self._tools.ledger.standing, session_id, **named)
        if standing is None and self._tools.consent:
            await self._tools.consent.reopen(session_id, channel="web", language=self._protocol.language)
            standing = await self._run(self._tools.ledger.standing, session_id)
        if standing is None:
            raise Forbidden("there is no such session any more; open a new one")
        return standing

    async def _relieved(self, standing: Standing, message: Accepted) -> Standing:
        """Where the conversation stands; one that no staff attend to any more goes on with its questions."""
        takeover = self._tools.takeover
        if standing.writer and takeover and await takeover.relieve(standing):
            return await self._find(standing.session_id, message)
        return standing

    async def _screened(self, message: Accepted, standing: Standing | None) -> tuple[RedFlag, ...]:
        if message.text is None:
            return ()
        recent = standing.recent if standing else ()
        known = _known(standing.encounter) if standing else frozenset()
        today = self._tools.clock.now().date()
        screen = partial(self._tools.screening.screen, message.text, recent, known=known, today=today)
        return screen() if len(message.text) < LONG else await asyncio.to_thread(screen)

    async def _screened_at_last(self, message: Accepted, standing: Standing | None) -> tuple[RedFlag, ...]:
        try:
            return await self._screened(message, standing)
        except Exception as error:  # noqa: BLE001  # without a screen the signpost is still right
            log.error("a message was not screened: %s", where(error))
            return ()

    def _with_safety(self, error: Exception, flags: tuple[RedFlag, ...], choices: tuple[str, ...] = ()) -> StorageError:
        return StorageError(where(error), replies=self._unstored(flags, choices))

    def _unstored(self, flags: tuple[RedFlag, ...], choices: tuple[str, ...]) -> tuple[StoredReply, ...]:
        facts = self._tools.deciding.facts(self._tools.clock.now())
        replies = unstored(flags, choices, facts=facts, protocol=self._protocol)
        return bubbles(replies, self._tools.new_id)


def _known(encounter: Encounter) -> frozenset[FlagClass]:
    return frozenset(flag.flag_class for flag in encounter.flags if flag.level is not Level.NONE)
