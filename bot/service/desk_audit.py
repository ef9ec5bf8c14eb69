"""The audit at the desk: what is asked of it, page by page, and what is written of every look at patients' records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.service.audit_chain import AuditLine
from bot.service.audit_records import Asked, AuditTrail, LastCheck
from bot.service.csv_file import csv_lines
from bot.service.desk_records import Act, Staff
from bot.service.ports import Clock

PAGE = 50
UNATTENDED = timedelta(minutes=15)
"""A page that refreshes itself is written down again after so long: it may still be looked at."""
HEADER = ("line", "at", "actor", "staff", "action", "subject", "detail")


@dataclass(frozen=True)
class AuditPage:
    """One page, newest line first; `older` is the id before which the next one begins, None on the last."""

    lines: tuple[AuditLine, ...]
    older: int | None
    names: dict[str, str]
    last_check: LastCheck | None


@dataclass(frozen=True)
class DeskAudit:
    """The use cases of the audit page, and of every page that shows patients."""

    trail: AuditTrail
    zone: ZoneInfo
    clock: Clock

    def looked(self, staff: Staff, action: str) -> None:
        """Somebody opened a page that shows patients."""
        self.trail.keep_look(action, act=self._act(staff))

    def refreshed(self, staff: Staff, action: str) -> None:
        """Such a page asked for itself again: one line in a quarter of an hour says that it was open."""
        act = self._act(staff)
        self.trail.keep_look(action, act=act, unless_since=act.now - UNATTENDED)

    def page(self, asked: Asked, staff: Staff, *, before: int | None) -> AuditPage:
        """The newest lines that were asked for; that they were read is written down."""
        found = self.trail.page(asked, before=before, limit=PAGE + 1)
        lines = found[:PAGE]
        self.looked(staff, "audit.read")
        older = lines[-1].id if len(found) > PAGE else None
        return AuditPage(lines, older, self.trail.names(), self.trail.last_check())

    def export(self, asked: Asked, staff: Staff) -> Iterator[str]:
        """A CSV file of every line that was asked for, oldest first; that it was taken out is written down."""
        self.looked(staff, "audit.exported")
        names = self.trail.names()
        return csv_lines(HEADER, (_row(line, names) for line in self.trail.oldest_first(asked)))

    def day(self, day: date) -> tuple[datetime, datetime]:
        """When a day of the clinic begins and ends."""
        return datetime.combine(day, time(), self.zone), datetime.combine(day + timedelta(days=1), time(), self.zone)

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.clock.now())


def _row(line: AuditLine, names: dict[str, str]) -> tuple[int | str | None, ...]:
    said = line.said
    at = said.at.astimezone(UTC).isoformat(timespec="seconds")
    return line.id, at, said.actor, names.get(said.actor), said.action, said.subject, said.detail
