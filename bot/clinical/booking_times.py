"""Choosing one of the clinic's free times: offered six at a time, read from words, confirmed, and lost to others."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from operator import attrgetter

from bot.clinical.appointment import Appointment, AppointmentState, FreeTime
from bot.clinical.encounter import Encounter, OpenQuestion
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Choice
from bot.clinical.settle import closed
from bot.clinical.vocabulary import Answer
from bot.clinical.voice import Voice

SLOT, CONFIRM = "booking.slot", "booking.confirm"
AT_ONCE = 6
OTHER_TIMES, NONE_SUITS = "other_times", "none_suits"
_TOKEN = re.compile(r"[a-z]+|\d+(?::\d\d)?")


def slot_id(practitioner: str, starts_at: datetime) -> str:
    """The choice id of a time, which names it for good."""
    return f"slot.{practitioner}.{starts_at.astimezone(timezone.utc):%Y%m%dT%H%MZ}"


def time_label(starts_at: datetime, name: str, protocol: Protocol) -> str:
    """ "Tue, Dec 1, 9:00 am with Amy Lee"."""
    return protocol.labels["slot"].format(**moment_words(starts_at, protocol), practitioner=name)


def moment_words(moment: datetime, protocol: Protocol) -> Mapping[str, object]:
    """The words of a moment by its own clock: weekday, month, day and clock."""
    labels = protocol.labels
    return {
        "weekday": labels["weekdays"].split()[moment.weekday()],
        "month": labels["month_names"].split()[moment.month - 1],
        "day": moment.day,
        "clock": f"{moment.hour % 12 or 12}:{moment:%M} {labels['am' if moment.hour < 12 else 'pm']}",
    }


def label_of(appointment: Appointment, protocol: Protocol) -> str:
    """The label of the time that a patient has."""
    return time_label(appointment.starts_at, appointment.name, protocol)


def picks_a_time(encounter: Encounter) -> bool:
    """A time is to be chosen or confirmed now, before anything else is asked."""
    appointment = encounter.appointment
    return not encounter.by_request and (appointment is None or appointment.state is not AppointmentState.CONFIRMED)


def is_booked(encounter: Encounter) -> bool:
    """The patient has a time that is booked."""
    return encounter.appointment is not None and encounter.appointment.state is AppointmentState.CONFIRMED


def next_in_choosing(encounter: Encounter) -> str:
    """Which of the two questions about a time is open."""
    held = encounter.appointment is not None and encounter.appointment.state is AppointmentState.HELD
    return CONFIRM if held else SLOT


def offered_times(encounter: Encounter, voice: Voice) -> tuple[Choice, ...]:
    """The times of the page that the patient looks at, with the two ways on."""
    times = _from_its_page(encounter, voice)
    page = sorted(times[:AT_ONCE], key=attrgetter("starts_at"))
    shown = [Choice(slot_id(one.practitioner, one.starts_at), _label(one, voice)) for one in page]
    more = (OTHER_TIMES,) if len(times) > AT_ONCE else ()
    return (*shown, *voice.offered("free_times", *more, NONE_SUITS)) if shown else ()


def settle_time(encounter: Encounter, question: OpenQuestion, chosen: str, voice: Voice) -> Encounter:
    """The encounter after a tap or typed answer to one of the two questions about a time."""
    if question.id == CONFIRM:
        return _confirmed(encounter) if chosen == "yes" else replace(encounter, appointment=None, open_question=None)
    if chosen == OTHER_TIMES:
        return replace(encounter, times_page=encounter.times_page + 1, open_question=None)
    if chosen == NONE_SUITS:
        return closed(replace(encounter, by_request=True), SLOT)
    return closed(replace(encounter, appointment=_held(chosen, voice, question)), SLOT)


def named_time(question: OpenQuestion, text: str, answer: Answer | None) -> tuple[str, ...] | None:
    """The time that words name ("tuesday 9"), other times, or none of them; None where they name no single one."""
    known = {choice.id: _tokens(choice.label) for choice in question.choices}
    times = {id: tokens for id, tokens in known.items() if id.startswith("slot.")}
    vocabulary = set().union(*times.values()) if times else set()
    said = _tokens(text)
    wanted = {token for token in said if token[0].isdigit() or token in vocabulary | _WEEKDAYS}
    fitting = [id for id, tokens in times.items() if wanted <= tokens]
    if wanted and len(fitting) == 1:
        return (fitting[0],)
    if not wanted and OTHER_TIMES in known and said & _OTHER:
        return (OTHER_TIMES,)
    return (NONE_SUITS,) if not wanted and answer is Answer.NO else None


_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_OTHER = frozenset({"other", "others", "more", "later", "else", "different"})


def _tokens(text: str) -> set[str]:
    """The words of a label or an answer, in the one form that both are compared in."""
    found = [_short(token) for token in _TOKEN.findall(text.casefold())]
    hours = [token.split(":")[0] for token in found if token.endswith(":00")]
    return {*found, *hours} - {"with"}


def _short(token: str) -> str:
    return token[:3] if token[:3] in _WEEKDAYS and token.endswith("day") else token


def _from_its_page(encounter: Encounter, voice: Voice) -> tuple[FreeTime, ...]:
    """The free times, beginning with those after the page shown where the patient has just turned it."""
    times, turned = voice.facts.times or (), encounter.times_page != voice.facts.times_page
    return (*times[AT_ONCE:], *times[:AT_ONCE]) if turned else times


def _label(time: FreeTime, voice: Voice) -> str:
    return time_label(time.starts_at, time.name, voice.protocol)


def _held(chosen: str, voice: Voice, question: OpenQuestion) -> Appointment:
    """The chosen time; one that is free no longer has no length, and so cannot be held."""
    for time in voice.facts.times or ():
        if slot_id(time.practitioner, time.starts_at) == chosen:
            return Appointment(time.practitioner, time.name, time.starts_at, time.minutes, AppointmentState.HELD)
    _, practitioner, written = chosen.split(".")
    starts_at = datetime.strptime(written, "%Y%m%dT%H%MZ").replace(tzinfo=timezone.utc)
    return Appointment(practitioner, practitioner, starts_at, 0, AppointmentState.HELD)


def _confirmed(encounter: Encounter) -> Encounter:
    appointment = encounter.appointment
    assert appointment is not None
    return closed(replace(encounter, appointment=replace(appointment, state=AppointmentState.CONFIRMED)), CONFIRM)
