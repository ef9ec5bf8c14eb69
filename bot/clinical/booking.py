"""Booking: contact and name, then the clinic's own page, a free time or a request, and what the visit needs."""

from dataclasses import replace

from bot.clinical import booking_request as details
from bot.clinical import booking_times as times
from bot.clinical import booking_told as told
from bot.clinical.appointment import AppointmentState, Way
from bot.clinical.contact import name_in, named
from bot.clinical.effect import (
    AppointmentRequest,
    ConfirmTime,
    Effect,
    HoldTime,
    ReleaseTime,
    RequestAppointment,
    TimeEffect,
)
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Reading
from bot.clinical.reply import Choice, Reply, ReplyKind
from bot.clinical.settle import closed
from bot.clinical.voice import Voice, question

OFFER, CONTACT, NAME = "booking.offer", "booking.contact", "booking.name"
SEVERAL = (details.TIMES, details.PRECAUTIONS)


def offer(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The encounter waiting for whether to book, with the offer."""
    return _wait(encounter, OFFER, voice, voice.offered("booking_offer"))


def start(encounter: Encounter, voice: Voice, *, call_back: bool) -> tuple[Encounter, Reply | None]:
    """The encounter in booking, with the next question it needs; on the clinic's own page nothing is asked here."""
    encounter = replace(encounter, wants_appointment=True)
    if not call_back and told.has_time_ahead(encounter, voice):
        return told.already_booked(encounter, voice)
    if not call_back and voice.facts.booking.way is Way.LINK:
        return told.sent_to_page(encounter, voice)
    request = replace(encounter.request or AppointmentRequest(), call_back=call_back)
    return step(replace(encounter, stage=Stage.BOOKING, request=request, by_request=False), voice)


def put_again(encounter: Encounter, voice: Voice) -> Reply:
    """The waiting booking question once more, after something else was answered."""
    waiting = encounter.open_question
    if waiting is None:
        raise ValueError("no question is waiting")
    prompt = _prompt(encounter, waiting.id, voice)
    again = question(ReplyKind.BOOKING, waiting.id, prompt=prompt, choices=waiting.choices, multiple=waiting.multiple)
    return replace(again, times=waiting.id == times.SLOT)


def step(encounter: Encounter, voice: Voice, *, lead: str = "") -> tuple[Encounter, Reply | None]:
    """The next booking question, or the closing words when nothing is missing."""
    encounter = details.with_told(encounter, voice)
    if _next(encounter, voice) == times.SLOT and voice.facts.times == ():
        encounter = replace(encounter, by_request=True)
        lead = f"{lead} {voice.say('booking.no_times')}".strip()
    id = _next(encounter, voice)
    if id is None:
        return replace(encounter, stage=Stage.CLOSED, open_question=None), told.closing(encounter, voice)
    return _wait(encounter, id, voice, _choices(id, encounter, voice), multiple=id in SEVERAL, lead=lead)


def step_after(before: Encounter, encounter: Encounter, voice: Voice) -> tuple[Encounter, tuple[Reply, ...]]:
    """The next booking question after an answer, with what the answer itself calls for."""
    replies = (told.confirmed(encounter, voice),) if _newly_booked(before, encounter) else ()
    lead = voice.say("booking.by_request") if encounter.by_request and not before.by_request else ""
    if voice.facts.contact_trouble and before.open_question and before.open_question.id == CONTACT:
        lead = voice.first(f"contact.left_out.{voice.facts.contact_trouble}", "contact.left_out")
    encounter, asked = step(encounter, voice, lead=lead)
    return encounter, (*replies, asked) if asked else replies


def without_time(encounter: Encounter, effect: TimeEffect, voice: Voice) -> tuple[Encounter, tuple[Reply, ...]]:
    """The encounter when the chosen time went to somebody else, with the others that are free."""
    encounter = replace(encounter, appointment=None, open_question=None)
    if encounter.stage is not Stage.BOOKING:
        return encounter, (voice.message("effect.failed"),)
    key = "booking.taken" if isinstance(effect, HoldTime) else "booking.lost"
    encounter, asked = step(encounter, voice, lead=voice.say(key))
    return encounter, (asked,) if asked else ()


def settle_booking(encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], voice: Voice) -> Encounter:
    """The encounter after a tapped or resolved answer to a booking question."""
    if question.id in (times.SLOT, times.CONFIRM):
        return times.settle_time(encounter, question, chosen[0], voice)
    return details.settle_detail(encounter, question, chosen, voice)


