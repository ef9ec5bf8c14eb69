"""The retention job: what has been kept long enough is erased, in small batches, as often as one likes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.service.actors import SYSTEM
from bot.service.desk_records import Act
from bot.service.person_records import Standing
from bot.service.ports import Clock
from bot.service.retention import ATTEMPTS_KEPT, Retention

BATCH = 50
PAGE = 500
NIGHT = range(2, 5)
"""Hours of the clinic in which the job runs, and the disk is tidied."""
DAILY, LATEST = timedelta(hours=20), timedelta(hours=30)
"""Not before, and where the machine sleeps at night, at any hour after."""
QUIET = timedelta(minutes=5)

Place = tuple[datetime, str]


class RetentionBook(Protocol):
    """What the job asks of the store. Its calls block and raise StorageError."""

    def oldest(self, *, before: datetime, after: Place | None, limit: int) -> Sequence[tuple[Place, Standing]]:
        """A page of the conversations last heard of before a moment, the oldest first, each with its place."""
        ...

    def erase(self, sessions: Sequence[str], *, over: Callable[[Standing], bool], act: Act) -> Counter[str]:
        """Erase those that are still over, in one transaction; how many of each class."""
        ...

    def forget(self, *, ends: "Ends", limit: int, only_count: bool) -> Counter[str]:
        """Delete so many mails, sign-in attempts and codes whose time is over; how many of each."""
        ...

    def keep_run(self, *, act: Act) -> None:
        """Write down that the job ran."""
        ...

    def last_run(self) -> datetime | None:
        """When it ran last."""
        ...

    def is_untidy(self) -> bool:
        """Something was erased since the disk was tidied."""
        ...

    def newest_activity(self) -> datetime | None:
        """When a patient was last heard of."""
        ...

    def tidy(self, *, act: Act) -> bool:
        """Nothing of what was erased is left in the database's files; False when others are in the way just now."""
        ...


@dataclass(frozen=True)
class Ends:
    """Before which moments the rest is over."""

    mails: datetime
    attempts: datetime
    codes: datetime


@dataclass(frozen=True)
class Retaining:
    """One run of the job."""

    book: RetentionBook
    retention: Retention
    clock: Clock

    def run(self) -> Counter[str]:
        """Erase everything whose time is over; how many of each class."""
        now = self.clock.now()
        act = Act(SYSTEM, now)
        erased: Counter[str] = Counter()
        for sessions in self._over(now):
            for start in range(0, len(sessions), BATCH):
                some = [standing.session_id for standing in sessions[start : start + BATCH]]
                erased += self.book.erase(some, over=lambda one: self.retention.is_over(one, now), act=act)
        while forgotten := self.book.forget(ends=self._ends(now), limit=PAGE, only_count=False):
            erased += forgotten
        self.book.keep_run(act=act)
        return erased

    def look(self) -> Counter[str]:
        """What a run would erase now; nothing is changed."""
        now = self.clock.now()
        counted = Counter(one.kept_as.value for sessions in self._over(now) for one in sessions)
        return counted + self.book.forget(ends=self._ends(now), limit=PAGE, only_count=True)

    def _over(self, now: datetime) -> Iterator[list[Standing]]:
        """Page by page those whose time is over; the place is kept, for what stays is not looked at twice."""
        before, after = self.retention.looked_at_before(now), None
        while page := self.book.oldest(before=before, after=after, limit=PAGE):
            yield [standing for _, standing in page if self.retention.is_over(standing, now)]
            after = page[-1][0]

    def _ends(self, now: datetime) -> Ends:
        return Ends(mails=now - self.retention.mail, attempts=now - ATTEMPTS_KEPT, codes=now)

    def is_due(self, zone: ZoneInfo) -> bool:
        """Once a day, at night; at any hour when the last night was missed."""
        now, last = self.clock.now(), self.book.last_run()
        if last is None or now - last >= LATEST:
            return True
        return now - last >= DAILY and now.astimezone(zone).hour in NIGHT

    def tidy_now(self) -> bool:
        """Tidy the disk if there is anything to tidy; whether it is tidy now."""
        return not self.book.is_untidy() or self.book.tidy(act=Act(SYSTEM, self.clock.now()))

    def tidy(self) -> bool:
        """Tidy the disk if there is anything to tidy and no patient is writing; whether it is tidy now."""
        if not self.book.is_untidy():
            return True
        newest = self.book.newest_activity()
        if newest is not None and self.clock.now() - newest < QUIET:
            return False
        return self.tidy_now()
