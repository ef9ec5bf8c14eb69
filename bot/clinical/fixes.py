"""Taps that correct what was played back: a finding, the side, the place, the time.

They stand beside the playback and are no answers: the question that waits is put again after them.
"""

from dataclasses import replace

from bot.clinical.encounter import Encounter, FindingRecord, OpenQuestion
from bot.clinical.reply import Choice
from bot.clinical.tally import absent, present
from bot.clinical.vocabulary import PLACELESS, Finding, Presence, Side
from bot.clinical.voice import Voice

FIX = "fix."
SIDE, PLACE, TIME = "fix.side", "fix.place", "fix.time"
OTHER_SIDE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def fixes(encounter: Encounter, voice: Voice) -> tuple[Choice, ...]:
    """What may be corrected by a tap: everything that the playback says."""
    return (*_findings(encounter, voice), *_circumstances(encounter, voice))


def fixed(encounter: Encounter, tap: str, voice: Voice) -> Encounter:
    """The encounter after a finding or the side was corrected; the desk sees that it was, and how."""
    if tap == SIDE and encounter.side in OTHER_SIDE:
        return replace(encounter, side=OTHER_SIDE[encounter.side])
    finding = next((one for one in Finding if tap == f"{FIX}{one.value}"), None)
    if finding is None:
        return encounter
    label = next(choice.label for choice in _findings(encounter, voice) if choice.id == tap)
    records = tuple(_turned(record, label) if record.finding is finding else record for record in encounter.findings)
    return replace(encounter, findings=records)


def put_anew(encounter: Encounter, tap: str) -> tuple[Encounter, OpenQuestion] | None:
    """The encounter without its place or time, and the question that asks for it; None for the other taps."""
    id = {PLACE: "where", TIME: "time"}.get(tap)
    encounter = replace(encounter, answered=tuple(one for one in encounter.answered if one != id))
    if tap == PLACE:
        bare = replace(encounter, regions=tuple(one for one in encounter.regions if one in PLACELESS), side=None)
        return bare, OpenQuestion("where", times=0)
    if tap == TIME:
        return replace(encounter, duration_days=None), OpenQuestion("time", times=0)
    return None


def _turned(record: FindingRecord, label: str) -> FindingRecord:
    """The other presence, with the words of the tap; what was quoted before stood for the opposite."""
    turned = Presence.ABSENT if record.presence is Presence.PRESENT else Presence.PRESENT
    return FindingRecord(record.finding, turned, (label,), record.regions, contradicted=True)


def _findings(encounter: Encounter, voice: Voice) -> tuple[Choice, ...]:
    labels = voice.protocol.finding_labels
    gone = [(one.finding, "fix.gone") for one in present(encounter)]
    there = [(one.finding, "fix.there") for one in absent(encounter)]
    return tuple(
        Choice(f"{FIX}{finding.value}", voice.say(key, finding=labels[finding])) for finding, key in (*gone, *there)
    )


def _circumstances(encounter: Encounter, voice: Voice) -> tuple[Choice, ...]:
    offered = []
    if set(encounter.regions) - PLACELESS:
        offered.append(Choice(PLACE, voice.say(PLACE)))
    if encounter.side in OTHER_SIDE:
        other = voice.protocol.labels[OTHER_SIDE[encounter.side].value]
        offered.append(Choice(SIDE, voice.say(SIDE, side=other)))
    if encounter.duration_days is not None:
        offered.append(Choice(TIME, voice.say(TIME)))
    return tuple(offered)
