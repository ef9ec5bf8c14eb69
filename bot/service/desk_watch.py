"""Urgent inquiries that nobody has opened: what every page says of them, and what is new since somebody looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.service.ports import Clock

SHOWN = 20
"""So many unopened urgent inquiries are looked at; with more than these, counting is not what is missing."""


class SecondPath(str, Enum):
    """What became of the mail to whoever is on duty."""

    NOT_YET = "not_yet"
    SENT = "sent"
    FAILING = "failing"
    NONE = "none"
    """No address, or no mail server, is set."""


@dataclass(frozen=True)
class Unopened:
    """An urgent inquiry that nobody has opened since then."""

    inquiry_id: str
    conversation_id: str
    since: datetime


@dataclass(frozen=True)
class News:
    """How many inquiries nobody has opened, and how many of them are urgent; `newest` changes with every arrival."""

    unread: int
    urgent: int
    newest: str = ""


@dataclass(frozen=True)
class Alarm:
    """Urgent inquiries that nobody has opened, the longest waiting since then, and whether mail got through."""

    waiting: tuple[Unopened, ...]
    mail: SecondPath

    @property
    def since(self) -> datetime:
        """Since when the longest waiting of them has not been opened."""
        return min(one.since for one in self.waiting)


class WatchBook(Protocol):
    """What the store tells of urgent inquiries and of arrivals."""

    def unopened(self, *, limit: int) -> tuple[Unopened, ...]:
        """Urgent inquiries that nobody has opened since their patient last wrote."""
        ...

    def second_path(self, inquiry_ids: Sequence[str]) -> SecondPath:
        """What became of the mails about these."""
        ...

    def news(self, *, at_most: int) -> News:
        """What nobody has opened, counted no further than that."""
        ...

    def mark(self, inquiry_id: str) -> str | None:
        """What changes with everything that happens in the chat of an inquiry."""
        ...


@dataclass(frozen=True)
class Watch:
    """Looks after what nobody has opened."""

    book: WatchBook
    clock: Clock
    counted: int

    def alarm(self) -> Alarm | None:
        """What every page of the desk warns of; None when nothing urgent waits unopened."""
        waiting = self.book.unopened(limit=SHOWN)
        if not waiting:
            return None
        return Alarm(waiting, self.book.second_path([one.inquiry_id for one in waiting]))

    def news(self) -> News:
        """What the live line of the inbox says."""
        return self.book.news(at_most=self.counted)

    def mark(self, inquiry_id: str) -> str | None:
        """What changes with everything that happens in the chat of an inquiry; None where there is none."""
        return self.book.mark(inquiry_id)