def with_contact(encounter: Encounter, contact: ContactDetails) -> Encounter:
    """The encounter with whatever of a contact was given; what was known before is kept."""
    request = encounter.request or AppointmentRequest()
    known = request.contact
    merged = ContactDetails(
        name=contact.name or known.name, phone=contact.phone or known.phone, email=contact.email or known.email
    )
    return replace(encounter, request=replace(request, contact=merged))


def settled_by_typing(
    encounter: Encounter, question: OpenQuestion, reading: Reading, protocol: Protocol
) -> Encounter | None:
    """The encounter after a typed answer to a booking question; None when it does not answer it."""
    if question.id == CONTACT:
        encounter = with_contact(encounter, named(reading, protocol))
        return closed(encounter, CONTACT) if reachable(encounter) else None
    if question.id == NAME and reading.text.strip():
        return closed(with_contact(encounter, ContactDetails(name=name_in(reading.text, protocol))), NAME)
    return details.settled_detail(encounter, question, reading)


def request_effect(encounter: Encounter) -> tuple[Effect, ...]:
    """Keep the request as soon as the patient can be reached, so that dropping out loses nothing."""
    if encounter.request is None or not reachable(encounter):
        return ()
    return (RequestAppointment(encounter.request),)


def booking_effects(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    """What a turn asks of the outside world for its booking."""
    return (request_effect(after) if after.request != before.request else ()) + _time_effects(before, after)


def reachable(encounter: Encounter) -> bool:
    """A phone number or an e-mail address is known."""
    contact = encounter.request.contact if encounter.request else ContactDetails()
    return bool(contact.phone or contact.email)


def _time_effects(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    had, has = before.appointment, after.appointment
    if had == has:
        return ()
    if has is None:
        return (ReleaseTime(),) if had and had.state is AppointmentState.HELD else ()
    if has.state is AppointmentState.HELD:
        return (HoldTime(has.practitioner, has.starts_at, has.minutes),)
    return (ConfirmTime(has.practitioner, has.starts_at, has.minutes),) if times.is_booked(after) else ()


def _newly_booked(before: Encounter, after: Encounter) -> bool:
    return times.is_booked(after) and after.appointment != before.appointment


def _next(encounter: Encounter, voice: Voice) -> str | None:
    request = encounter.request or AppointmentRequest()
    if not reachable(encounter):
        return CONTACT
    if not request.contact.name and NAME not in encounter.answered:
        return NAME
    if encounter.returning:
        return None
    by_calendar = voice.facts.booking.way is Way.CALENDAR and not request.call_back
    if by_calendar and times.picks_a_time(encounter):
        return times.next_in_choosing(encounter)
    return details.missing_detail(encounter, voice)


def _choices(id: str, encounter: Encounter, voice: Voice) -> tuple[Choice, ...]:
    if id == times.SLOT:
        return times.offered_times(encounter, voice)
    return voice.offered("confirm_time") if id == times.CONFIRM else details.choices_of(id, encounter, voice)


def _prompt(encounter: Encounter, id: str, voice: Voice) -> str:
    if id == times.CONFIRM and encounter.appointment:
        return voice.say("question.booking.confirm", time=times.label_of(encounter.appointment, voice.protocol))
    return voice.say(f"question.{id}")


def _wait(
    encounter: Encounter, id: str, voice: Voice, choices: tuple[Choice, ...], *, multiple: bool = False, lead: str = ""
) -> tuple[Encounter, Reply]:
    waiting = encounter.open_question
    put = waiting.times + 1 if waiting is not None and waiting.id == id else 1
    prompt = f"{lead}\n\n{_prompt(encounter, id, voice)}".strip()
    reply = question(ReplyKind.BOOKING, id, prompt=prompt, choices=choices, multiple=multiple)
    reply = replace(reply, why=voice.first(f"why.{id}", f"why.{id.split('.')[0]}"))
    waiting = OpenQuestion(id, choices, multiple, times=put)
    return replace(encounter, open_question=waiting), replace(reply, times=id == times.SLOT and bool(choices))
