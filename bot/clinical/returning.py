"""Patients whom the clinic treats already: their complaint goes to their physiotherapist today, with no new screening.

Red flags and the safety lists of the place come first (docs/decisions/0011-returning-patients.md).
"""

from dataclasses import replace

from bot.clinical.booking import step
from bot.clinical.control import asked_for
from bot.clinical.cues import has_cue
from bot.clinical.effect import AppointmentRequest, Effect, RequestPerson
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Said
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply
from bot.clinical.vocabulary import About, Presence
from bot.clinical.voice import Voice

REASON = "returning_patient"
MOVE = "change_appointment"
NOT_MEANT = ("book_exam", f"faq/{MOVE}")
"""What "can I move Thursday" is taken for by the classifier, where it hears it at all."""


def speaks_of_treatment(event: Said, protocol: Protocol) -> bool:
    """The message says that this clinic treats the writer, lately and here."""
    text = event.reading.text
    return has_cue(protocol, "returning", text) and not has_cue(protocol, "not_returning", text)


def complains(event: Said) -> bool:
    """The message tells of something that the patient has now, even where it only seems to ask."""
    return any(
        mention.about is About.PATIENT and mention.presence is Presence.PRESENT for mention in event.reading.mentions
    )


def recognised(before: Encounter, after: Encounter, event: Said, protocol: Protocol) -> Encounter:
    """The encounter that remembers a known patient and, once there is a complaint, leads to the call."""
    known = after.known_patient or (speaks_of_treatment(event, protocol) and not _asks_ahead(before, event))
    worse = known and has_cue(protocol, "worse_since", event.reading.text)
    return _led_to_call(before, replace(after, known_patient=known), complains=worse)


def recognised_by_tap(before: Encounter, after: Encounter) -> Encounter:
    """The same for a known patient who ticks what is there."""
    return _led_to_call(before, after, complains=False)


def _led_to_call(before: Encounter, after: Encounter, *, complains: bool) -> Encounter:
    """The encounter of a known patient, on its way to the call once anything is complained of."""
    told = complains or any(record.presence is Presence.PRESENT for record in after.findings) or bool(after.flags)
    aside = any(other.reason != About.SOMEONE_ELSE.value for other in after.other_findings)
    if not after.known_patient or before.returning or not (told or aside):
        return after
    wanted = after.wants_appointment or after.stage is Stage.BOOKING
    stage = after.stage if after.stage is Stage.URGENT else Stage.SCREENING
    return asked_for(replace(after, returning=True, stage=stage, wants_appointment=wanted), REASON)


def _asks_ahead(before: Encounter, event: Said) -> bool:
    """Who is being screened and asks what is allowed "after the needles" speaks of a visit to come."""
    return before.stage is Stage.SCREENING and event.reading.text.rstrip().endswith("?") and not complains(event)


def with_move(wishes: tuple[str, ...], event: Said, protocol: Protocol) -> tuple[str, ...]:
    """The wishes, with moving an appointment among them where the words say so: a visit is not booked anew."""
    if not has_cue(protocol, MOVE, event.reading.text):
        return wishes
    return (*[wish for wish in wishes if wish not in NOT_MEANT], f"faq/{MOVE}")


def call_today(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply | None]:
    """After the safety lists: only a name and a number are asked, and the front desk calls."""
    request = replace(encounter.request or AppointmentRequest(), call_back=True)
    encounter = replace(encounter, stage=Stage.BOOKING, request=request, complete=True, open_question=None)
    return step(encounter, voice)


def wish_for_a_person(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    """Ask staff for the call of the treating physiotherapist, once."""
    return (RequestPerson(REASON),) if after.returning and not before.returning else ()
