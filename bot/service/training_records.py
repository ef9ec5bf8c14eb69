"""Typed messages that the chat did not understand: what is kept of each, and what is asked of the store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.service.desk_records import Act

NOT_FOR_TRAINING = "none"
MISUNDERSTOOD = ("nonsense", "out_of_scope", "nlu_fallback")


class Why(str, Enum):
    """How it shows that a message was not understood."""

    NONSENSE = "nonsense"
    OUT_OF_SCOPE = "out_of_scope"
    FALLBACK = "fallback"
    """The chat said that it did not understand."""
    ASKED_AGAIN = "asked_again"
    """The chat put the same question again."""


@dataclass(frozen=True)
class Answered:
    """One typed message with how it was answered."""

    text: str
    intents: tuple[str, ...]
    question: str | None
    """Id of the question that waited, None where none did."""
    replies: tuple[str, ...]
    questions: tuple[str, ...]
    """Ids of the questions that its replies put."""


@dataclass(frozen=True)
class Unclear:
    """One message to label; `name` is what is known of its patient's name."""

    message_id: str
    text: str
    why: Why
    received_at: datetime
    question: str | None
    intents: tuple[str, ...]
    label: str | None
    inquiry_id: str | None
    name: str | None


class TrainingBook(Protocol):
    """The messages that were not understood. Its calls block and raise StorageError."""

    def collect(self, *, fallbacks: tuple[str, ...], now: datetime) -> bool:
        """Look through the next so many conversations; whether there are more."""
        ...

    def page(self, *, labelled: bool, before: tuple[datetime, str] | None, limit: int, act: Act) -> tuple[Unclear, ...]:
        """The newest, of those before a place; that they were read is written down."""
        ...

    def label(self, message_id: str, label: str, *, act: Act) -> bool:
        """The right intent of a message, in place of an earlier one; False where there is no such message."""
        ...

    def labelled(self, *, act: Act) -> Iterator[Unclear]:
        """Every message with an intent, oldest first; that they were taken out is written down."""
        ...


def why_unclear(message: Answered, *, fallbacks: tuple[str, ...]) -> Why | None:
    """How it shows that the message was not understood; None where it was."""
    first = message.intents[0] if message.intents else ""
    if first in MISUNDERSTOOD:
        return Why.OUT_OF_SCOPE if first == Why.OUT_OF_SCOPE.value else Why.NONSENSE
    if any(reply.startswith(fallback) for reply in message.replies for fallback in fallbacks):
        return Why.FALLBACK
    if message.question in message.questions and first in ASKS_FOR_NOTHING:
        return Why.ASKED_AGAIN
    return None


ASKS_FOR_NOTHING = ("", "inform", "describe_symptom", "affirm", "deny", "unsure")
"""After any other intent a question is put again because something else was asked for, and given."""
