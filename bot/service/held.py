"""Conversations that may not be stored yet: held in memory only, and written to the ledger at the patient's yes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.clinical.effect import EraseConversation
from bot.clinical.encounter import Encounter
from bot.errors import Conflict, EffectError, Overtaken, StorageError
from bot.service.ports import Ledger
from bot.service.records import Answer, Arrival, History, KeptMessage, MessageState, Opening, Standing, StoredReply

NOT_KEPT = "this chat is not kept yet: first answer whether we may keep what you write"
MOST_HELD = 2000
"""Conversations held at once; the oldest is forgotten first."""
RECENT = 4
CONFIRMED = ("yes",)
"""What is held of the message that confirmed that all be erased, also where it was typed."""


@dataclass
class _Held:
    opening: Opening
    encounter: Encounter
    version: int = 0
    messages: dict[str, KeptMessage] = field(default_factory=dict)
    replies: list[StoredReply] = field(default_factory=list)
    steps: list[Callable[[Ledger], Any]] = field(default_factory=list)
    arrivals: dict[str, Arrival] = field(default_factory=dict)


class HeldLedger:
    """bot.service.ports.Ledger that holds every new conversation until it is released into the real one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._lock = threading.Lock()

    def holds(self, session_id: str) -> bool:
        """Whether the conversation is in memory only."""
        return session_id in self._held

    def forget(self, session_id: str) -> None:
        """Nothing of a held conversation is left."""
        with self._lock:
            self._held.pop(session_id, None)

    def release(self, session_id: str) -> None:
        """Everything held of a conversation is now in the ledger, as it was said; again after a StorageError."""
        held = self._held[session_id]
        while held.steps:
            held.steps[0](self._ledger)
            held.steps.pop(0)
        self.forget(session_id)

    def open(self, opening: Opening) -> tuple[StoredReply, ...]:
        """Hold a new conversation; its opening replies with their seq."""
        held = _Held(opening, opening.encounter, steps=[_open(opening)])
        with self._lock:
            self._held[opening.session_id] = held
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)
            return _number(held, opening.replies, late=False)

    def standing(
        self, session_id: str, *, client_id: str | None = None, in_reply_to: str | None = None
    ) -> Standing | None:
        """Where a conversation stands, held or kept."""
        held = self._held.get(session_id)
        if held is None:
            return self._ledger.standing(session_id, client_id=client_id, in_reply_to=in_reply_to)
        texts = [message.text for message in held.messages.values() if message.text is not None]
        questions = {reply.id: reply.public()["question"] for reply in held.replies} if in_reply_to else {}
        return Standing(
            session_id=session_id,
            channel=held.opening.channel,
            language=held.opening.language,
            version=held.version,
            encounter=held.encounter,
            recent=tuple(texts[-RECENT:]),
            same=held.messages.get(client_id) if client_id else None,
            owed=tuple(one for one in held.messages.values() if one.state is not MessageState.ANSWERED),
            offered=questions.get(in_reply_to) if in_reply_to else None,
        )

    def receive(self, arrival: Arrival) -> KeptMessage:
        """Hold a message once, or keep it when its conversation is kept."""
        held = self._held.get(arrival.session_id)
        if held is None:
            return self._ledger.receive(arrival)
        with self._lock:
            if arrival.client_id not in held.messages:
                held.messages[arrival.client_id] = _message(arrival, seq=len(held.messages) + 1)
                held.arrivals[arrival.message_id] = arrival
                held.steps.append(_receive(arrival))
            return held.messages[arrival.client_id]

    def answer(self, answer: Answer) -> tuple[StoredReply, ...]:
        """Hold an answer, or keep it when its conversation is kept."""
        held = self._held.get(answer.session_id)
        if held is None:
            return self._ledger.answer(answer)
        with self._lock:
            message = next((one for one in held.messages.values() if one.message_id == answer.message_id), None)
            if message is None or held.version != answer.version or message.state is MessageState.ANSWERED:
                raise Overtaken("another answer of this conversation was held first")
            if answer.erases:
                answer, message = _begin_again(held, answer, message)
            replies = _number(held, answer.replies, late=answer.late)
            shown = message.replies if answer.late else replies
            held.messages[message.client_id] = replace(message, state=answer.state, replies=shown)
            held.version, held.encounter = held.version + 1, answer.encounter
            held.steps.append(_answer(answer))
            return replies

    def owed(self, *, received_by: datetime, limit: int) -> tuple[str, ...]:
        """Sessions that are owed a reply: held ones first."""
        with self._lock:
            waiting = [id for id, held in self._held.items() if _owes(held)][:limit]
        return (*waiting, *self._ledger.owed(received_by=received_by, limit=limit - len(waiting)))

    def replies_after(self, session_id: str, seq: int) -> tuple[StoredReply, ...]:
        """The replies of a conversation with a higher seq, held or kept."""
        held = self._held.get(session_id)
        if held is None:
            return self._ledger.replies_after(session_id, seq)
        return tuple(reply for reply in held.replies if reply.seq > seq)

    def history(self, session_id: str, *, limit: int) -> History:
        """The newest messages and replies of a conversation, held or kept."""
        held = self._held.get(session_id)
        if held is None:
            return self._ledger.history(session_id, limit=limit)
        with self._lock:
            return History(tuple(held.messages.values())[-limit:], tuple(held.replies)[-limit:])

    def keep_code(self, session_id: str, digest: str, *, now: datetime, expires_at: datetime) -> bool:
        """Conflict for a held conversation: what is only in memory here cannot be continued elsewhere."""
        if self.holds(session_id):
            raise Conflict(NOT_KEPT)
        return self._ledger.keep_code(session_id, digest, now=now, expires_at=expires_at)

    def use_code(self, digest: str, *, now: datetime) -> str | None:
        """The session of a code that is open, which is used up by this; None for every other code."""
        return self._ledger.use_code(digest, now=now)


