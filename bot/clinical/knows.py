"""Everything that is held about a patient, told to them in plain words."""

from bot.clinical.encounter import Encounter
from bot.clinical.playback import playback
from bot.clinical.voice import Voice


def everything_known(encounter: Encounter, voice: Voice) -> str:
    """What was understood, noted and given, line by line, and how to have it erased."""
    heard = playback(encounter, voice) or voice.say("control.nothing_yet")
    lines = [f"{label}: {value}." for label, value in _noted(encounter, voice) if value]
    return "\n".join([heard, *lines, voice.say("control.what_do_you_know")])


def _noted(encounter: Encounter, voice: Voice) -> tuple[tuple[str, str], ...]:
    labels, choices = voice.protocol.labels, voice.protocol.choices
    known = choices["background"]
    precautions = [voice.protocol.precautions[id] for id in encounter.precautions]
    precautions += [choices["precautions"][tap] for tap in encounter.precaution_taps]
    return (
        (labels["known.who"], choices["who"].get(encounter.who or "", "")),
        (labels["known.background"], "; ".join(known.get(note, f"“{note}”") for note in encounter.background)),
        (labels["known.precautions"], "; ".join(precautions)),
        (labels["known.request"], _request(encounter, voice)),
    )


def _request(encounter: Encounter, voice: Voice) -> str:
    request = encounter.request
    if request is None:
        return ""
    contact = request.contact
    payer = voice.protocol.choices["payer"].get(request.payer or "", request.payer or "")
    given = (contact.name, contact.phone, contact.email, request.times, payer)
    return "; ".join(f"“{part}”" for part in given if part)
