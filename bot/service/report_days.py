"""One day of the clinic, counted: how far chats came, what was found, how soon staff answered, what they thought."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.clinical.vocabulary import Finding
from bot.service.desk_clock import AnswerClock
from bot.service.desk_judgements import name_of
from bot.service.report_records import Counted, Counts, ReportBook, Screened, Talked

STILL = timedelta(minutes=30)
"""A chat without a word for so long has ended."""
LONGEST_WAIT = 60 * 24 * 60
OF_TALKS = frozenset({Counted.START, Counted.QUESTIONS})
OF_INQUIRIES = frozenset({Counted.FINDINGS, Counted.REGIONS, Counted.LEVELS, Counted.RESPONSE})


@dataclass(frozen=True)
class Days:
    """Counts days of the clinic."""

    book: ReportBook
    answer_clock: AnswerClock
    zone: ZoneInfo

    def count(self, day: date, subjects: Collection[Counted], *, now: datetime) -> Counts:
        """What there was on a day, as it stands now."""
        since, until = self.begins(day), self.begins(day + timedelta(days=1))
        counts: dict[Counted, Counter[str]] = {subject: Counter() for subject in subjects}
        if OF_TALKS & counts.keys():
            counts |= _of_talks(self.book.talked(since, until), now)
        if OF_INQUIRIES & counts.keys():
            counts |= self._of_inquiries(self.book.screened(since, until), now)
        if Counted.AGREEMENT in counts:
            judged = self.book.judged(since, until)
            for (urgency, verdict), count in judged.items():
                counts[Counted.AGREEMENT][f"{name_of(urgency)}:{verdict}"] += count
        return {subject: counts[subject] for subject in subjects}

    def begins(self, day: date) -> datetime:
        """When a day of the clinic begins."""
        return datetime.combine(day, time(), self.zone)

    def _of_inquiries(self, inquiries: Sequence[Screened], now: datetime) -> dict[Counted, Counter[str]]:
        return {
            Counted.FINDINGS: Counter(key for one in inquiries for key in _findings(one)),
            Counted.REGIONS: Counter(region for one in inquiries for region in dict.fromkeys(one.regions)),
            Counted.LEVELS: Counter(one.level for one in inquiries),
            Counted.RESPONSE: Counter(
                f"{one.level}:{key}" for one in inquiries if not one.by_desk for key in self._response(one, now)
            ),
        }

    def _response(self, one: Screened, now: datetime) -> Iterator[str]:
        """That it came, what became of the promise, and after how many minutes it was opened and answered."""
        yield "came"
        due = self.answer_clock.promised(one.urgency, one.since)
        if one.reached_at is None and one.is_done:
            yield "without"
        elif due is not None and (one.reached_at or now) > due:
            yield "late"
        else:
            yield "in_time" if one.reached_at else "open"
        for what, at in (("opened", one.opened_at), ("reached", one.reached_at)):
            if at is not None:
                yield f"{what}@{rough_minutes((at - one.since) / timedelta(minutes=1))}"


def _of_talks(talks: Sequence[Talked], now: datetime) -> dict[Counted, Counter[str]]:
    return {
        Counted.START: Counter(step for one in talks for step in _steps(one)),
        Counted.QUESTIONS: Counter(key for one in talks for key in _questions(one, now)),
    }


def _steps(one: Talked) -> Iterator[str]:
    yield "opened"
    steps = {
        "wrote": one.has_written,
        "inquiry": one.is_inquiry,
        "result": one.has_result,
        "visit": one.wants_visit,
        "booked": one.is_booked,
    }
    yield from (step for step, is_done in steps.items() if is_done)


def _questions(one: Talked, now: datetime) -> Iterator[str]:
    yield from (f"asked:{question}" for question in dict.fromkeys(one.questions))
    if one.questions and not one.has_result and now - one.last_activity_at >= STILL:
        yield f"stopped:{one.questions[-1]}"


def _findings(one: Screened) -> Iterator[str]:
    for finding in Finding:
        known = "present" if finding.value in one.present else "absent" if finding.value in one.absent else "unknown"
        yield f"{finding.value}:{known}"


def rough_minutes(minutes: float) -> int:
    """So many minutes, told up to a tenth: the end of the stretch that they fall into."""
    ends = _ends()
    return ends[min(bisect_left(ends, minutes), len(ends) - 1)]


@cache
def _ends() -> tuple[int, ...]:
    ends = [1]
    while ends[-1] < LONGEST_WAIT:
        ends.append(max(ends[-1] + 1, int(ends[-1] * 1.1)))
    return tuple(ends)
