"""Made-up staff of a demonstration: what they did about each inquiry, through the desk's own use cases."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import KnowledgeError
from bot.service.demonstration import PEOPLE, TurnableClock
from bot.service.desk_inquiries import Inquiries
from bot.service.desk_records import CallOutcome, Change, Inquiry, Reason, Staff, Status
from bot.service.desk_roles import Role

COLLEAGUE = Staff("made-up-reception", "Robin (made up)", "made-up-reception@made-up.invalid", Role.RECEPTION)
URGENT_FIRST, URGENT_BETWEEN = timedelta(minutes=1), timedelta(minutes=1)
"""An emergency is opened at once, and the calls follow one upon the other."""
FIRST, BETWEEN = timedelta(minutes=20), timedelta(minutes=15)


@dataclass(frozen=True)
class MadeUpDesk:
    """The desk where they work, at whatever time the clock says."""

    inquiries: Inquiries
    clock: TurnableClock

    def work(self, inquiry_id: str, done: tuple[str, ...], *, is_urgent: bool, until: datetime) -> None:
        """Begin a while after the clock's time and do these things in order, each on the opened inquiry."""
        pause, between = (URGENT_FIRST, URGENT_BETWEEN) if is_urgent else (FIRST, BETWEEN)
        for one in done:
            self.clock.at = min(self.clock.at + pause, until)
            inquiry = self.inquiries.read(inquiry_id, COLLEAGUE)
            if inquiry is None or self._do(one, inquiry) is not Change.DONE:
                raise KnowledgeError(f"{PEOPLE.name}: the desk does not let staff do {one!r} there")
            pause = between

    def _do(self, one: str, inquiry: Inquiry) -> Change:
        what, _, detail = one.partition(": ")
        id, (word, _, line) = inquiry.entry.id, detail.partition(", ")
        if what == "take":
            return self.inquiries.take(id, COLLEAGUE, owner_id=None)
        if what == "note":
            return self.inquiries.add_note(id, COLLEAGUE, text=detail)
        if what == "call":
            return self.inquiries.log_call(id, COLLEAGUE, outcome=CallOutcome(word), text=line)
        if what == "close":
            reason, version = Reason(word), inquiry.version
            return self.inquiries.set_status(id, COLLEAGUE, status=Status.CLOSED, version=version, reason=reason)
        raise KnowledgeError(f"{PEOPLE.name}: desk knows take, note, call and close, not {what!r}")
