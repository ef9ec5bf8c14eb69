"""What staff take out: one inquiry for the clinic's own system, or what the inbox shows as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clinical.protocol import Protocol
from bot.service.csv_file import spreadsheet
from bot.service.desk_filters import Asked, InboxQuery
from bot.service.desk_inquiries import LEFT_AFTER, left_early
from bot.service.desk_records import Act, Inquiry, Staff
from bot.service.export_records import Bundles, ExportBook, ExportRow, Form, Span
from bot.service.inquiry_rows import InquiryTable
from bot.service.papers import Paper, Press
from bot.service.ports import Clock


@dataclass(frozen=True)
class Outlets:
    """What makes files of records: one draws papers, the other writes bundles for other systems."""

    press: Press
    bundles: Bundles


@dataclass(frozen=True)
class Exports:
    """The use cases of records that leave; every one is written down before anything is handed out."""

    book: ExportBook
    outlets: Outlets
    protocol: Protocol
    zone: ZoneInfo
    clock: Clock

    def hand_on(self, inquiry_id: str, staff: Staff, *, form: Form) -> Inquiry | None:
        """A whole inquiry that is handed on in this form; None where there is none."""
        return self.book.one(inquiry_id, form=form, act=Act(staff.id, self.clock.now()))

    def drawn(self, paper: Paper) -> bytes:
        """The paper as a PDF."""
        return self.outlets.press.draw(paper)

    def bundle(self, inquiry: Inquiry) -> str:
        """The inquiry as a FHIR bundle; ExportError when no valid one can be made."""
        return self.outlets.bundles.bundle(inquiry, at=self.clock.now())

    def inbox(self, query: InboxQuery, staff: Staff) -> Iterator[str]:
        """What the inbox shows under these filters, a row for each inquiry, in its order."""
        now = self.clock.now()
        asked, act = Asked(query, staff.id, now - LEFT_AFTER), Act(staff.id, now)
        ids = self.book.shown(asked, kinds=kinds_of(query), act=act)
        return self.table(self.book.rows(ids), now=now)

    def arrived(self, span: Span, act: Act, *, form: Form) -> Sequence[str]:
        """The ids of what came in within the span, for whoever runs the server."""
        return self.book.arrived(span, form=form, act=act)

    def table(self, rows: Iterable[ExportRow], *, now: datetime) -> Iterator[str]:
        """The table of these inquiries, portion by portion."""
        written = InquiryTable(self.protocol, self._moment, left_early=lambda row: left_early(row.entry, now))
        return spreadsheet(written.header, (written.cells(row) for row in rows))

    def _moment(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).isoformat(timespec="seconds")


def kinds_of(query: InboxQuery) -> tuple[str, ...]:
    """What a query filters by, each kind once; never the values, for a search holds words of patients."""
    return tuple(sorted({kind for kind, _ in query.pairs()}))
