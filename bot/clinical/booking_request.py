"""What the front desk wants to know of a visit: when, with whom, in which language, who pays, and what needles need."""

from dataclasses import replace

from bot.clinical.booking_times import is_booked
from bot.clinical.contact import claim_in
from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter, OpenQuestion
from bot.clinical.reading import Reading
from bot.clinical.reply import Choice
from bot.clinical.settle import closed
from bot.clinical.vocabulary import NONE, UNSURE
from bot.clinical.voice import Voice

TIMES, PRACTITIONER, LANGUAGE = "booking.times", "booking.practitioner", "booking.language"
VOICEMAIL, PAYER, CLAIM, PRECAUTIONS = "booking.voicemail", "booking.payer", "booking.claim", "precautions"
WITH_CLAIM = ("icbc", "worksafebc")
"""Payers that give every claim a number."""
NO_PREFERENCE = "no_preference"
LONGEST_NOTE = 300
LONGEST_NAME = 80


def missing_detail(encounter: Encounter, voice: Voice) -> str | None:
    """The next question about the visit; what is known is not asked, and a booked time needs no wishes for one."""
    request = encounter.request or AppointmentRequest()
    wanted = [] if is_booked(encounter) else [TIMES, *_whom_and_how(request, voice)]
    wanted += [VOICEMAIL] if request.contact.phone else []
    wanted += [] if request.payer else [PAYER]
    wanted += [CLAIM] if request.payer in WITH_CLAIM and not request.claim else []
    return next((id for id in [*wanted, PRECAUTIONS] if id not in encounter.answered), None)


def with_told(encounter: Encounter, voice: Voice) -> Encounter:
    """The encounter whose request has what was told before it was asked: who pays, and the number of the claim."""
    request = encounter.request or AppointmentRequest()
    payer = request.payer or (encounter.payer if encounter.payer in voice.protocol.choices["payer"] else None)
    claim = request.claim or (claim_in(encounter.claim) if encounter.claim else None)
    told = replace(request, payer=payer, claim=claim)
    return encounter if told == request else replace(encounter, request=told)


def choices_of(id: str, encounter: Encounter, voice: Voice) -> tuple[Choice, ...]:
    """The choices of a question about the visit."""
    if id == PRECAUTIONS:
        taps = tuple(voice.protocol.precaution_taps)
        return (*voice.offered("precautions", *taps), *voice.offered("common", NONE, UNSURE))
    if id == PRACTITIONER:
        named = [Choice(f"with.{one.id}", one.name) for one in voice.facts.booking.practitioners]
        return (*voice.offered("practitioner", NO_PREFERENCE), *named)
    if id == LANGUAGE:
        spoken = _languages(encounter.request or AppointmentRequest(), voice)
        return tuple(Choice(f"visit.{number}", language) for number, language in enumerate(spoken, start=1))
    if id == CLAIM:
        return voice.offered("common", "skip")
    group = {TIMES: "times", VOICEMAIL: "voicemail", PAYER: "payer"}.get(id)
    return voice.offered(group) if group else ()


def settle_detail(encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], voice: Voice) -> Encounter:
    """The encounter after a tapped or resolved answer to a question about the visit."""
    request = encounter.request or AppointmentRequest()
    labels = ", ".join(choice.label for choice in question.choices if choice.id in chosen)
    if question.id == TIMES:
        request = replace(request, times=labels)
    elif question.id == PRACTITIONER:
        request = replace(request, practitioner=None if chosen[0] == NO_PREFERENCE else labels)
    elif question.id == LANGUAGE:
        request = replace(request, visit_language=labels)
    elif question.id == VOICEMAIL:
        request = replace(request, voicemail=chosen[0])
    elif question.id == PAYER:
        request = replace(request, payer=chosen[0])
    elif question.id == PRECAUTIONS:
        encounter = _with_precautions(encounter, chosen, voice)
    return closed(replace(encounter, request=request), question.id)


def settled_detail(encounter: Encounter, question: OpenQuestion, reading: Reading) -> Encounter | None:
    """The encounter after a typed answer to a question about the visit; None when it does not answer it."""
    note = reading.text.strip()[:LONGEST_NOTE]
    request = encounter.request or AppointmentRequest()
    if not note:
        return None
    if question.id == TIMES:
        request = replace(request, times=note)
    elif question.id == PRACTITIONER:
        request = replace(request, practitioner=note[:LONGEST_NAME])
    elif question.id == LANGUAGE:
        request = replace(request, visit_language=note[:LONGEST_NAME])
    elif question.id == PAYER:
        request = replace(request, payer=reading.background.payer or note)
    elif question.id == CLAIM:
        request = replace(request, claim=claim_in(note))
    elif question.id == PRECAUTIONS:
        encounter = replace(encounter, background=(*encounter.background, note))
    else:
        return None
    return closed(replace(encounter, request=request), question.id)


def _whom_and_how(request: AppointmentRequest, voice: Voice) -> list[str]:
    """With whom and in which language, where the clinic has a choice; for a call neither matters yet."""
    if request.call_back:
        return []
    several = len(voice.facts.booking.practitioners) > 1
    return [PRACTITIONER] * several + [LANGUAGE] * (len(_languages(request, voice)) > 1)


def _languages(request: AppointmentRequest, voice: Voice) -> tuple[str, ...]:
    """What the practitioner who is asked for speaks, else what any of them does."""
    booking = voice.facts.booking
    spoken = [one.languages for one in booking.practitioners if one.name == request.practitioner]
    return spoken[0] if spoken else booking.languages


def _with_precautions(encounter: Encounter, chosen: tuple[str, ...], voice: Voice) -> Encounter:
    taps = voice.protocol.precaution_taps
    named = [id for tap in chosen for id in taps.get(tap, ()) if len(taps[tap]) == 1]
    precautions = tuple(dict.fromkeys((*encounter.precautions, *named)))
    return replace(encounter, precautions=precautions, precaution_taps=tuple(tap for tap in chosen if tap in taps))
