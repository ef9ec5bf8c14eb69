"""What staff do with inquiries: look through the inbox, open one, own it, note, call, and set its status."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clinical.document import Document, document
from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.summary import summarise
from bot.clinical.voice import Voice
from bot.errors import NotUnderstood
from bot.service.desk_entry_records import DESK
from bot.service.desk_filters import SCOPES, Asked, InboxQuery, View
from bot.service.desk_ports import Attendance, Inbox, InquiryChanges, InquiryFile
from bot.service.desk_records import (
    Act,
    CallOutcome,
    Change,
    Inquiry,
    Place,
    Present,
    Queue,
    QueueEntry,
    Reason,
    Staff,
    Status,
)
from bot.service.ports import Clock

PAGE = 25
MORNING = 200
"""Lines of a morning list; nobody prints more."""
COUNTED = 100
"""Inquiries of one status are counted up to here, so that the inbox costs the same however many there are."""
LEFT_AFTER = timedelta(minutes=30)
LONGEST_NOTE = 4000
LONGEST_CALL_LINE = 500
LONGEST_SNOOZE = timedelta(days=60)
TABS: Mapping[str, tuple[str, tuple[View, ...]]] = {
    **{status: (status, ()) for status in SCOPES},
    **{view.value: ("open", (view,)) for view in View if view not in (View.LEFT_EARLY, View.NEW_TO_ME)},
}
"""What is counted beside its name; the rest depends on the moment or on who asks."""


@dataclass(frozen=True)
class Inquiries:
    """The use cases of the inbox and the inquiry page."""

    inbox: Inbox
    file: InquiryFile
    changes: InquiryChanges
    attendance: Attendance
    protocol: Protocol
    clinic: Clinic
    clock: Clock
    new_id: Callable[[], str]

    def queue(self, query: InboxQuery, staff: Staff, *, after: str | None = None) -> Queue:
        """A page of the inbox, most urgent first, then the longest waiting."""
        now = self.clock.now()
        asked = Asked(query, staff.id, now - LEFT_AFTER)
        return self.inbox.queue(asked, after=read_place(after) if after else None, limit=PAGE, now=now)

    def since(self, moment: datetime, staff: Staff) -> tuple[tuple[QueueEntry, ...], bool]:
        """What came in since then and is open, most urgent first; and whether there was more. The reading is kept."""
        return self.inbox.arrived(since=moment, limit=MORNING, act=self._act(staff))

    def counts(self, staff: Staff) -> Mapping[str, int]:
        """How many inquiries each of TABS shows, counted up to COUNTED."""
        return self.inbox.counts(TABS, staff_id=staff.id, at_most=COUNTED)

    def stay(self, inquiry_id: str, staff: Staff, *, is_writing: bool) -> tuple[Present, ...]:
        """They still have the inquiry open; who else does."""
        return self.attendance.stay(inquiry_id, is_writing=is_writing, act=self._act(staff))

    def read(self, inquiry_id: str, staff: Staff) -> Inquiry | None:
        """The whole inquiry; that it was read is written down."""
        return self.file.read(inquiry_id, act=self._act(staff))

    def summary(self, inquiry: Inquiry) -> tuple[str, ...]:
        """The plain lines for the clinic's own system."""
        return summarise(inquiry.encounter, self.protocol) if inquiry.encounter else ()

    def document(self, inquiry: Inquiry) -> Document | None:
        """The result as the patient may print it, with nothing withheld; None when the encounter is damaged."""
        if inquiry.encounter is None:
            return None
        region, language = self.protocol.region.id, self.protocol.language
        facts = Facts(self.clock.now(), self.clinic, region=region, language=language)
        return document(inquiry.encounter, Voice(self.protocol, facts))

    def left_early(self, entry: QueueEntry) -> bool:
        """The patient stopped before the end, half an hour ago or longer."""
        return left_early(entry, self.clock.now())

    def take(self, inquiry_id: str, staff: Staff, *, owner_id: str | None) -> Change:
        """The inquiry is this staff member's, if its owner is still the one that was seen."""
        return self.changes.take(inquiry_id, owner_id=owner_id, act=self._act(staff))

    def release(self, inquiry_id: str, staff: Staff) -> Change:
        """The inquiry is free for others."""
        return self.changes.release(inquiry_id, act=self._act(staff))

    def set_status(
        self, inquiry_id: str, staff: Staff, *, status: Status, version: int, reason: Reason | None = None
    ) -> Change:
        """The inquiry has this status; it closes for a reason, and an urgent one never without a written word."""
        if status is Status.CLOSED and reason is None:
            return Change.REASON_NEEDED
        kept = reason if status is Status.CLOSED else None
        return self.changes.set_status(inquiry_id, status, reason=kept, version=version, act=self._act(staff))

    def snooze(self, inquiry_id: str, staff: Staff, *, until: datetime | None, version: int) -> Change:
        """The inquiry is out of sight until then, or back at once."""
        now = self.clock.now()
        if until is not None and not now < until <= now + LONGEST_SNOOZE:
            raise NotUnderstood("an inquiry is snoozed until a time within the next 60 days")
        return self.changes.snooze(inquiry_id, until=until, version=version, act=self._act(staff))

    def add_note(self, inquiry_id: str, staff: Staff, *, text: str) -> Change:
        """The note is kept as it was written."""
        if not text.strip():
            return Change.NOTE_NEEDED
        if len(text) > LONGEST_NOTE:
            raise NotUnderstood(f"a note has at most {LONGEST_NOTE} characters")
        return self.changes.add_note(inquiry_id, self.new_id(), text=text.strip(), act=self._act(staff))

    def log_call(self, inquiry_id: str, staff: Staff, *, outcome: CallOutcome, text: str) -> Change:
        """The call is kept with its line; booked and left messages change the status."""
        if len(text) > LONGEST_CALL_LINE:
            raise NotUnderstood(f"the line of a call has at most {LONGEST_CALL_LINE} characters")
        line = text.strip() or None
        return self.changes.add_call(inquiry_id, self.new_id(), outcome=outcome, text=line, act=self._act(staff))

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.clock.now())


def left_early(entry: QueueEntry, now: datetime) -> bool:
    """The patient stopped before the end, half an hour before now or longer."""
    from_patient = entry.channel != DESK
    return from_patient and not entry.complete and now - entry.last_activity_at >= LEFT_AFTER


def write_place(place: Place) -> str:
    """A place in the inbox as it may stand in an address."""
    plain = f"{place.urgency}|{place.waiting_since.isoformat()}|{place.id}"
    return base64.urlsafe_b64encode(plain.encode()).decode()


def read_place(written: str) -> Place:
    """The place that `write_place` wrote; NotUnderstood when it is none."""
    try:
        urgency, since, id = base64.urlsafe_b64decode(written.encode()).decode().split("|")
        place = Place(int(urgency), datetime.fromisoformat(since), id)
    except (binascii.Error, ValueError):
        raise NotUnderstood("the address names no place in the inbox") from None
    if place.waiting_since.tzinfo is None or abs(place.urgency) > COUNTED:
        raise NotUnderstood("the address names no place in the inbox")
    return place
