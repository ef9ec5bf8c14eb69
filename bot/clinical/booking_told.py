"""What a patient is told of their booking: the clinic's own page, the time that is booked, and the closing words."""

from dataclasses import replace

from bot.clinical.booking_times import is_booked, label_of
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.summary import summarise
from bot.clinical.voice import Voice


def sent_to_page(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The conversation closed, with the clinic's own booking page and the summary to copy into it."""
    url = voice.facts.booking.url or ""
    copy = "\n".join(summarise(replace(encounter, request=None), voice.protocol)[:-1])
    link = (url, voice.say("booking.link.label"), copy)
    told = Reply(ReplyKind.BOOKING, voice.say("booking.link", link=url), link=link)
    return replace(encounter, stage=Stage.CLOSED, open_question=None), told


def has_time_ahead(encounter: Encounter, voice: Voice) -> bool:
    """The patient has a booked time that is not over."""
    booked = encounter.appointment if is_booked(encounter) else None
    return booked is not None and booked.starts_at > voice.facts.now


def already_booked(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The time that the patient has, when another is asked for: it is moved on its own page."""
    return replace(encounter, stage=Stage.CLOSED, open_question=None), _told(encounter, "booking.already", voice)


def confirmed(encounter: Encounter, voice: Voice) -> Reply:
    """The booked time with its place, how to change it, and when to get help."""
    return _told(encounter, "booking.confirmed", voice)


def closing(encounter: Encounter, voice: Voice) -> Reply:
    """The last words of a booking."""
    if is_booked(encounter):
        return _told(encounter, "booking.done.booked", voice)
    return Reply(ReplyKind.BOOKING, voice.say("returning.done" if encounter.returning else "booking.done"))


def _told(encounter: Encounter, key: str, voice: Voice) -> Reply:
    appointment, clinic = encounter.appointment, voice.facts.clinic
    if appointment is None:
        raise ValueError("there is no appointment to tell of")
    label, manage = label_of(appointment, voice.protocol), voice.facts.booking.manage
    place = f" ({clinic.address})" if clinic.address else ""
    text = voice.say(key, time=label, place=place)
    return Reply(ReplyKind.BOOKING, text, appointment=(label, manage) if manage else None)
