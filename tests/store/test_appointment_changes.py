"""What a patient changes on the page of an appointment is kept whole or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.clinical.appointment import AppointmentState
from bot.errors import EffectError, Overtaken
from bot.store.tables import inquiries, mails
from bot.store.transaction import Database
from tests.store.appointment_rows import (
    HOLD_NINE,
    TUESDAY,
    Clinic,
    booked_patient,
    change_of,
)


@pytest.fixture
def clinic(database: Database) -> Clinic:
    """A clinic on each kind of database."""
    return Clinic(database)


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
