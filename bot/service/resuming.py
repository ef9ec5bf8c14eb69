"""Going on with a conversation: after a reload, the next day, or on another device by a one-time code."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.errors import Forbidden
from bot.service.codes import MINUTES, digest_of, new_code, read_code
from bot.service.consent import QUESTION
from bot.service.conversations import Tools
from bot.service.records import History, KeptMessage, Standing, StoredReply
from bot.service.transcript import in_order

MOST_SHOWN = 400
"""Messages, and as many replies, that a transcript goes back at most."""

Find = Callable[[str], Awaitable[Standing]]
"""Where a session's conversation stands; Forbidden when there is none any more."""


@dataclass(frozen=True)
class Entry:
    """One line of a transcript: what the patient said or tapped, in words, or a reply as it was sent."""

    id: str
    text: str | None = None
    reply: StoredReply | None = None


@dataclass(frozen=True)
class Transcript:
    """A conversation as its patient left it; `open` put the question that waits, `last` is the newest reply's seq."""

    entries: tuple[Entry, ...]
    open: StoredReply | None
    last: int


@dataclass(frozen=True)
class Resumed:
    """A conversation that goes on elsewhere: the same session with a token of its own."""

    session: str
    token: str
    transcript: Transcript


class Resuming:
    """The use cases of coming back."""

    def __init__(self, tools: Tools, *, find: Find, secret: str) -> None:
        self._tools = tools
        self._run = tools.threads.run
        self._find = find
        self._secret = secret

    async def transcript(self, session_id: str) -> Transcript:
        """What was said so far, and the question that is open."""
        standing = await self._find(session_id)
        history = await self._run(self._tools.ledger.history, session_id, limit=MOST_SHOWN)
        replies = history.replies
        labels = dict(label for reply in replies for label in _labels(reply.public()))
        entries = tuple(
            Entry(one.id, reply=one) if isinstance(one, StoredReply) else self._said(one, labels)
            for one in in_order([(one.seq, one) for one in history.messages], _answers(history))
        )
        return Transcript(entries, _open_reply(standing, replies), replies[-1].seq if replies else 0)

    async def make_code(self, session_id: str) -> str:
        """A new one-time code for this conversation; Conflict while it is only held in memory."""
        await self._find(session_id)
        code, now = new_code(), self._tools.clock.now()
        digest, ends = digest_of(code, secret=self._secret), now + timedelta(minutes=MINUTES)
        if not await self._run(self._tools.ledger.keep_code, session_id, digest, now=now, expires_at=ends):
            raise Forbidden("there is no such session any more; open a new one")
        return code

    async def resume(self, written: str) -> Resumed | None:
        """The conversation that a code opens; None, whatever is wrong with the code."""
        code = read_code(written)
        if code is None:
            return None
        digest = digest_of(code, secret=self._secret)
        session_id = await self._run(self._tools.ledger.use_code, digest, now=self._tools.clock.now())
        if session_id is None:
            return None
        token = self._tools.sessions.token_for(session_id)
        return Resumed(session_id, token, await self.transcript(session_id))

    def _said(self, message: KeptMessage, labels: Mapping[str, str]) -> Entry:
        if message.text is not None:
            return Entry(message.client_id, text=message.text)
        tapped = (labels.get(id) or self._label(id) for id in message.choices)
        return Entry(message.client_id, text="\n".join(tapped))

    def _label(self, id: str) -> str:
        """The label of a choice that no reply at hand offers, such as a control, which is always on offer."""
        for name in (id, id.partition(".")[2]):
            for labels in (*self._tools.deciding.protocol.choices.values(), self._tools.deciding.protocol.labels):
                if name in labels:
                    return labels[name]
        return id


def _answers(history: History) -> Iterable[tuple[int | None, StoredReply]]:
    """Each reply with the seq of the message it answers or follows."""
    seqs = {message.message_id: message.seq for message in history.messages}
    answered = {reply.id: message.seq for message in history.messages for reply in message.replies}
    answered |= {reply: seqs[message] for reply, message in history.followed.items() if message in seqs}
    return ((answered.get(reply.id), reply) for reply in history.replies)


def _labels(body: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What could be tapped in a reply, by id."""
    data = body.get("data") or {}
    return [(choice["id"], choice["label"]) for choice in (*body.get("choices", ()), *data.get("fix", ()))]


def _open_reply(standing: Standing, replies: tuple[StoredReply, ...]) -> StoredReply | None:
    """The newest reply that put the open question; the question for consent is open wherever it was put last.

    Nothing is open while staff write to the patient.
    """
    if standing.writer:
        return None
    waiting = standing.encounter.open_question
    asked = {waiting.id} if waiting else set()
    newest = replies[-1].public()["question"] if replies else None
    asked |= {QUESTION} & {newest}
    return next((reply for reply in reversed(replies) if reply.public()["question"] in asked), None)
