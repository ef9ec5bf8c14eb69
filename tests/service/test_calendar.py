"""Free times lie within the hours, never on a holiday, in the past or inside the lead time, on any day."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clinical.appointment import FreeTime, Practitioner
from bot.clinical.booking_times import slot_id
from bot.service.calendar import Calendar, Span, Taken, Worker, page_of

ZONES = [ZoneInfo(name) for name in ("America/Vancouver", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata")]
VANCOUVER = ZONES[0]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # given UTC
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """The hours of one weekday, in order."""
    clocks = sorted(set(draw(st.lists(CLOCKS, min_size=0, max_size=4))))
    pairs = zip(clocks[::2], clocks[1::2], strict=False)
    return tuple(Span(opens, closes) for opens, closes in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A clinic of one or two practitioners."""
    workers = tuple(
        Worker(Practitioner(id, id.title()), {day: draw(spans()) for day in range(7)})
        for id in ("amy", "bo")[: draw(st.integers(1, 2))]
    )
    return Calendar(
        workers=workers,
        minutes=draw(st.sampled_from((15, 40, 60))),
        lead=timedelta(hours=draw(st.integers(0, 48))),
        horizon_days=draw(st.integers(1, 10)),
        holidays=frozenset(draw(st.lists(st.dates(date(2026, 1, 1), date(2028, 1, 1)), max_size=5))),
        zone=draw(st.sampled_from(ZONES)),
    )


def within_hours(one: FreeTime, calendar: Calendar) -> bool:
    """By the clinic's clock the time begins and ends within one span of its day, whatever the clock did meanwhile."""
    start = one.starts_at.astimezone(calendar.zone)
    end = (one.starts_at + timedelta(minutes=one.minutes)).astimezone(calendar.zone)
    hours = next(worker.hours for worker in calendar.workers if worker.practitioner.id == one.practitioner)
    return start.date() == end.date() and any(
        span.opens <= start.time() < span.closes and end.time() <= span.closes
        for span in hours.get(start.weekday(), ())
    )


@settings(max_examples=150, deadline=None)
@given(calendars(), MOMENTS)
def test_every_free_time_is_open_and_ahead(calendar: Calendar, now: datetime) -> None:
    for one in calendar.free((), now=now):
        assert within_hours(one, calendar)
        assert one.starts_at >= now + calendar.lead
        assert one.starts_at < calendar.last_moment(now)
        assert one.starts_at.astimezone(calendar.zone).date() not in calendar.holidays
        assert calendar.offers(one.practitioner, one.starts_at, one.minutes, now=now)


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
@settings(max_examples=80, deadline=None)
@given(hours=spans(), minutes=st.sampled_from((15, 40, 60)))
def test_no_time_lies_outside_the_hours_on_the_nights_when_the_clocks_change(
    day: date, hours: tuple[Span, ...], minutes: int
) -> None:
    worker = Worker(Practitioner("amy", "Amy"), {6: hours})
    calendar = Calendar((worker,), minutes, timedelta(), 2, frozenset(), VANCOUVER)
    free = calendar.free((), now=datetime.combine(day, time(), tzinfo=VANCOUVER) - timedelta(hours=3))
    assert all(within_hours(one, calendar) for one in free)
    starts = sorted(one.starts_at for one in free)
    assert all(later - earlier >= timedelta(minutes=minutes) for earlier, later in pairwise(starts))


def test_a_night_that_is_an_hour_short_has_fewer_times() -> None:
    counts = []
    for day in (date(2026, 3, 1), date(2026, 3, 8), date(2026, 11, 1)):
        worker = Worker(Practitioner("amy", "Amy"), {6: (Span(time(0), time(6)),)})
        calendar = Calendar((worker,), 60, timedelta(), 1, frozenset(), VANCOUVER)
        counts.append(len(calendar.free((), now=datetime.combine(day, time(), tzinfo=VANCOUVER))))
    assert counts == [6, 5, 7]


