"""The reports at the desk: what was counted of a period, today as it stands now."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.service.csv_file import csv_lines
from bot.service.ports import Clock
from bot.service.report_days import Days
from bot.service.report_period import Period
from bot.service.report_records import Counted
from bot.service.report_tables import Table, table_of

MOST_LIVE = 3
"""Days that are counted while somebody waits for the page: today, and those the job has not come to yet."""


@dataclass(frozen=True)
class Report:
    """One subject of a period; `not_counted` is the day up to which nothing is counted yet, if there is such a day."""

    period: Period
    table: Table
    not_counted: date | None = None


@dataclass(frozen=True)
class Reports:
    """The use cases of the reports."""

    days: Days
    clock: Clock

    def today(self) -> date:
        """Today by the clinic's calendar."""
        return self.clock.now().astimezone(self.days.zone).date()

    def report(self, subject: Counted, period: Period) -> Report:
        """What was counted of a subject in a period, as it may be shown."""
        counted = self._counted_before()
        counts = Counter[str]()
        if counted is not None and period.first < counted:
            last = min(period.last, counted - timedelta(days=1))
            counts += self.days.book.kept((subject,), period.first, last)[subject]
        live = self._live(period, counted)
        for day in live:
            counts += self.days.count(day, (subject,), now=self.clock.now())[subject]
        return Report(period, table_of(subject, counts), self._gap(period, counted, live))

    def export(self, report: Report) -> Iterator[str]:
        """The table of a report as a CSV file, with the same figures as on the page."""
        table = report.table
        return csv_lines((table.subject.value, *table.columns), table.lines())

    def _counted_before(self) -> date | None:
        until = self.days.book.counted_until()
        return until.astimezone(self.days.zone).date() if until else None

    def _live(self, period: Period, counted: date | None) -> list[date]:
        today = self.today()
        newest = [today - timedelta(days=n) for n in range(MOST_LIVE)]
        return [day for day in newest if period.first <= day <= period.last and (counted is None or day >= counted)]

    def _gap(self, period: Period, counted: date | None, live: list[date]) -> date | None:
        """The last day of the period that is neither kept nor counted now; None where there is none."""
        began = self.days.book.began() if counted is None else None
        first = counted or (began.astimezone(self.days.zone).date() if began else self.today())
        first_live = min(live, default=period.last + timedelta(days=1))
        gap = first_live - timedelta(days=1)
        return gap if max(first, period.first) <= gap else None
