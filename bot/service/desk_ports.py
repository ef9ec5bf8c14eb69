"""What the desk's use cases need from the store: accounts, the inbox, inquiries to read and inquiries to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.service.audit_records import AuditTrail
from bot.service.clinic_settings_records import SettingsBook
from bot.service.desk_account_ports import StaffBooks
from bot.service.desk_account_records import NewSession, Step
from bot.service.desk_background import BackgroundBook
from bot.service.desk_entries import EntryBook
from bot.service.desk_filters import Asked, View
from bot.service.desk_judgements import JudgementBook
from bot.service.desk_records import (
    Act,
    CallOutcome,
    Change,
    Inquiry,
    NewStaff,
    Place,
    Present,
    Queue,
    QueueEntry,
    Reason,
    Staff,
    StaffSession,
    Status,
)
from bot.service.desk_watch import WatchBook
from bot.service.export_records import ExportBook
from bot.service.person_records import PersonBook
from bot.service.report_records import ReportBook
from bot.service.training_records import TrainingBook


class AttemptBook(Protocol):
    """Guesses, counted under opaque keys."""

    def admit_attempt(self, attempt_id: str, *, limits: Mapping[str, int], now: datetime, since: datetime) -> bool:
        """Count a guess under each key of `limits`; False, and nothing counted, when a key has reached its limit."""
        ...

    def forget_attempts(self, attempt_id: str) -> None:
        """The guess was right: nothing counted under its keys counts any more."""
        ...


class AccountBook(AttemptBook, Protocol):
    """Staff accounts, set-up links and sessions; every token is known by its digest only."""

    def has_staff(self) -> bool:
        """Whether anyone can sign in yet."""
        ...

    def keep_link(self, digest: str, *, now: datetime, expires_at: datetime) -> None:
        """Keep a new set-up link; earlier ones that were not used open nothing any more."""
        ...

    def link_is_open(self, digest: str, *, now: datetime) -> bool:
        """Whether the link may still be used."""
        ...

    def use_link(self, digest: str, staff: NewStaff, *, now: datetime) -> bool:
        """Use the link up and make the account; False when the link is used, expired or unknown."""
        ...

    def email_is_taken(self, email: str) -> bool:
        """Whether there is an account with this address, active or not."""
        ...

    def credentials(self, email: str) -> tuple[Staff, str] | None:
        """An active account with its password hash."""
        ...

    def keep_failure(self, staff_id: str | None, *, now: datetime) -> None:
        """Write down that a password was wrong."""
        ...

    def enter(self, new: NewSession, *, password_hash: str, factor_required: bool) -> Step | None:
        """Open the session, or a half one that waits for the second factor; None when the password changed since."""
        ...

    def session(self, digest: str) -> StaffSession | None:
        """A session that was not ended, of an account that is active."""
        ...

    def touch_session(self, digest: str, *, now: datetime) -> None:
        """The session was used just now."""
        ...

    def end_session(self, digest: str, *, act: Act) -> None:
        """The session opens nothing any more."""
        ...

    def leave(self, digest: str, *, now: datetime) -> None:
        """Whatever this browser had opened, whole or half, is over: somebody signs in there anew."""
        ...


class Inbox(Protocol):
    """The list of inquiries."""

    def queue(self, asked: Asked, *, after: Place | None, limit: int, now: datetime) -> Queue:
        """A page of inquiries: most urgent first, the longest waiting first among equals."""
        ...

    def arrived(self, *, since: datetime, limit: int, act: Act) -> tuple[tuple[QueueEntry, ...], bool]:
        """What came in since then and is open, most urgent first; and whether there was more."""
        ...

    def counts(
        self, tabs: Mapping[str, tuple[str, tuple[View, ...]]], *, staff_id: str, at_most: int
    ) -> Mapping[str, int]:
        """How many inquiries each tab shows, by its status and views, counted no further than `at_most`."""
        ...


class Attendance(Protocol):
    """Who has which inquiry open."""

    def stay(self, inquiry_id: str, *, is_writing: bool, act: Act) -> tuple[Present, ...]:
        """They still have it open; the others who do."""
        ...


class InquiryFile(Protocol):
    """One inquiry to read; every read leaves an audit line."""

    def read(self, inquiry_id: str, *, act: Act) -> Inquiry | None:
        """The whole inquiry."""
        ...


class InquiryChanges(Protocol):
    """What staff change of an inquiry: whole or not at all, with an audit line."""

    def take(self, inquiry_id: str, *, owner_id: str | None, act: Act) -> Change:
        """Own the inquiry, if its owner is still `owner_id`."""
        ...

    def release(self, inquiry_id: str, *, act: Act) -> Change:
        """Own it no longer."""
        ...

    def set_status(self, inquiry_id: str, status: Status, *, reason: Reason | None, version: int, act: Act) -> Change:
        """Give it this status, if nobody changed it since `version`; closing has a reason."""
        ...

    def snooze(self, inquiry_id: str, *, until: datetime | None, version: int, act: Act) -> Change:
        """Out of sight until then, or back at once, if nobody changed it since `version`."""
        ...

    def add_note(self, inquiry_id: str, note_id: str, *, text: str, act: Act) -> Change:
        """Add a note."""
        ...

    def add_call(self, inquiry_id: str, call_id: str, *, outcome: CallOutcome, text: str | None, act: Act) -> Change:
        """Add a call, with the status that follows from it."""
        ...


@dataclass(frozen=True)
class DeskBooks:
    """Everything of the store that the desk works with."""

    accounts: AccountBook
    staff: StaffBooks
    inbox: Inbox
    file: InquiryFile
    changes: InquiryChanges
    audit: AuditTrail
    persons: PersonBook
    attendance: Attendance
    watch: WatchBook
    judgements: JudgementBook
    backgrounds: BackgroundBook
    entries: EntryBook
    exports: ExportBook
    reports: ReportBook
    training: TrainingBook
    settings: SettingsBook
