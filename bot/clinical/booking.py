"""The request for an appointment or a call: contact, times, voicemail, payer, then the precautions."""

import re
from dataclasses import replace

from bot.clinical.effect import AppointmentRequest, Effect, RequestAppointment
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Reading
from bot.clinical.reply import Choice, Reply, ReplyKind
from bot.clinical.settle import closed
from bot.clinical.vocabulary import NONE, UNSURE
from bot.clinical.voice import Voice, question

OFFER, CONTACT, NAME = "booking.offer", "booking.contact", "booking.name"
TIMES, VOICEMAIL, PAYER, PRECAUTIONS = "booking.times", "booking.voicemail", "booking.payer", "precautions"
LONGEST_NOTE = 300


def offer(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The encounter waiting for whether to book, with the offer."""
    return _wait(encounter, OFFER, voice, voice.offered("booking_offer"))


def start(encounter: Encounter, voice: Voice, *, call_back: bool) -> tuple[Encounter, Reply | None]:
    """The encounter in booking, with the next question it needs."""
    request = replace(encounter.request or AppointmentRequest(), call_back=call_back)
    return step(replace(encounter, stage=Stage.BOOKING, request=request, wants_appointment=True), voice)


def put_again(encounter: Encounter, voice: Voice) -> Reply:
    """The waiting booking question once more, after something else was answered."""
    waiting = encounter.open_question
    if waiting is None:
        raise ValueError("no question is waiting")
    prompt = voice.say(f"question.{waiting.id}")
    return question(ReplyKind.BOOKING, waiting.id, prompt=prompt, choices=waiting.choices, multiple=waiting.multiple)


def step(encounter: Encounter, voice: Voice, *, lead: str = "") -> tuple[Encounter, Reply | None]:
    """The next booking question, or the closing words when nothing is missing."""
    id = _missing(encounter)
    if id is None:
        encounter = replace(encounter, stage=Stage.CLOSED, open_question=None)
        done = "returning.done" if encounter.returning else "booking.done"
        return encounter, Reply(ReplyKind.BOOKING, voice.say(done))
    multiple = id in (TIMES, PRECAUTIONS)
    return _wait(encounter, id, voice, _choices(id, voice), multiple=multiple, lead=lead)


def settle_booking(encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], voice: Voice) -> Encounter:
    """The encounter after a tapped or resolved answer to a booking question."""
    request = encounter.request or AppointmentRequest()
    labels = ", ".join(choice.label for choice in question.choices if choice.id in chosen)
    if question.id == TIMES:
        request = replace(request, times=labels)
    elif question.id == VOICEMAIL:
        request = replace(request, voicemail=chosen[0])
    elif question.id == PAYER:
        request = replace(request, payer=chosen[0])
    elif question.id == PRECAUTIONS:
        encounter = _with_precautions(encounter, chosen, voice)
    return closed(replace(encounter, request=request), question.id)


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
    note = reading.text.strip()[:LONGEST_NOTE]
    request = encounter.request or AppointmentRequest()
    if question.id == CONTACT:
        encounter = with_contact(encounter, _named(reading, protocol))
        return closed(encounter, CONTACT) if reachable(encounter) else None
    if question.id == NAME and note:
        return closed(with_contact(encounter, ContactDetails(name=name_in(reading.text, protocol))), NAME)
    if question.id == TIMES and note:
        return closed(replace(encounter, request=replace(request, times=note)), TIMES)
    if question.id == PAYER and note:
        return closed(replace(encounter, request=replace(request, payer=note)), PAYER)
    if question.id == PRECAUTIONS and note:
        return closed(replace(encounter, background=(*encounter.background, note)), PRECAUTIONS)
    return None


def name_in(text: str, protocol: Protocol) -> str | None:
    """The name that is left of a contact line without its number, e-mail and filler words; None when none is left."""
    words = re.sub(r"\S+@\S+|[\d()+./-]{3,}|\d+", " ", text).replace(",", " ").split()
    filler = set(protocol.cues["contact_filler"])
    left = [word.strip(".:;!?") for word in words if word.casefold().strip(".:;!?") not in filler]
    left = [word for word in left if any(letter.isalpha() for letter in word)]
    is_name = 1 <= len(left) <= 4 and not {word.casefold() for word in left} & set(protocol.cues["no_name"])
    return " ".join(left)[:80] if is_name else None


def _named(reading: Reading, protocol: Protocol) -> ContactDetails:
    return replace(reading.contact, name=reading.contact.name or name_in(reading.text, protocol))


def request_effect(encounter: Encounter) -> tuple[Effect, ...]:
    """Keep the request as soon as the patient can be reached, so that dropping out loses nothing."""
    if encounter.request is None or not reachable(encounter):
        return ()
    return (RequestAppointment(encounter.request),)


def reachable(encounter: Encounter) -> bool:
    """A phone number or an e-mail address is known."""
    contact = encounter.request.contact if encounter.request else ContactDetails()
    return bool(contact.phone or contact.email)


def _missing(encounter: Encounter) -> str | None:
    request = encounter.request or AppointmentRequest()
    if not reachable(encounter):
        return CONTACT
    if not request.contact.name and NAME not in encounter.answered:
        return NAME
    if encounter.returning:
        return None
    wanted = [TIMES] + ([VOICEMAIL] if request.contact.phone else []) + [PAYER, PRECAUTIONS]
    return next((id for id in wanted if id not in encounter.answered), None)


def _choices(id: str, voice: Voice) -> tuple[Choice, ...]:
    if id == PRECAUTIONS:
        taps = tuple(voice.protocol.precaution_taps)
        return (*voice.offered("precautions", *taps), *voice.offered("common", NONE, UNSURE))
    group = {TIMES: "times", VOICEMAIL: "voicemail", PAYER: "payer"}.get(id)
    return voice.offered(group) if group else ()


def _with_precautions(encounter: Encounter, chosen: tuple[str, ...], voice: Voice) -> Encounter:
    taps = voice.protocol.precaution_taps
    named = [id for tap in chosen for id in taps.get(tap, ()) if len(taps[tap]) == 1]
    precautions = tuple(dict.fromkeys((*encounter.precautions, *named)))
    return replace(encounter, precautions=precautions, precaution_taps=tuple(tap for tap in chosen if tap in taps))


def _wait(
    encounter: Encounter, id: str, voice: Voice, choices: tuple[Choice, ...], *, multiple: bool = False, lead: str = ""
) -> tuple[Encounter, Reply]:
    waiting = encounter.open_question
    times = waiting.times + 1 if waiting is not None and waiting.id == id else 1
    prompt = f"{lead}\n\n{voice.say(f'question.{id}')}".strip()
    reply = question(ReplyKind.BOOKING, id, prompt=prompt, choices=choices, multiple=multiple)
    reply = replace(reply, why=voice.first(f"why.{id}", f"why.{id.split('.')[0]}"))
    return replace(encounter, open_question=OpenQuestion(id, choices, multiple, times=times)), reply
