"""What is asked of the audit, and what it answers with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.service.audit_chain import AuditLine, Verdict
from bot.service.desk_records import Act


@dataclass(frozen=True)
class Asked:
    """Which lines: None asks for any; `since` is the first moment, `until` the first that is too late."""

    since: datetime | None = None
    until: datetime | None = None
    actor: str | None = None
    action: str | None = None
    subject: str | None = None


@dataclass(frozen=True)
class LastCheck:
    """When the whole chain was verified last, and whether it held."""

    at: datetime
    held: bool


class AuditTrail(Protocol):
    """The audit, to read and to verify. Its calls block and raise StorageError."""

    def check(self) -> Iterator[Verdict]:
        """Verifies the whole chain; how far it is after each page, at last the verdict. Nothing is written."""
        ...

    def keep_verdict(self, verdict: Verdict, *, act: Act) -> None:
        """Write down that the chain was verified, and what came of it."""
        ...

    def last_check(self) -> LastCheck | None:
        """The newest verdict that was written down."""
        ...

    def oldest_first(self, asked: Asked) -> Iterator[AuditLine]:
        """Every line that was asked for, in the order of the chain."""
        ...

    def page(self, asked: Asked, *, before: int | None, limit: int) -> tuple[AuditLine, ...]:
        """The newest lines that were asked for, of those with a lower id than `before`."""
        ...

    def at(self, id: int) -> AuditLine | None:
        """The line with this id."""
        ...

    def names(self) -> dict[str, str]:
        """The names of all staff, by id."""
        ...

    def keep_look(self, action: str, *, act: Act, unless_since: datetime | None = None) -> None:
        """Write down that somebody looked; with `unless_since`, only if they have no such line since then."""
        ...
