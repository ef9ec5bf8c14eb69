"""The clinic's own simple calendar: weekly hours less holidays and less what is taken, in the clinic's time zone.

Hours are what the clinic's clock shows. Times are counted in real minutes from the opening, so that on the days when
the clocks change none lies outside the hours and none lasts longer or shorter than the others.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.clinical.appointment import FreeTime, Practitioner
from bot.clinical.booking_times import AT_ONCE, slot_id

HOLD = timedelta(minutes=10)
"""How long a time is kept for a patient who is asked whether to book it."""
NOON = 12


@dataclass(frozen=True)
class Span:
    """From opening to closing, by the clinic's clock."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Worker:
    """A practitioner with the hours of each weekday, 0 for Monday."""

    practitioner: Practitioner
    hours: Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True)
class Taken:
    """A time of a practitioner that is held or booked."""

    practitioner: str
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Calendar:
    """Who works when; times are offered from `lead` after now up to the last day of the horizon."""

    workers: tuple[Worker, ...]
    minutes: int
    lead: timedelta
    horizon_days: int
    holidays: frozenset[date]
    zone: ZoneInfo

    @property
    def practitioners(self) -> tuple[Practitioner, ...]:
        """Everybody, in the order of the file."""
        return tuple(worker.practitioner for worker in self.workers)

    def name_of(self, practitioner: str) -> str:
        """The name behind an id; the id itself where it is no longer in the file."""
        return next((one.name for one in self.practitioners if one.id == practitioner), practitioner)

    def last_moment(self, now: datetime) -> datetime:
        """No time is offered from here on."""
        day = now.astimezone(self.zone).date() + timedelta(days=self.horizon_days + 1)
        return min(_at(day, time(), self.zone))

    def open_times(self, now: datetime) -> Iterator[FreeTime]:
        """Every time within hours, lead and horizon, whether taken or not."""
        today = now.astimezone(self.zone).date()
        for ahead in range(self.horizon_days + 1):
            day = today + timedelta(days=ahead)
            for worker in self.workers:
                yield from (one for one in self._of_day(worker, day) if one.starts_at >= now + self.lead)

    def free(self, taken: Sequence[Taken], *, now: datetime) -> tuple[FreeTime, ...]:
        """The open times that nobody has, in the order of offering: one in each half of each day, then the others."""
        busy = _Busy(taken)
        return _spread([one for one in self.open_times(now) if not busy.at(one)])

    def offers(self, practitioner: str, starts_at: datetime, minutes: int, *, now: datetime) -> bool:
        """Whether this is one of the calendar's times now, taken or not."""
        if minutes != self.minutes or not now + self.lead <= starts_at < self.last_moment(now):
            return False
        day = starts_at.astimezone(self.zone).date()
        mine = [worker for worker in self.workers if worker.practitioner.id == practitioner]
        return any(one.starts_at == starts_at for worker in mine for one in self._of_day(worker, day))

    def local(self, moment: datetime) -> datetime:
        """The moment by the clinic's clock, with its offset then."""
        return _fixed(moment.astimezone(self.zone))

    def _of_day(self, worker: Worker, day: date) -> Iterator[FreeTime]:
        if day in self.holidays:
            return
        length = timedelta(minutes=self.minutes)
        for span in worker.hours.get(day.weekday(), ()):
            start, end = max(_at(day, span.opens, self.zone)), min(_at(day, span.closes, self.zone))
            while start + length <= end:
                who = worker.practitioner
                yield FreeTime(who.id, who.name, _fixed(start.astimezone(self.zone)), self.minutes)
                start += length


def page_of(free: Sequence[FreeTime], *, page: int, offered: Collection[str]) -> tuple[FreeTime, ...]:
    """Two pages at most: what was offered and is still free, then what comes next, round and round."""
    known = [one for one in free if slot_id(one.practitioner, one.starts_at) in offered]
    begin = AT_ONCE * (page + bool(offered)) % len(free) if free else 0
    following = [one for one in (*free[begin:], *free[:begin]) if one not in known]
    return (*known, *following)[: 2 * AT_ONCE]


class _Busy:
    """What is taken, found by practitioner and time."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        self._spans: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        for one in sorted(taken, key=lambda one: one.starts_at):
            self._spans[one.practitioner].append((one.starts_at, one.ends_at))

    def at(self, time: FreeTime) -> bool:
        """Somebody has this time or a part of it; those who have one before it have no later one."""
        spans = self._spans.get(time.practitioner, [])
        end = time.starts_at + timedelta(minutes=time.minutes)
        before = bisect_left(spans, end, key=lambda span: span[0])
        return any(ends > time.starts_at for _, ends in spans[:before])


def _spread(times: Sequence[FreeTime]) -> tuple[FreeTime, ...]:
    """The first time of every half day, then the second of each, and so on."""
    seen: Counter[tuple[date, bool]] = Counter()
    ranked = []
    for one in sorted(times, key=lambda one: (one.starts_at, one.practitioner)):
        half = (one.starts_at.date(), one.starts_at.hour < NOON)
        ranked.append((seen[half], one.starts_at, one.practitioner, one))
        seen[half] += 1
    return tuple(row[-1] for row in sorted(ranked, key=lambda row: row[:3]))


def _at(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments that the clinic's clock may mean by this: two of them on the nights when it is changed."""
    shown = datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    return shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)


def _fixed(moment: datetime) -> datetime:
    """The same moment with its offset only, so that two of them can always be compared."""
    offset = moment.utcoffset()
    return moment.astimezone(timezone(offset)) if offset is not None else moment
