"""What the use cases of live takeover and the store tell each other: how a chat changes hands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.clinical.encounter import Encounter
from bot.service.chat import Chat
from bot.service.desk_records import Act
from bot.service.records import StoredReply


class Left(str, Enum):
    """Why a chat was handed back."""

    DONE = "done"
    CLOSED = "closed"
    """Its inquiry was closed."""
    ABSENT = "absent"
    """Nobody of the staff wrote or looked for a while."""


@dataclass(frozen=True)
class Taking:
    """Somebody takes a chat that nobody had, or that `seen` had; `reply` tells the patient."""

    chat: Chat
    seen: str | None
    reply: StoredReply
    act: Act


@dataclass(frozen=True)
class HandBack:
    """A chat goes back to the questions, worked out from the conversation as it stood at `version`."""

    session_id: str
    version: int
    writer_id: str
    unattended_since: datetime | None
    """When staff had last looked, where that is the reason; it must still be so."""
    encounter: Encounter
    replies: tuple[StoredReply, ...]
    left: Left
    actor: str
    now: datetime


class ChatBook(Protocol):
    """The chats of the store. Its calls block and raise StorageError."""

    def find(self, inquiry_id: str) -> Chat | None:
        """The chat of an inquiry."""
        ...

    def take(self, taking: Taking) -> tuple[StoredReply, ...] | None:
        """The chat is theirs, and the inquiry where it was nobody's; None when somebody else was quicker."""
        ...

    def write(self, chat: Chat, reply: StoredReply, *, act: Act) -> tuple[StoredReply, ...] | None:
        """The reply as it is kept, nothing when it was kept before; None when the chat is not theirs."""
        ...

    def hand_back(self, hand_back: HandBack) -> tuple[StoredReply, ...]:
        """The chat is nobody's; Overtaken when the conversation is no longer as it was seen."""
        ...

    def name_of(self, staff_id: str) -> str:
        """The name of one of the staff."""
        ...

    def unattended(self, *, since: datetime, limit: int) -> Sequence[str]:
        """Sessions that somebody writes in, where nobody of the staff has looked since then."""
        ...