def _begin_again(held: _Held, answer: Answer, message: KeptMessage) -> tuple[Answer, KeptMessage]:
    """The held conversation as if the message that erases were its first, without its words; the answer fits it."""
    confirming = replace(held.arrivals[message.message_id], text=None, choices=message.choices or CONFIRMED, flags=())
    later = [held.arrivals[one.message_id] for one in held.messages.values() if one.seq > message.seq]
    kept = [confirming, *later]
    held.arrivals = {arrival.message_id: arrival for arrival in kept}
    held.messages = {arrival.client_id: _message(arrival, seq=seq) for seq, arrival in enumerate(kept, start=1)}
    held.steps = [_open(held.opening), *(_receive(arrival) for arrival in kept)]
    held.version, held.replies = 0, []
    _number(held, held.opening.replies, late=False)
    effects = tuple(effect for effect in answer.effects if not isinstance(effect, EraseConversation))
    first = held.messages[confirming.client_id]
    return replace(answer, version=0, effects=effects, late=False, inquiry=None), first


def _open(opening: Opening) -> Callable[[Ledger], Any]:
    return lambda ledger: ledger.standing(opening.session_id) or ledger.open(opening)


def _receive(arrival: Arrival) -> Callable[[Ledger], Any]:
    return lambda ledger: ledger.receive(arrival)


def _answer(answer: Answer) -> Callable[[Ledger], Any]:
    def keep(ledger: Ledger) -> None:
        standing = ledger.standing(answer.session_id)
        if standing is None:
            raise StorageError("the conversation is gone")
        if standing.version != answer.version:
            return
        try:
            ledger.answer(answer)
        except EffectError:
            ledger.answer(replace(answer, effects=()))

    return keep


def _number(held: _Held, replies: tuple[StoredReply, ...], *, late: bool) -> tuple[StoredReply, ...]:
    first = len(held.replies) + 1
    numbered = tuple(replace(reply, seq=first + place, late=late) for place, reply in enumerate(replies))
    held.replies.extend(numbered)
    return numbered


def _message(arrival: Arrival, *, seq: int) -> KeptMessage:
    return KeptMessage(
        message_id=arrival.message_id,
        client_id=arrival.client_id,
        seq=seq,
        digest=arrival.digest,
        state=MessageState.RECEIVED,
        text=arrival.text,
        choices=arrival.choices,
        flags=arrival.flags,
    )


def _owes(held: _Held) -> bool:
    return any(message.state is not MessageState.ANSWERED for message in held.messages.values())
