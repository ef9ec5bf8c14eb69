"""What was understood, said back in one short sentence that the patient can correct."""

from bot.clinical.encounter import Encounter, FindingRecord
from bot.clinical.protocol import Protocol
from bot.clinical.tally import absent, present
from bot.clinical.vocabulary import MINOR, PLACELESS, Finding, Presence
from bot.clinical.voice import Voice

SPANS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


def playback(encounter: Encounter, voice: Voice) -> str:
    """ "Right lower back: pain, tight muscles, about 6 months. You said no to: swelling." and how to correct it."""
    named = _named(encounter, voice)
    said = ", ".join(part for part in (named, span(encounter.duration_days, voice.protocol)) if part)
    if not named and not _place(encounter, voice):
        return ""
    denied = ", ".join(_label(record.finding, voice) for record in absent(encounter))
    no = voice.say("playback.denied", findings=denied) if denied else ""
    place = _place(encounter, voice)
    sentence = " ".join(part for part in (f"{place}: {said}." if place and said else f"{place}{said}.", no) if part)
    return voice.say("playback", said=sentence)


def noted(before: Encounter, after: Encounter, voice: Voice) -> str:
    """What was heard beside the complaint for the first time: precautions, who pays, the claim."""
    labels = voice.protocol.precautions
    new = [labels[id] for id in after.precautions if id not in before.precautions and id != MINOR]
    payers = voice.protocol.choices["payer"]
    payer = payers.get(after.payer or "", "") if after.payer != before.payer else ""
    claim = f"{after.claim}" if after.claim and after.claim != before.claim else ""
    heard = [part for part in (*new, " ".join(part for part in (payer, claim) if part)) if part]
    return voice.say("playback.noted", said="; ".join(heard)) if heard else ""


def contradiction(record: FindingRecord, voice: Voice) -> str:
    """What the patient said first and what now, and which of the two is kept."""
    key = "playback.now_there" if record.presence is Presence.PRESENT else "playback.now_gone"
    quote = record.quotes[-1] if record.quotes else voice.protocol.labels["no"]
    return voice.say(key, finding=_label(record.finding, voice), quote=quote)


def span(days: int | None, protocol: Protocol) -> str:
    """A number of days in the patient's units ("about 6 months"); empty when unknown."""
    if days is None:
        return ""
    size, unit = next(((size, unit) for size, unit in SPANS if days >= size), (1, "day"))
    count = max(1, round(days / size))
    labels = protocol.labels
    return labels["span"].format(count=count, unit=labels[unit] if count == 1 else labels[f"{unit}s"])


def _named(encounter: Encounter, voice: Voice) -> str:
    return ", ".join(_label(record.finding, voice) for record in present(encounter))


def _label(finding: Finding, voice: Voice) -> str:
    return voice.protocol.finding_labels[finding]


def _place(encounter: Encounter, voice: Voice) -> str:
    places = [region for region in encounter.regions if region not in PLACELESS]
    names = [voice.protocol.region_labels[region] for region in places[:3]]
    if not names:
        return ""
    side = f"{voice.protocol.labels[encounter.side.value]} " if encounter.side and len(names) == 1 else ""
    joined = side + voice.protocol.labels["and"].join(names)
    return joined[:1].upper() + joined[1:]
