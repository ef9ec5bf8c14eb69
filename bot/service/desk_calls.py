"""Enter for the caller: the chat's own conversation, led by staff who read its questions out and enter the answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails
from bot.clinical.reply import Reply
from bot.errors import Forbidden
from bot.service.desk_entry_records import DESK
from bot.service.desk_records import Act, Staff
from bot.service.desk_triage import Triage, desk_answer, with_contact_of
from bot.service.records import Incoming, Standing
from bot.service.resuming import Transcript


@dataclass(frozen=True)
class Call:
    """A call as far as it came: what was said, and the question to put now."""

    session_id: str
    encounter: Encounter
    transcript: Transcript
    unasked: Reply | None
    """The open question where no reply has put it yet, as after a pasted text."""


@dataclass(frozen=True)
class Calls:
    """The use cases of a call; each knows conversations of the desk only, never one of a patient's chat."""

    triage: Triage
    new_id: Callable[[], str]

    async def open(self, staff: Staff) -> str:
        """The session of a new call."""
        talk = self.triage.talk
        opened = await talk.conversations.open(channel=DESK, language=self.triage.protocol.language)
        await asyncio.to_thread(self.triage.book.opened, opened.session, act=self._act(staff))
        return opened.session

    async def read(self, session_id: str, staff: Staff) -> Call:
        """The call; that it was read is written down."""
        standing = await self._standing(session_id)
        transcript = await self.triage.talk.resuming.transcript(session_id)
        await asyncio.to_thread(self.triage.book.looked, session_id, act=self._act(staff))
        unasked = None if transcript.open else self._unasked(standing.encounter, transcript)
        return Call(session_id, standing.encounter, transcript, unasked)

    async def take(self, session_id: str, incoming: Incoming) -> None:
        """What the caller answered, ticked or in words; the same errors as in the chat."""
        await self._standing(session_id)
        await self.triage.talk.conversations.take(session_id, incoming)

    async def finish(self, session_id: str, contact: ContactDetails, staff: Staff) -> str:
        """The inquiry of the call, with whom to call back; Overtaken when it cannot be kept as it was seen."""
        standing = await self._standing(session_id)
        encounter = with_contact_of(standing.encounter, self.triage.tidied(contact))
        act = self._act(staff)
        answer = desk_answer(session_id, "", encounter, version=standing.version, now=act.now)
        return await asyncio.to_thread(self.triage.book.finish, answer, zone=self.triage.zone, act=act)

    async def _standing(self, session_id: str) -> Standing:
        standing = await self.triage.talk.conversations.standing(session_id)
        if standing.channel != DESK:
            raise Forbidden("only what the desk began is entered at the desk")
        return standing

    def _unasked(self, encounter: Encounter, transcript: Transcript) -> Reply | None:
        """Nobody was answered when a text was pasted: what the chat would have asked is asked now."""
        waiting, first = encounter.open_question, next(iter(transcript.entries), None)
        if waiting is None or first is None or first.text is None:
            return None
        replies = self.triage.screen(first.text).replies
        return next((reply for reply in replies if reply.question == waiting.id), None)

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.triage.clock.now())
