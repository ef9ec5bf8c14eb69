"""Booking, put together: the calendar of the file, its times in the store, and the effects that take them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bootstrap.mail import own_address
from bot.clinical.appointment import Way
from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.service.appointments import Appointments, Desk
from bot.service.booking import AppointmentLinks, BookingFacts
from bot.service.bubbles import NewId
from bot.service.calendar import Calendar
from bot.service.calendar_file import DEMONSTRATION, read_calendar
from bot.service.fanout import Fanout
from bot.service.invitation import Invitations
from bot.service.ports import Clock, Ledger
from bot.service.threads import Threads
from bot.service.turnstile import Turnstile
from bot.service.zone import zone_of
from bot.settings import Settings
from bot.store.appointments import Appointments as AppointmentRows
from bot.store.effects import CARRY_OUT, CarryOut
from bot.store.time_effects import TimeEffects
from bot.store.transaction import Database


@dataclass(frozen=True)
class BookingParts:
    """How the clinic is booked: the way, its calendar where there is one, and what keeps the times."""

    way: Way = Way.REQUEST
    url: str | None = None
    calendar: Calendar | None = None
    links: AppointmentLinks | None = None
    rows: AppointmentRows | None = None
    effects: Mapping[type[Any], CarryOut] = CARRY_OUT

    def facts(self, threads: Threads, *, waits: Callable[[str], bool]) -> BookingFacts:
        """What turns are told of it."""
        return BookingFacts(self.way, self.url, self.calendar, self.rows, threads, self.links, waits)


def build_booking(settings: Settings, database: Database) -> BookingParts:
    """The clinic's way of booking; SettingsError when its calendar file cannot be used."""
    way, calendar = Way(settings.booking), calendar_of(settings)
    if way is not Way.CALENDAR or calendar is None:
        return BookingParts(way, settings.booking_url, calendar)
    links = AppointmentLinks(settings.secret_key)
    effects = TimeEffects(calendar, links.page_of, mails=bool(settings.smtp_host))
    return BookingParts(way, None, calendar, links, AppointmentRows(database, calendar), effects.all())


def calendar_of(settings: Settings) -> Calendar | None:
    """The clinic's calendar; the demonstration has one of its own."""
    file = settings.calendar
    if file is None and settings.demo and settings.booking == Way.CALENDAR.value:
        file = DEMONSTRATION
    return read_calendar(Path(file), zone=zone_of(settings.time_zone)) if file else None


@dataclass(frozen=True)
class Beside:
    """What the page of an appointment shares with the conversations."""

    ledger: Ledger
    threads: Threads
    turnstile: Turnstile
    fanout: Fanout
    clock: Clock
    new_id: NewId


def build_appointments(
    booking: BookingParts, beside: Beside, *, settings: Settings, protocol: Protocol, clinic: Clinic
) -> Appointments | None:
    """The page of an appointment; None where times are not booked here."""
    if booking.calendar is None or booking.rows is None or booking.links is None:
        return None
    desk = Desk(
        book=booking.rows,
        ledger=beside.ledger,
        calendar=booking.calendar,
        links=booking.links,
        invitations=Invitations(protocol, clinic, own_address(settings)),
        protocol=protocol,
        clinic=clinic,
        threads=beside.threads,
        turnstile=beside.turnstile,
        fanout=beside.fanout,
        clock=beside.clock,
        new_id=beside.new_id,
        sends_mail=bool(settings.smtp_host),
    )
    return Appointments(desk)
