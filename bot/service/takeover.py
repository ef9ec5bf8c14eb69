"""Live takeover: one of the staff writes to a patient, while nothing is asked and red flags are still heard.

Every change is decided by the conversation's own row; the turnstile only keeps what is published in its order.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from bot.clinical.encounter import Stage
from bot.clinical.reply import Reply, ReplyKind, contract
from bot.clinical.voice import Voice
from bot.errors import NotUnderstood, Overtaken, StorageError, TooLong
from bot.service.actors import SYSTEM
from bot.service.bubbles import NewId, bubbles
from bot.service.chat import Chat
from bot.service.chat_records import ChatBook, HandBack, Left, Taking
from bot.service.deciding import Deciding, Decision
from bot.service.desk_records import Act, Change, Staff
from bot.service.fanout import Fanout
from bot.service.normalise import normalised
from bot.service.ports import Clock, Ledger
from bot.service.records import Standing, StoredReply
from bot.service.threads import Threads
from bot.service.turnstile import Turnstile

LONGEST = 2000
LONGEST_NAME = 40
ATTEMPTS = 5
AT_ONCE = 50
"""Chats handed back in one look."""


@dataclass(frozen=True)
class Takeover:
    """The use cases of writing to a patient; `patience` is how long nobody of the staff may look."""

    book: ChatBook
    ledger: Ledger
    threads: Threads
    deciding: Deciding
    fanout: Fanout
    turnstile: Turnstile
    clock: Clock
    new_id: NewId
    patience: timedelta

    async def take(self, inquiry_id: str, staff: Staff, *, seen: str | None) -> Change:
        """The chat is theirs, if nobody has it, or still whoever was `seen` to have it."""
        chat = await self.threads.run(self.book.find, inquiry_id)
        if chat is None or not chat.is_writable:
            return Change.NOT_FOUND
        if chat.writer_id == staff.id:
            return Change.DONE
        told = self._told("takeover.joined", staff.name)
        async with self.turnstile.turn(chat.session_id):
            (reply,) = bubbles((told,), self.new_id)
            taking = Taking(chat, seen, reply, Act(staff.id, self.clock.now()))
            return self._publish(chat.session_id, await self.threads.run(self.book.take, taking))

    async def write(self, inquiry_id: str, staff: Staff, *, form_id: str, text: str) -> Change:
        """The patient has it, once, however often the form is sent; NotUnderstood or TooLong when it cannot be sent."""
        written = normalised(text).strip()
        if not written:
            raise NotUnderstood("the message is empty")
        if len(written) > LONGEST:
            raise TooLong(f"a message has at most {LONGEST:,} characters")
        chat = await self.threads.run(self.book.find, inquiry_id)
        if chat is None:
            return Change.NOT_FOUND
        reply = _bubble(written, staff.name, id=_derived(chat.session_id, staff.id, form_id, written))
        async with self.turnstile.turn(chat.session_id):
            act = Act(staff.id, self.clock.now())
            return self._publish(chat.session_id, await self.threads.run(self.book.write, chat, reply, act=act))

    async def hand_back(self, inquiry_id: str, staff: Staff) -> Change:
        """Their chat goes back to the questions."""
        chat = await self.threads.run(self.book.find, inquiry_id)
        if chat is None:
            return Change.NOT_FOUND
        if chat.writer_id != staff.id:
            return Change.OVERTAKEN
        return await self._end(chat, Left.DONE, staff)

    async def close(self, inquiry_id: str, staff: Staff) -> None:
        """The inquiry was closed: whoever writes in its chat, it goes back to the questions."""
        chat = await self.threads.run(self.book.find, inquiry_id)
        if chat is not None and chat.writer_id is not None:
            await self._end(chat, Left.CLOSED, staff)

    async def relieve(self, standing: Standing) -> bool:
        """Whether a chat that nobody attends to was handed back, for its patient writes; the caller holds its turn.

        Nothing is asked yet, for the answer to the message does that.
        """
        silent = Decision(standing.encounter, ())
        return self._is_unattended(standing) and await self._give_back(standing, silent, Left.ABSENT, SYSTEM)

    async def sweep(self) -> int:
        """Hand back the chats that nobody attends to; how many."""
        since = self.clock.now() - self.patience
        sessions = await self.threads.run(self.book.unattended, since=since, limit=AT_ONCE)
        return sum([await self._relieve(session_id) for session_id in sessions])

    def is_heard(self, chat: Chat) -> bool:
        """The patient has the chat open at this process; where there are more, they may at another."""
        return self.fanout.is_heard(chat.session_id)

    async def _relieve(self, session_id: str) -> bool:
        async with self.turnstile.turn(session_id):
            standing = await self.threads.run(self.ledger.standing, session_id)
            if standing is None or not self._is_unattended(standing):
                return False
            decision = await self.deciding.resume(standing, now=self.clock.now())
            return await self._give_back(standing, decision, Left.ABSENT, SYSTEM)

    def _is_unattended(self, standing: Standing) -> bool:
        if standing.writer is None or standing.attended_at is None:
            return False
        return self.clock.now() - standing.attended_at >= self.patience

    async def _end(self, chat: Chat, left: Left, staff: Staff) -> Change:
        async with self.turnstile.turn(chat.session_id):
            for _ in range(ATTEMPTS):
                standing = await self.threads.run(self.ledger.standing, chat.session_id)
                if standing is None or standing.writer != chat.writer_id:
                    return Change.OVERTAKEN
                decision = await self.deciding.resume(standing, now=self.clock.now())
                if await self._give_back(standing, decision, left, staff.id):
                    return Change.DONE
        raise StorageError("other answers of this conversation kept coming first")

    async def _give_back(self, standing: Standing, decision: Decision, left: Left, actor: str) -> bool:
        """Whether it was handed back; it was not where the conversation has moved on meanwhile."""
        now, writer = self.clock.now(), standing.writer or ""
        name = await self.threads.run(self.book.name_of, writer)
        replies = (self._told(_goodbye(left, standing), name), *decision.replies)
        unattended_since = standing.attended_at if left is Left.ABSENT else None
        kept = bubbles(replies, self.new_id)
        given = HandBack(
            standing.session_id, standing.version, writer, unattended_since, decision.encounter, kept, left, actor, now
        )
        try:
            self._publish(standing.session_id, await self.threads.run(self.book.hand_back, given))
        except Overtaken:
            return False
        return True

    def _publish(self, session_id: str, replies: tuple[StoredReply, ...] | None) -> Change:
        if replies is None:
            return Change.OVERTAKEN
        self.fanout.publish(session_id, replies)
        return Change.DONE

    def _told(self, key: str, name: str) -> Reply:
        facts = self.deciding.facts(self.clock.now())
        return Voice(self.deciding.protocol, facts).message(key, staff=first_name(name))


def first_name(name: str) -> str:
    """The name a patient is told: the first word that is no title."""
    words = [word for word in name.split() if not word.endswith(".")]
    return (words[0] if words else name.strip())[:LONGEST_NAME]


def _goodbye(left: Left, standing: Standing) -> str:
    if left is Left.ABSENT:
        return "takeover.absent"
    asks = standing.encounter.open_question is not None and standing.encounter.stage is not Stage.URGENT
    return "takeover.left" if asks else "takeover.left_open"


def _bubble(text: str, name: str, *, id: str) -> StoredReply:
    """A message of the staff as it is stored and sent."""
    body = {"id": id, **contract(Reply(ReplyKind.STAFF, text)), "data": {"name": first_name(name)}}
    return StoredReply(id, json.dumps(body, ensure_ascii=False))


def _derived(*parts: str) -> str:
    """An opaque id that the same parts always give: a form that is sent twice is one message."""
    return sha256("|".join(("written", *parts)).encode()).hexdigest()[:32]
