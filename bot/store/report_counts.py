"""The reports' book: rows of a day to count, the counts that are kept of it, and how far they are."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from bot.service.report_records import Counted, Counts, Screened, Talked
from bot.store import report_rows
from bot.store.tables import conversations, judgements, report_counts, report_marks
from bot.store.transaction import Database

MARK = "counts"
_MARK = select(report_marks.c.at).where(report_marks.c.name == MARK)


class ReportCounts:
    """bot.service.report_records.ReportBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def talked(self, since: datetime, until: datetime) -> tuple[Talked, ...]:
        """The conversations that patients began between two moments."""
        with self._database.read() as connection:
            return report_rows.talked(connection, since, until)

    def screened(self, since: datetime, until: datetime) -> tuple[Screened, ...]:
        """The inquiries that came between two moments."""
        with self._database.read() as connection:
            return report_rows.screened(connection, since, until)

    def judged(self, since: datetime, until: datetime) -> Counter[tuple[int, str]]:
        """The judgements between two moments, by the screening's urgency and the verdict."""
        one = judgements.c
        found = select(one.screened, one.verdict, func.count()).where(one.judged_at >= since, one.judged_at < until)
        with self._database.read() as connection:
            rows = connection.execute(found.group_by(one.screened, one.verdict)).all()
        return Counter({(screened, verdict): count for screened, verdict, count in rows})

    def kept(self, subjects: Collection[Counted], first: date, last: date) -> Counts:
        """What was counted of these days."""
        one = report_counts.c
        found = select(one.subject, one.key, func.sum(one.count)).where(
            one.subject.in_([subject.value for subject in subjects]), one.day.between(str(first), str(last))
        )
        counts: dict[Counted, Counter[str]] = {subject: Counter() for subject in subjects}
        with self._database.read() as connection:
            for subject, key, count in connection.execute(found.group_by(one.subject, one.key)):
                counts[Counted(subject)][key] = int(count)
        return counts

    def keep(self, day: date, counts: Counts, *, until: datetime) -> None:
        """The counts of a day are these; everything before `until` is counted."""
        rows = [
            {"subject": subject.value, "day": str(day), "key": key, "count": count}
            for subject, counter in counts.items()
            for key, count in counter.items()
        ]
        with self._database.write() as connection:
            connection.execute(delete(report_counts).where(_of_day(day)))
            if rows:
                connection.execute(insert(report_counts), rows)
            _move_mark(connection, until)

    def counted_until(self) -> datetime | None:
        """Everything before this moment is counted; None where nothing is yet."""
        with self._database.read() as connection:
            return connection.execute(_MARK).scalar_one_or_none()

    def began(self) -> datetime | None:
        """When the first conversation was opened; None where there is none."""
        with self._database.read() as connection:
            return connection.execute(select(func.min(conversations.c.opened_at))).scalar_one_or_none()


def _of_day(day: date) -> Any:
    one = report_counts.c
    return one.subject.in_([subject.value for subject in Counted]) & (one.day == str(day))


def _move_mark(connection: Connection, until: datetime) -> None:
    """Forward only: a day that is counted again leaves the mark where it is."""
    standing = connection.execute(_MARK).scalar_one_or_none()
    if standing is None:
        connection.execute(insert(report_marks).values(name=MARK, at=until))
    elif standing < until:
        connection.execute(report_marks.update().where(report_marks.c.name == MARK).values(at=until))
