"""The page of an appointment: what a patient sees, gives back and moves there, with nothing but the link."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.clinical.appointment import Appointment, AppointmentState, FreeTime
from bot.clinical.booking_times import AT_ONCE, label_of, slot_id, time_label
from bot.clinical.effect import HoldTime
from bot.clinical.encounter import Encounter
from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.voice import Voice
from bot.errors import EffectError, Overtaken, StorageError
from bot.service.appointment_records import AppointmentChange, Booked, QueuedMail
from bot.service.booking import AppointmentLinks
from bot.service.bubbles import NewId, bubbles
from bot.service.calendar import Calendar
from bot.service.fanout import Fanout
from bot.service.invitation import Invitations
from bot.service.ports import AppointmentBook, Clock, Ledger
from bot.service.threads import Threads
from bot.service.turnstile import Turnstile

log = logging.getLogger("needlepoint.appointments")
ATTEMPTS = 5


class Outcome(str, Enum):
    """What became of a change."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    TAKEN = "taken"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Shown:
    """An appointment as its page shows it: `state` is confirmed, cancelled or over."""

    label: str
    state: str
    page: str


@dataclass(frozen=True)
class TimesPage:
    """Free times to move to, by the id and label of each; `other` numbers the next page, None where there is none."""

    times: tuple[tuple[str, str], ...]
    other: int | None


@dataclass(frozen=True)
class Desk:
    """What the page works with; bootstrap puts it together once."""

    book: AppointmentBook
    ledger: Ledger
    calendar: Calendar
    links: AppointmentLinks
    invitations: Invitations
    protocol: Protocol
    clinic: Clinic
    threads: Threads
    turnstile: Turnstile
    fanout: Fanout
    clock: Clock
    new_id: NewId
    sends_mail: bool


