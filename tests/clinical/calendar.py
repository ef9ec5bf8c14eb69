"""A clinic with a calendar for the clinical tests: two practitioners, free times, and a patient who wants one."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from bot.clinical.appointment import Booking, FreeTime, Practitioner, Way
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from tests.clinical.patient import Patient

VANCOUVER = timezone(timedelta(hours=-8))
DANA = ContactDetails(name="Dana", phone="+16045550182")
AMY, BO = Practitioner("amy", "Amy Lee", ("English",)), Practitioner("bo", "Bo Singh", ("English", "Punjabi"))
MANAGE = "/appointment/token"


def times(count: int) -> tuple[FreeTime, ...]:
    """So many free times, one each day at nine with Amy."""
    first = datetime(2026, 12, 1, 9, tzinfo=VANCOUVER)
    return tuple(FreeTime("amy", "Amy Lee", first + timedelta(days=day), 40) for day in range(count))


def patient_of(facts: Facts, protocol: Protocol, *, free: tuple[FreeTime, ...] | None, **booking: object) -> Patient:
    """A patient who has asked to book at a clinic with a calendar and told how to be reached."""
    way = replace(Booking(Way.CALENDAR, None, (AMY, BO), MANAGE), **booking)  # type: ignore[arg-type]  # its fields
    patient = Patient(replace(facts, booking=way, times=free), protocol)
    patient.says("can I book?", intents=("book_exam",))
    patient.says("Dana 604 555 0182", contact=DANA)
    return patient


def chosen(patient: Patient) -> str:
    """The id of the first time on offer."""
    return patient.last.choices[0].id
