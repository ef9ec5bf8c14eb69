"""The appointment as an iCalendar file: when, where and how to change it, and no word about health."""

from dataclasses import dataclass
from datetime import UTC, timedelta

from icalendar import Calendar as Document
from icalendar import Event

from bot.clinical.appointment import AppointmentState
from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.voice import Voice
from bot.service.appointment_records import Booked


@dataclass(frozen=True)
class Invitations:
    """Writes iCalendar files; `address` is where this service is found."""

    protocol: Protocol
    clinic: Clinic
    address: str

    def file(self, booked: Booked, *, name: str, page: str) -> bytes:
        """The file; its UID never changes and its SEQUENCE grows, so that a calendar knows what it replaces."""
        voice = Voice(self.protocol, Facts(booked.changed_at, self.clinic))
        cancelled = booked.state is AppointmentState.CANCELLED
        starts_at = booked.starts_at.astimezone(UTC)
        event = Event()
        event.add("uid", f"{booked.id}@needlepoint")
        event.add("sequence", booked.sequence)
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        event.add("dtstamp", booked.changed_at.astimezone(UTC))
        event.add("dtstart", starts_at)
        event.add("dtend", starts_at + timedelta(minutes=booked.minutes))
        event.add("summary", voice.say("calendar.summary"))
        event.add("location", self.clinic.address or self.clinic.name)
        event.add("description", voice.say("calendar.description", practitioner=name, link=f"{self.address}{page}"))
        return _document(event, cancelled=cancelled)


def _document(event: Event, *, cancelled: bool) -> bytes:
    document = Document()
    document.add("prodid", "-//Needlepoint//Appointments//EN")
    document.add("version", "2.0")
    document.add("method", "CANCEL" if cancelled else "PUBLISH")
    document.add_component(event)
    return bytes(document.to_ical())