class Appointments:
    """The use cases of the page; every token is checked first: Forbidden when it opens nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._run = desk.threads.run
        self._mailed: Callable[[], None] | None = None

    def when_mailed(self, told: Callable[[], None]) -> None:
        """Call this whenever a mail was queued."""
        self._mailed = told

    async def show(self, token: str) -> Shown | None:
        """The appointment, None where the conversation has none."""
        session_id = self._desk.links.session_of(token)
        booked = await self._run(self._desk.book.booked, session_id)
        return self._shown(booked, session_id) if booked else None

    async def file(self, token: str) -> bytes | None:
        """The appointment as an iCalendar file."""
        session_id = self._desk.links.session_of(token)
        return await self._run(self.file_of, session_id)

    def file_of(self, session_id: str) -> bytes | None:
        """The same for a conversation, for its mails; it blocks."""
        desk = self._desk
        booked = desk.book.booked(session_id)
        if booked is None:
            return None
        name = desk.calendar.name_of(booked.practitioner)
        return desk.invitations.file(booked, name=name, page=desk.links.page_of(session_id))

    async def times(self, token: str, *, page: int) -> TimesPage:
        """A page of free times."""
        self._desk.links.session_of(token)
        free = await self._free(self._desk.clock.now())
        pages = max(1, -(-len(free) // AT_ONCE))
        at = page % pages
        shown = sorted(free[at * AT_ONCE : (at + 1) * AT_ONCE], key=lambda one: one.starts_at)
        labelled = tuple((slot_id(one.practitioner, one.starts_at), self._label(one)) for one in shown)
        return TimesPage(labelled, (at + 1) % pages if pages > 1 else None)

    async def cancel(self, token: str) -> Outcome:
        """The appointment is given back, unless it is over or was given back before."""
        return await self._change(self._desk.links.session_of(token), None, Outcome.CANCELLED)

    async def move(self, token: str, slot: str) -> Outcome:
        """The appointment is at another time, or as it was when that one is no longer free."""
        session_id, now = self._desk.links.session_of(token), self._desk.clock.now()
        for one in await self._free(now):
            if slot_id(one.practitioner, one.starts_at) == slot:
                return await self._change(session_id, one, Outcome.MOVED)
        return Outcome.TAKEN

    async def _change(self, session_id: str, to: FreeTime | None, done: Outcome) -> Outcome:
        desk = self._desk
        async with desk.turnstile.turn(session_id):
            for _ in range(ATTEMPTS):
                change = await self._worked_out(session_id, to)
                if change is None:
                    return Outcome.TOO_LATE
                try:
                    lines = await self._run(desk.book.change, change)
                except Overtaken:
                    continue
                except EffectError:
                    return Outcome.TAKEN
                desk.fanout.publish(session_id, lines)
                if change.mail and self._mailed:
                    self._mailed()
                return done
        raise StorageError("other answers of this conversation kept coming first")

    async def _worked_out(self, session_id: str, to: FreeTime | None) -> AppointmentChange | None:
        """The change as it is kept; None when there is nothing to change any more."""
        desk, now = self._desk, self._desk.clock.now()
        booked = await self._run(desk.book.booked, session_id)
        standing = await self._run(desk.ledger.standing, session_id)
        if booked is None or standing is None or self._shown(booked, session_id).state != "confirmed":
            return None
        appointment = self._changed(booked, to)
        encounter = replace(standing.encounter, appointment=appointment)
        return AppointmentChange(
            session_id=session_id,
            version=standing.version,
            encounter=encounter,
            to=HoldTime(to.practitioner, to.starts_at, to.minutes) if to else None,
            replies=bubbles((self._line(appointment, session_id, now),), desk.new_id),
            mail=self._mail(encounter, session_id, moved=to is not None),
            now=now,
        )

    def _changed(self, booked: Booked, to: FreeTime | None) -> Appointment:
        if to is None:
            return replace(self._appointment(booked), state=AppointmentState.CANCELLED)
        return Appointment(to.practitioner, to.name, to.starts_at, to.minutes, AppointmentState.CONFIRMED)

    def _appointment(self, booked: Booked) -> Appointment:
        calendar = self._desk.calendar
        name, starts_at = calendar.name_of(booked.practitioner), calendar.local(booked.starts_at)
        return Appointment(booked.practitioner, name, starts_at, booked.minutes, booked.state)

    def _line(self, appointment: Appointment, session_id: str, now: datetime) -> Reply:
        """What the chat says of the change."""
        desk = self._desk
        voice = Voice(desk.protocol, Facts(now, desk.clinic))
        label = label_of(appointment, desk.protocol)
        if appointment.state is AppointmentState.CANCELLED:
            return Reply(ReplyKind.BOOKING, voice.say("appointment.line.cancelled", time=label))
        page = desk.links.page_of(session_id)
        return Reply(ReplyKind.BOOKING, voice.say("appointment.line.moved", time=label), appointment=(label, page))

    def _mail(self, encounter: Encounter, session_id: str, *, moved: bool) -> QueuedMail | None:
        address = encounter.request.contact.email if encounter.request else None
        if not self._desk.sends_mail or address is None:
            return None
        kind = "booking_changed" if moved else "booking_cancelled"
        return QueuedMail(self._desk.new_id(), kind, address, self._desk.links.page_of(session_id))

    async def _free(self, now: datetime) -> tuple[FreeTime, ...]:
        desk = self._desk
        until = desk.calendar.last_moment(now)
        taken = await self._run(desk.book.taken, since=now, until=until, now=now)
        return desk.calendar.free(taken, now=now)

    def _shown(self, booked: Booked, session_id: str) -> Shown:
        over = booked.starts_at <= self._desk.clock.now()
        state = "over" if over and booked.state is AppointmentState.CONFIRMED else booked.state.value
        label = label_of(self._appointment(booked), self._desk.protocol)
        return Shown(label, state, self._desk.links.page_of(session_id))

    def _label(self, one: FreeTime) -> str:
        return time_label(one.starts_at, one.name, self._desk.protocol)