def test_nine_oclock_stays_nine_oclock_when_the_clocks_change() -> None:
    worker = Worker(Practitioner("amy", "Amy"), {day: (Span(time(9), time(10)),) for day in range(7)})
    calendar = Calendar((worker,), 60, timedelta(), 3, frozenset(), VANCOUVER)
    free = calendar.free((), now=datetime(2026, 3, 7, 8, tzinfo=VANCOUVER))
    assert [f"{one.starts_at:%d %H:%M %z}" for one in free[:2]] == ["07 09:00 -0800", "08 09:00 -0700"]


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, st.data())
def test_what_is_taken_is_not_free_nor_is_what_overlaps_it(
    calendar: Calendar, now: datetime, data: st.DataObject
) -> None:
    free = calendar.free((), now=now)
    if not free:
        return
    one = data.draw(st.sampled_from(free))
    shift = timedelta(minutes=data.draw(st.integers(-one.minutes + 1, one.minutes - 1)))
    left = calendar.free((Taken(one.practitioner, one.starts_at + shift, one.minutes),), now=now)
    assert one not in left
    assert {other for other in free if other.practitioner != one.practitioner} <= set(left)
    untouched = {other for other in free if abs(other.starts_at - one.starts_at) >= 2 * timedelta(minutes=one.minutes)}
    assert untouched <= set(left)


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS)
def test_paging_round_shows_every_time(calendar: Calendar, now: datetime) -> None:
    free, seen = calendar.free((), now=now), set()
    for page in range(len(free) // 6 + 1):
        shown = page_of(free, page=page, offered=())
        assert len(set(shown)) == len(shown) <= 12
        seen |= set(shown[:6])
    assert seen == set(free)


def test_what_was_offered_stays_on_offer_though_others_go() -> None:
    worker = Worker(Practitioner("amy", "Amy"), {day: (Span(time(9), time(17)),) for day in range(7)})
    calendar = Calendar((worker,), 60, timedelta(), 20, frozenset(), VANCOUVER)
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    free = calendar.free((), now=now)
    second = page_of(free, page=1, offered=())[:6]
    ids = [slot_id(one.practitioner, one.starts_at) for one in second]
    gone = (Taken("amy", free[0].starts_at, 60), Taken("amy", second[2].starts_at, 60))
    again = page_of(calendar.free(gone, now=now), page=1, offered=ids)
    assert again[:5] == tuple(one for one in second if one != second[2])


def test_the_first_page_spreads_over_days_and_their_halves() -> None:
    worker = Worker(Practitioner("amy", "Amy"), {day: (Span(time(9), time(17)),) for day in range(7)})
    calendar = Calendar((worker,), 60, timedelta(), 20, frozenset(), VANCOUVER)
    page = calendar.free((), now=datetime(2026, 11, 22, 7, tzinfo=VANCOUVER))[:6]
    assert [f"{one.starts_at:%a %H}" for one in page] == ["Sun 09", "Sun 12", "Mon 09", "Mon 12", "Tue 09", "Tue 12"]


def test_only_the_calendars_own_times_are_offered() -> None:
    worker = Worker(Practitioner("amy", "Amy"), {0: (Span(time(9), time(12)),)})
    calendar = Calendar((worker,), 60, timedelta(hours=2), 7, frozenset(), VANCOUVER)
    now = datetime(2026, 11, 22, 9, tzinfo=VANCOUVER)
    nine = datetime(2026, 11, 23, 9, tzinfo=VANCOUVER)
    assert calendar.offers("amy", nine, 60, now=now)
    assert not calendar.offers("bo", nine, 60, now=now)
    assert not calendar.offers("amy", nine + timedelta(minutes=30), 60, now=now)
    assert not calendar.offers("amy", nine, 40, now=now)
    assert not calendar.offers("amy", nine, 60, now=nine - timedelta(hours=1))
    assert not calendar.offers("amy", nine + timedelta(days=14), 60, now=now)
