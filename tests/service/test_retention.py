"""How long things are kept, and when the job that erases them runs."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.errors import StorageError
from bot.service.beside import BesideTask
from bot.service.daily_retention import DailyRetention
from bot.service.person_records import HoldReason, KeptAs, Standing
from bot.service.retaining import Retaining
from bot.service.retention import Retention, years_later

ZONE = ZoneInfo("America/Vancouver")
NIGHT = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEPT = Retention(left_early=30 * DAY, not_booked=400 * DAY, booked_years=16, mail=30 * DAY, majority=19)


class Book:
    """A book with nothing in it, that knows when the job ran and whether the disk is tidy."""

    def __init__(self, last: datetime | None, *, newest: datetime | None = None) -> None:
        self.last, self.newest, self.untidy, self.runs = last, newest, True, 0

    def oldest(self, **_: Any) -> list[Any]:
        return []

    def erase(self, *_: Any, **__: Any) -> Counter[str]:
        return Counter()

    def forget(self, **_: Any) -> Counter[str]:
        return Counter()

    def keep_run(self, **_: Any) -> None:
        self.runs += 1

    def last_run(self) -> datetime | None:
        return self.last

    def is_untidy(self) -> bool:
        return self.untidy

    def newest_activity(self) -> datetime | None:
        return self.newest

    def tidy(self, **_: Any) -> bool:
        self.untidy = False
        return True


def once(book: Book, now: datetime) -> Book:
    """The book after one look at this moment."""
    clock = type("Clock", (), {"now": lambda _: now})()
    DailyRetention(Retaining(book, KEPT, clock), ZONE).once()
    return book


@pytest.mark.parametrize(
    ("now", "ago", "runs"),
    [
        (NIGHT, None, 1),
        (NIGHT, 24, 1),
        (NIGHT, 19, 0),
        (NIGHT + timedelta(hours=12), None, 1),
        (NIGHT + timedelta(hours=12), 24, 0),
        (NIGHT + timedelta(hours=12), 36, 1),
    ],
)
def test_it_runs_once_a_night_and_at_any_hour_when_a_night_was_missed(
    now: datetime, ago: int | None, runs: int
) -> None:
    assert once(Book(now - timedelta(hours=ago) if ago else None), now).runs == runs


@pytest.mark.parametrize(
    ("now", "heard", "untidy"),
    [(NIGHT, 6, False), (NIGHT, 4, True), (NIGHT, None, False), (NIGHT + timedelta(hours=9), None, True)],
)
def test_the_disk_is_tidied_at_night_when_nobody_is_writing(now: datetime, heard: int | None, untidy: bool) -> None:
    newest = now - timedelta(minutes=heard) if heard else None
    assert once(Book(now, newest=newest), now).untidy is untidy


def standing(kept_as: KeptAs, **changes: Any) -> Standing:
    """One conversation that was last heard of at night."""
    told = {"minor": False, "newest": NIGHT, "hold": None, **changes}
    return Standing("5" * 32, kept_as, **told)


def test_only_the_clinics_record_is_kept_against_a_persons_wish() -> None:
    assert KEPT.must_keep(standing(KeptAs.BOOKED), NIGHT + timedelta(days=15 * 365))
    assert not KEPT.must_keep(standing(KeptAs.BOOKED), years_later(NIGHT, 16))
    assert KEPT.must_keep(standing(KeptAs.BOOKED, minor=True), years_later(NIGHT, 34))
    assert not KEPT.must_keep(standing(KeptAs.NOT_BOOKED), NIGHT)


def test_nothing_on_hold_is_ever_over() -> None:
    held = standing(KeptAs.LEFT_EARLY, hold=HoldReason.COURT)
    assert not KEPT.is_over(held, years_later(NIGHT, 99))
    assert KEPT.is_over(standing(KeptAs.LEFT_EARLY), NIGHT + 30 * DAY)


def test_sixteen_years_after_a_leap_day_and_seventeen() -> None:
    leap = datetime(2024, 2, 29, tzinfo=UTC)
    assert years_later(leap, 16) == datetime(2040, 2, 29, tzinfo=UTC)
    assert years_later(leap, 17) == datetime(2041, 3, 1, tzinfo=UTC)


async def test_it_looks_again_and_again_and_a_store_that_is_down_does_not_end_it() -> None:
    book = Book(None)
    looks = iter([StorageError("down"), None])

    def keep_run(**_: Any) -> None:
        trouble = next(looks, None)
        if trouble:
            raise trouble
        book.runs, book.last = book.runs + 1, NIGHT

    book.keep_run = keep_run  # type: ignore[method-assign]  # the fake fails once
    clock = type("Clock", (), {"now": lambda _: NIGHT})()
    daily = BesideTask(DailyRetention(Retaining(book, KEPT, clock), ZONE, look=0.01))
    daily.start()
    async with asyncio.timeout(5):
        while not book.runs:
            await asyncio.sleep(0.01)
    await daily.stop()
    await daily.stop()
    assert book.runs == 1
