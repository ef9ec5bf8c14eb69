"""One person's data at the desk: seen, taken out, held and erased."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.service.desk_records import Act, Staff
from bot.service.person_records import Erasing, HoldReason, Person, PersonBook, Standing
from bot.service.ports import Clock
from bot.service.retention import Retention


@dataclass(frozen=True)
class Persons:
    """The use cases of a person's own page."""

    book: PersonBook
    retention: Retention
    clock: Clock

    def see(self, inquiry_id: str, staff: Staff) -> Person | None:
        """What is held; that it was looked at is written down."""
        return self.book.read(inquiry_id, action="person.read", detail=None, act=self._act(staff))

    def take_out(self, inquiry_id: str, staff: Staff, *, form: str) -> Person | None:
        """Everything that is held, to hand over in this form; that it was taken out is written down."""
        return self.book.read(inquiry_id, action="person.exported", detail=form, act=self._act(staff))

    def must_keep(self, standing: Standing) -> bool:
        """It is the clinic's record, and its years are not over."""
        return self.retention.must_keep(standing, self.clock.now())

    def kept_until(self, standing: Standing) -> datetime:
        """When it is erased without anybody asking."""
        return self.retention.kept_until(standing)

    def erase(self, inquiry_id: str, staff: Staff) -> Erasing:
        """Erase all of it, unless a hold or the clinic's record stands against it."""
        return self.book.erase(inquiry_id, keeping=self.must_keep, act=self._act(staff))

    def hold(self, inquiry_id: str, staff: Staff, reason: HoldReason) -> bool:
        """Nobody may erase it; False where there is no such inquiry."""
        return self.book.hold(inquiry_id, reason, act=self._act(staff))

    def end_hold(self, inquiry_id: str, staff: Staff) -> bool:
        """It may be erased again; False where there is no hold."""
        return self.book.end_hold(inquiry_id, act=self._act(staff))

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.clock.now())


def as_json(person: Person, *, clinic: str, at: datetime) -> str:
    """Everything that is held, as a file for machines."""
    whole = {"clinic": clinic, "taken_out_at": at.isoformat(), **person.held}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
