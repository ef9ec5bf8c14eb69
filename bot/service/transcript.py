"""A conversation in the order in which it was said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

Said = TypeVar("Said")
Sent = TypeVar("Sent")


@dataclass(frozen=True)
class Line:
    """One line of the transcript, exactly as it was written or sent.

    A patient's line has either `text` or the `choices` that were tapped, by label; a reply has its `kind`.
    """

    at: datetime
    by_patient: bool
    text: str | None
    choices: tuple[str, ...] = ()
    kind: str | None = None
    writer: str | None = None
    """The first name of whoever of the staff wrote it."""


def in_order(said: Sequence[tuple[int, Said]], sent: Iterable[tuple[int | None, Sent]]) -> Iterator[Said | Sent]:
    """Messages and replies in one row, without a clock: each message stands before the reply that answers it.

    `said` are messages with their seq, in order; `sent` are replies in order, each with the seq of the message it
    answers or follows, None for those that stand where they were sent.
    """
    waiting = list(said)
    for answered, reply in sent:
        while answered is not None and waiting and waiting[0][0] <= answered:
            yield waiting.pop(0)[1]
        yield reply
    for _, message in waiting:
        yield message
