"""A clinic whose patients do things with the times of its calendar, for tests of the store."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.clinical.appointment import Appointment, AppointmentState, Practitioner
from bot.clinical.effect import AppointmentRequest, ConfirmTime, Effect, HoldTime
from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails
from bot.errors import EffectError, StorageError
from bot.service.appointment_records import AppointmentChange, QueuedMail
from bot.service.calendar import Calendar, Span, Worker
from bot.store.appointments import Appointments
from bot.store.ledger import SqlLedger
from bot.store.tables import appointments
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

    def does(
        self, session: str, *effects: Effect, now: datetime = NOW, known: Encounter = KIM, urgency: int = 40
    ) -> None:
        """An answer with these effects."""
        standing = self.ledger.standing(session)
        assert standing is not None
        kept = self.ledger.receive(arrival("book me", session_id=session))
        made = answer(
            kept,
            "noted",
            version=standing.version,
            session_id=session,
            encounter=known,
            inquiry=inquiry(urgency=urgency),
        )
        self.ledger.answer(replace(made, effects=effects, now=now))

    def rows(self) -> list[Any]:
        """Every appointment."""
        with self.database.read() as connection:
            return list(connection.execute(select(appointments).order_by(appointments.c.starts_at)))

    def count(self, table: Any) -> int:
        """How many rows a table has."""
        with self.database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


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
