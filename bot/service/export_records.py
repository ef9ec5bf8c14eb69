"""What leaves the system: rows for a table, one inquiry for another system, and the ports they come and go by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.clinical.encounter import Encounter
from bot.service.desk_filters import Asked
from bot.service.desk_records import Act, Inquiry, QueueEntry, Request


class Form(str, Enum):
    """In what form records leave."""

    PDF = "pdf"
    FHIR = "fhir"
    CSV = "csv"


@dataclass(frozen=True)
class Span:
    """Inquiries that came in from `since` on and before `until`; None is no bound."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ExportRow:
    """One inquiry as a table has it; `encounter` is None when what was stored cannot be read."""

    entry: QueueEntry
    created_at: datetime
    language: str
    payer: str | None
    encounter: Encounter | None
    request: Request | None
    calls: int
    notes: int


class ExportBook(Protocol):
    """Inquiries on their way out. Its calls block and raise StorageError."""

    def one(self, inquiry_id: str, *, form: Form, act: Act) -> Inquiry | None:
        """A whole inquiry, with an audit line that it was handed on; None where there is none."""
        ...

    def shown(self, asked: Asked, *, kinds: Sequence[str], act: Act) -> Sequence[str]:
        """The ids of what the inbox shows, in its order, with an audit line of their number and the filters' kinds."""
        ...

    def arrived(self, span: Span, *, form: Form, act: Act) -> Sequence[str]:
        """The ids of what came in within the span, oldest first, with an audit line of their number."""
        ...

    def rows(self, ids: Sequence[str]) -> Iterator[ExportRow]:
        """These inquiries in this order, a few at a time; what was erased meanwhile is left out."""
        ...

    def whole(self, ids: Sequence[str]) -> Iterator[Inquiry]:
        """The same with everything that the inquiry page shows; whoever asks has written down that they leave."""
        ...


class Bundles(Protocol):
    """Inquiries for the systems of others."""

    def bundle(self, inquiry: Inquiry, *, at: datetime) -> str:
        """The inquiry as a valid FHIR R4B bundle in JSON, made at this moment; ExportError when there can be none."""
        ...
