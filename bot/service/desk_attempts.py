"""Guesses at passwords and codes: counted before they are looked at, ten in a quarter of an hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.service.desk_ports import AttemptBook
from bot.service.desk_tokens import keyed_digest

WINDOW = timedelta(minutes=15)
ADDRESS_SHARE = 3
"""One address may fail this many times as often as one account: a clinic's staff share theirs."""


@dataclass(frozen=True)
class Attempts:
    """Admits attempts as long as neither the account nor the address has used its own up."""

    book: AttemptBook
    secret: str
    allowed: int
    new_id: Callable[[], str]

    def admit(self, kind: str, whose: str, *, address: str, now: datetime) -> str | None:
        """The id of the counted attempt; None, and nothing counted, when there were too many."""
        attempt_id = self.new_id()
        limits = {
            self._key(kind, whose): self.allowed,
            self._key("address", address): self.allowed * ADDRESS_SHARE,
        }
        is_admitted = self.book.admit_attempt(attempt_id, limits=limits, now=now, since=now - WINDOW)
        return attempt_id if is_admitted else None

    def _key(self, kind: str, value: str) -> str:
        """An opaque key, so that no e-mail address nobody has here is ever kept."""
        return keyed_digest(self.secret, "desk", kind, value)
