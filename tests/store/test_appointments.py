"""A time belongs to one patient at most, whoever tries at once; holds that ran out give way; changes are whole."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.clinical.appointment import AppointmentState
from bot.clinical.effect import HoldTime, ReleaseTime
from bot.errors import EffectError
from bot.service.calendar import HOLD
from bot.store.ledger import SqlLedger
from bot.store.tables import inquiries
from bot.store.time_effects import TimeEffects
from bot.store.transaction import Database
from tests.store.appointment_rows import (
    BOOK_NINE,
    CALENDAR,
    HOLD_NINE,
    THREADS,
    TUESDAY,
    ZONE,
    Clinic,
    at_once,
    booked_patient,
    change_of,
)
from tests.store.rows import NOW


@pytest.fixture
def clinic(database: Database) -> Clinic:
    """A clinic on each kind of database."""
    return Clinic(database)


def test_a_held_time_becomes_the_patients_at_the_yes(clinic: Clinic) -> None:
    session = clinic.patient()
    clinic.does(session, HOLD_NINE)
    assert clinic.book.booked(session) is None
    clinic.does(session, BOOK_NINE)
    booked = clinic.book.booked(session)
    assert booked is not None
    assert (booked.practitioner, booked.starts_at, booked.state) == ("amy", TUESDAY, AppointmentState.CONFIRMED)


def test_of_fifty_who_want_one_time_exactly_one_gets_it(clinic: Clinic) -> None:
    patients = [clinic.patient() for _ in range(THREADS)]
    assert at_once(patients, lambda one: clinic.does(one, HOLD_NINE)) == 1
    assert [row.state for row in clinic.rows()] == ["held"]


def test_of_fifty_who_say_yes_after_their_holds_ran_out_exactly_one_gets_it(clinic: Clinic) -> None:
    patients = [clinic.patient() for _ in range(THREADS)]
    late = NOW + HOLD * 2
    assert at_once(patients, lambda one: clinic.does(one, BOOK_NINE, now=late)) == 1
    assert [row.state for row in clinic.rows()] == ["confirmed"]


def test_of_many_who_move_to_one_time_exactly_one_gets_it(clinic: Clinic) -> None:
    patients = [clinic.patient() for _ in range(10)]
    for hour, session in enumerate(patients[:7], start=1):
        other = replace(BOOK_NINE, starts_at=TUESDAY + timedelta(hours=hour))
        clinic.does(session, replace(HOLD_NINE, starts_at=other.starts_at))
        clinic.does(session, other)
    assert at_once(patients[:7], lambda one: clinic.book.change(change_of(clinic, one, to=HOLD_NINE))) == 1
    assert [row.starts_at for row in clinic.rows()].count(TUESDAY) == 1
    assert len(clinic.rows()) == 7


def test_a_hold_that_ran_out_gives_way(clinic: Clinic) -> None:
    first, second = clinic.patient(), clinic.patient()
    clinic.does(first, HOLD_NINE)
    with pytest.raises(EffectError):
        clinic.does(second, HOLD_NINE, now=NOW + HOLD - timedelta(seconds=1))
    clinic.does(second, HOLD_NINE, now=NOW + HOLD)
    with pytest.raises(EffectError):
        clinic.does(first, BOOK_NINE, now=NOW + HOLD)
    clinic.does(second, BOOK_NINE, now=NOW + HOLD)
    assert [row.conversation_id for row in clinic.rows()] == [second]


def test_a_hold_that_ran_out_is_still_booked_where_nobody_took_it(clinic: Clinic) -> None:
    session = clinic.patient()
    clinic.does(session, HOLD_NINE)
    clinic.does(session, BOOK_NINE, now=NOW + timedelta(hours=3))
    assert [row.state for row in clinic.rows()] == ["confirmed"]


def test_a_second_hold_gives_the_first_back(clinic: Clinic) -> None:
    session, other = clinic.patient(), clinic.patient()
    clinic.does(session, HOLD_NINE)
    clinic.does(session, replace(HOLD_NINE, practitioner="bo"))
    clinic.does(other, HOLD_NINE)
    clinic.does(session, ReleaseTime())
    assert [row.conversation_id for row in clinic.rows()] == [other]


@pytest.mark.parametrize(
    "effect",
    [
        replace(HOLD_NINE, starts_at=datetime(2026, 12, 25, 9, tzinfo=ZONE)),
        replace(HOLD_NINE, starts_at=datetime(2026, 11, 20, 9, tzinfo=ZONE)),
        replace(HOLD_NINE, starts_at=TUESDAY + timedelta(minutes=30)),
        replace(HOLD_NINE, practitioner="eve"),
        replace(HOLD_NINE, minutes=0),
    ],
    ids=["holiday", "past", "between", "nobody", "no length"],
)
def test_what_the_calendar_does_not_offer_is_nobodys(effect: HoldTime, clinic: Clinic) -> None:
    with pytest.raises(EffectError):
        clinic.does(clinic.patient(), effect)
    assert clinic.rows() == []


def test_a_part_of_a_booked_time_is_not_free_when_the_clinic_changes_its_lengths(clinic: Clinic) -> None:
    session = clinic.patient()
    clinic.does(session, HOLD_NINE)
    shorter = replace(CALENDAR, minutes=30)
    other = SqlLedger(clinic.database, effects=TimeEffects(shorter, manage=str, mails=False).all())
    clinic.ledger = other
    with pytest.raises(EffectError):
        clinic.does(clinic.patient(), HoldTime("amy", TUESDAY + timedelta(minutes=30), 30))
    clinic.does(clinic.patient(), HoldTime("amy", TUESDAY + timedelta(minutes=60), 30))


def test_what_is_held_or_booked_is_taken_and_nothing_else(clinic: Clinic) -> None:
    one, two = clinic.patient(), clinic.patient()
    clinic.does(one, HOLD_NINE)
    clinic.does(two, replace(HOLD_NINE, practitioner="bo"))
    clinic.does(two, replace(BOOK_NINE, practitioner="bo"))
    span = {"since": NOW, "until": NOW + timedelta(days=30)}
    assert {row.practitioner for row in clinic.book.taken(**span, now=NOW)} == {"amy", "bo"}
    assert {row.practitioner for row in clinic.book.taken(**span, now=NOW + HOLD)} == {"bo"}
    assert clinic.book.taken(since=NOW + timedelta(days=20), until=NOW + timedelta(days=30), now=NOW) == ()


def test_taken_times_are_found_by_index(clinic: Clinic) -> None:
    if clinic.database.engine.dialect.name != "sqlite":
        pytest.skip("the plan is read on SQLite")
    asked: list[tuple[str, Any]] = []

    def remember(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        asked.append((statement, values))

    event.listen(clinic.database.engine, "before_cursor_execute", remember)
    clinic.book.taken(since=NOW, until=NOW + timedelta(days=30), now=NOW)
    event.remove(clinic.database.engine, "before_cursor_execute", remember)
    ((statement, values),) = [one for one in asked if one[0].startswith("SELECT")]
    with clinic.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert all("USING INDEX ix_appointments_starts_at" in step[-1] for step in plan)


def test_a_booked_time_books_the_inquiry_with_a_mark(clinic: Clinic) -> None:
    booked_patient(clinic)
    assert inquiries_of(clinic) == [("booked", "confirmed")]


def test_an_urgent_inquiry_with_a_booked_time_stays_open_with_its_mark(clinic: Clinic) -> None:
    session = clinic.patient()
    clinic.does(session, HOLD_NINE, urgency=0)
    clinic.does(session, BOOK_NINE, urgency=0)
    assert inquiries_of(clinic) == [("new", "confirmed")]


def test_a_cancelled_time_opens_the_inquiry_again_with_its_mark(clinic: Clinic) -> None:
    session = booked_patient(clinic)
    clinic.book.change(change_of(clinic, session, to=None))
    assert inquiries_of(clinic) == [("new", "cancelled")]


def inquiries_of(clinic: Clinic) -> list[tuple[str, str]]:
    """Status and mark of every inquiry."""
    with clinic.database.read() as connection:
        return [(row.status, row.appointment) for row in connection.execute(select(inquiries))]
