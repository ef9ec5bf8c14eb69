"""A time belongs to one patient at most, whoever tries at once; holds that ran out give way; changes are whole."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from bot.clinical.appointment import Appointment, AppointmentState, Practitioner
from bot.clinical.effect import AppointmentRequest, ConfirmTime, Effect, HoldTime, ReleaseTime
from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails
from bot.errors import EffectError, Overtaken, StorageError
from bot.service.appointment_records import AppointmentChange, QueuedMail
from bot.service.calendar import HOLD, Calendar, Span, Worker
from bot.store.appointments import Appointments
from bot.store.ledger import SqlLedger
from bot.store.tables import appointments, inquiries, mails
from bot.store.time_effects import TimeEffects
from bot.store.transaction import Database
from tests.store.rows import NOW, answer, arrival, inquiry, new_id, opened, reply

ZONE = ZoneInfo("America/Vancouver")
HOURS = {day: (Span(time(9), time(17)),) for day in range(5)}
CALENDAR = Calendar(
    tuple(Worker(Practitioner(id, id.title()), HOURS) for id in ("amy", "bo")),
    60,
    timedelta(hours=2),
    30,
    frozenset({date(2026, 12, 25)}),
    ZONE,
)
TUESDAY = datetime(2026, 12, 1, 9, tzinfo=ZONE)
HOLD_NINE, BOOK_NINE = HoldTime("amy", TUESDAY, 60), ConfirmTime("amy", TUESDAY, 60)
KIM = Encounter(request=AppointmentRequest(ContactDetails("Kim", "+16045550123", "kim@example.org")))
THREADS = 50


class Clinic:
    """A ledger with a calendar, and patients who do things with its times."""

    def __init__(self, database: Database) -> None:
        self.database = database
        effects = TimeEffects(CALENDAR, manage=lambda session: f"/appointment/{session}", mails=True)
        self.ledger = SqlLedger(database, effects=effects.all())
        self.book = Appointments(database, CALENDAR)

    def patient(self) -> str:
        """The session of a patient who has written something."""
        session = new_id()
        opened(self.ledger, session)
        return session

    def does(self, session: str, *effects: Effect, now: datetime = NOW, known: Encounter = KIM) -> None:
        """An answer with these effects."""
        standing = self.ledger.standing(session)
        assert standing is not None
        kept = self.ledger.receive(arrival("book me", session_id=session))
        made = answer(kept, "noted", version=standing.version, session_id=session, encounter=known, inquiry=inquiry())
        self.ledger.answer(replace(made, effects=effects, now=now))

    def rows(self) -> list[Any]:
        """Every appointment."""
        with self.database.read() as connection:
            return list(connection.execute(select(appointments).order_by(appointments.c.starts_at)))

    def count(self, table: Any) -> int:
        """How many rows a table has."""
        with self.database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


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


def test_cancelling_frees_the_time_tells_by_mail_and_opens_the_inquiry_again(clinic: Clinic) -> None:
    session = booked_patient(clinic)
    with clinic.database.write() as connection:
        connection.execute(inquiries.update().values(status="booked"))
    lines = clinic.book.change(change_of(clinic, session, to=None))
    assert [line.late for line in lines] == [True]
    (row,) = clinic.rows()
    assert (row.state, row.sequence) == ("cancelled", 1)
    with clinic.database.read() as connection:
        kinds = list(connection.execute(select(mails.c.kind).order_by(mails.c.created_at, mails.c.kind)).scalars())
        found = connection.execute(select(inquiries)).one()
    assert kinds == ["booking_cancelled", "booking_confirmed"]
    assert (found.status, found.urgency) == ("new", 40)
    clinic.does(clinic.patient(), HOLD_NINE)
    standing = clinic.ledger.standing(session)
    assert standing is not None
    assert standing.encounter.appointment is not None
    assert standing.encounter.appointment.state is AppointmentState.CANCELLED


def test_a_move_keeps_the_row_and_frees_the_old_time(clinic: Clinic) -> None:
    session = booked_patient(clinic)
    before = clinic.book.booked(session)
    clinic.book.change(change_of(clinic, session, to=replace(HOLD_NINE, practitioner="bo")))
    after = clinic.book.booked(session)
    assert before is not None
    assert after is not None
    assert (after.id, after.sequence, after.practitioner) == (before.id, 1, "bo")
    clinic.does(clinic.patient(), HOLD_NINE)


def test_a_move_to_a_taken_time_changes_nothing(clinic: Clinic) -> None:
    session = booked_patient(clinic)
    clinic.does(clinic.patient(), replace(HOLD_NINE, practitioner="bo"))
    before = clinic.ledger.standing(session), clinic.rows(), clinic.count(mails)
    with pytest.raises(EffectError):
        clinic.book.change(change_of(clinic, session, to=replace(HOLD_NINE, practitioner="bo")))
    assert (clinic.ledger.standing(session), clinic.rows(), clinic.count(mails)) == before


def test_a_change_from_an_older_state_is_overtaken(clinic: Clinic) -> None:
    session = booked_patient(clinic)
    change = change_of(clinic, session, to=None)
    clinic.does(session)
    with pytest.raises(Overtaken):
        clinic.book.change(change)
    assert [row.state for row in clinic.rows()] == ["confirmed"]


@pytest.mark.parametrize("now", [TUESDAY, TUESDAY + timedelta(days=1)])
def test_what_is_over_is_not_changed(now: datetime, clinic: Clinic) -> None:
    session = booked_patient(clinic)
    with pytest.raises(Overtaken):
        clinic.book.change(replace(change_of(clinic, session, to=None), now=now.astimezone(UTC)))


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


def at_once(patients: list[str], does: Callable[[str], Any]) -> int:
    """How many of them succeed when all try at the same time; who finds the database busy tries again."""
    ready, won = threading.Barrier(len(patients)), []

    def attempt(session: str) -> None:
        ready.wait()
        for _ in range(60):
            try:
                does(session)
            except EffectError:
                return
            except StorageError:
                continue
            won.append(session)
            return

    threads = [threading.Thread(target=attempt, args=(session,)) for session in patients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(won)


def booked_patient(clinic: Clinic) -> str:
    """A patient who has nine o'clock."""
    session = clinic.patient()
    clinic.does(session, HOLD_NINE)
    clinic.does(session, BOOK_NINE)
    return session


def change_of(clinic: Clinic, session: str, *, to: HoldTime | None) -> AppointmentChange:
    """A change on the page of the appointment."""
    standing = clinic.ledger.standing(session)
    assert standing is not None
    state = AppointmentState.CONFIRMED if to else AppointmentState.CANCELLED
    where: Mapping[str, Any] = {"practitioner": to.practitioner, "starts_at": to.starts_at} if to else {}
    appointment = replace(Appointment("amy", "Amy", TUESDAY, 60, state), **where)
    return AppointmentChange(
        session_id=session,
        version=standing.version,
        encounter=replace(KIM, appointment=appointment),
        to=to,
        replies=(reply("changed"),),
        mail=QueuedMail(new_id(), "booking_changed" if to else "booking_cancelled", "kim@example.org", "/x"),
        now=NOW,
    )
