"""Fakes of what the web application is handed: conversations in memory, and parts around them."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.clinical.document import Document
from bot.clinical.encounter import Encounter
from bot.clinical.notes import Note
from bot.clinical.view import view
from bot.errors import Conflict, Forbidden, NoResult, NotUnderstood, StorageError, TooLong
from bot.service.records import Incoming, Opened, StoredReply
from bot.service.resuming import Entry, Resumed, Transcript
from bot.settings import Settings, demo
from bot.web.parts import Parts, PartState

TOKEN = "token-of-session-1"


def reply(seq: int, text: str, *, kind: str = "message") -> StoredReply:
    """A stored reply as the service gives it."""
    body: dict[str, Any] = {
        "id": f"r{seq}",
        "kind": kind,
        "question": None,
        "text": text,
        "choices": [],
        "multiple": False,
    }
    return StoredReply(f"r{seq}", json.dumps({**body, "asks": None, "data": None}), seq)


class FakeConversations:
    """Echoes every text; keeps answers by id; fails when told to."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[Incoming, tuple[StoredReply, ...]]] = {}
        self.later: asyncio.Queue[StoredReply] = asyncio.Queue()
        self.gone = False
        self.broken = False

    async def open(self, *, channel: str, language: str) -> Opened:
        """The one session of this fake."""
        self._fail_when_told()
        return Opened("session-1", TOKEN, (reply(1, f"Hello from {channel} in {language}"),))

    async def take(self, session_id: str, incoming: Incoming) -> tuple[StoredReply, ...]:
        """The same answer for the same id."""
        self._fail_when_told()
        known = self.answers.get(incoming.id)
        if known and known[0] != incoming:
            raise Conflict("This id was used before with other content; use a new id for a new message.")
        self._check(incoming)
        answer = known[1] if known else (reply(len(self.answers) + 2, incoming.text or ",".join(incoming.choices)),)
        self.answers[incoming.id] = (incoming, answer)
        return answer

    async def encounter(self, session_id: str) -> Mapping[str, Any]:
        """An encounter nobody has said anything in."""
        self._fail_when_told()
        return view(Encounter())

    async def subscribe(self, session_id: str, *, after: int | None = None) -> AsyncIterator[StoredReply]:
        """What was sent after `after`, then what arrives."""
        for _, answer in list(self.answers.values()):
            for sent in answer:
                if after is not None and sent.seq > after:
                    yield sent
        while True:
            yield await self.later.get()

    def session_of(self, token: str) -> str:
        """Only one token opens the one session."""
        if token != TOKEN:
            raise Forbidden("no such session")
        return "session-1"

    def signpost(self) -> tuple[StoredReply, ...]:
        """Where to turn in an emergency."""
        return (reply(98, "If this is an emergency, call.", kind="emergency"),)

    def _fail_when_told(self) -> None:
        if self.gone:
            raise StorageError("the database is gone", replies=(reply(99, "Call now.", kind="emergency"),))
        if self.broken:
            raise ZeroDivisionError("my secret knee")

    def _check(self, incoming: Incoming) -> None:
        if incoming.text is not None and len(incoming.text) > 4000:
            raise TooLong("A message is at most 4,000 characters; send it in parts.")
        if incoming.text is not None and not incoming.text.strip():
            raise NotUnderstood("The text is empty; write a few words.")
        if "stale" in incoming.choices:
            raise Conflict("That choice is not on offer any more; answer the newest question.")


DOCUMENT = Document(
    title="What you told Harbour Physiotherapy",
    show="Show this to your physiotherapist",
    clinic="Harbour Physiotherapy",
    made_on=date(2026, 11, 22),
    made="Made on 22 November 2026",
    lines=("You told us: “it burns”.", "Only a hands-on examination can tell what it means."),
    count="1 of 7",
    rows=(("pain", "“it burns”"), ("swelling", "no")),
    notes=(Note("place", "Where", ("lower back",)), Note("background", "Also said", ("worse on stairs", "at night"))),
    findings_title="What our physiotherapists look for",
    notes_title="More about it",
    foot="A computer program put this together.",
    replaced="A box (□) stands for a letter that this file cannot show.",
)
LINK = "good.link-1"
CODE = "K7PM-4QXD"


class FakeSummaries:
    """One document, as long as there is a result."""

    def __init__(self) -> None:
        self.document: Document | None = DOCUMENT
        self.advice: tuple[StoredReply, ...] = ()
        self.gone = False
        self.sends_mail = True
        self.mailed: list[str] = []

    async def read(self, session_id: str) -> Document:
        """The document."""
        self._fail_when_told()
        if self.document is None:
            raise NoResult("there is no result to show; it comes at the end of the questions", replies=self.advice)
        return self.document

    async def link(self, session_id: str) -> str:
        """The one link of this fake."""
        await self.read(session_id)
        return f"/summary/{LINK}"

    async def shared(self, token: str) -> Document | None:
        """The document, behind the one link."""
        self._fail_when_told()
        return self.document if token == LINK else None

    async def send(self, session_id: str, *, to: str) -> None:
        """Remember whom it was sent to."""
        await self.read(session_id)
        if "@" not in to:
            raise NotUnderstood("to: is no e-mail address that mail can be sent to")
        self.mailed.append(to)

    def _fail_when_told(self) -> None:
        if self.gone:
            raise StorageError("the database is gone")


class FakeResuming:
    """A short conversation, and one code that opens it."""

    def __init__(self) -> None:
        self.typed: list[str] = []

    async def transcript(self, session_id: str) -> Transcript:
        """A notice, a message and its answer."""
        asked = reply(2, "Where?", kind="question")
        return Transcript(
            (Entry("r1", reply=reply(1, "Hello.")), Entry("m1", text="it burns"), Entry("r2", reply=asked)), asked, 2
        )

    async def make_code(self, session_id: str) -> str:
        """The one code."""
        return CODE

    async def resume(self, written: str) -> Resumed | None:
        """The session, for the one code."""
        self.typed.append(written)
        return Resumed("session-1", TOKEN, await self.transcript("session-1")) if written == CODE else None


async def ready() -> PartState:
    """A part without a fault."""
    return PartState(ready=True)


def settings(folder: Path, **changed: str) -> Settings:
    """The settings of a demonstration clinic in this folder."""
    return demo({"DATA_DIR": str(folder), "STORE_TIMEOUT": "30", **changed})


def parts(
    folder: Path,
    conversations: FakeConversations,
    *,
    summaries: FakeSummaries | None = None,
    resuming: FakeResuming | None = None,
    **changed: Any,
) -> Parts:
    """Parts around a fake, with these settings changed."""
    return Parts(
        settings=settings(folder, **changed),
        conversations=conversations,
        understand=_understood,
        checks={"database": ready, "rasa": ready},
        summaries=summaries or FakeSummaries(),
        resuming=resuming or FakeResuming(),
    )


async def _understood(line: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"id": line["id"], "findings": {}, "intents": []}
