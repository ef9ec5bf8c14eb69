"""What a message sets right in words: "not my hip, the knee", "actually it has been two years"."""

from dataclasses import replace

from bot.clinical.absorb import with_finding
from bot.clinical.encounter import Encounter, record_of
from bot.clinical.event import Said
from bot.clinical.fixes import OTHER_SIDE
from bot.clinical.playback import SPANS
from bot.clinical.reading import Correction
from bot.clinical.vocabulary import PLACELESS, Finding, Presence, Region, Side

OTHER_TIMES = ("booking", "who", "pattern", "background", "clarify", "precautions")
"""Questions whose answers hold other times than the complaint's: of a visit, an age, a treatment, a change.

There only who names the time that was understood ("scrap the 8 weeks, it's 8 days") sets it right.
"""

LONGEST_QUOTE = 120


def corrected(before: Encounter, after: Encounter, event: Said) -> Encounter:
    """The encounter after a message was absorbed, with what the message sets right in what was understood before it."""
    correction = event.reading.correction
    if correction is None or not _is_understood(before):
        return after
    days = _days(before, correction)
    waiting = before.open_question
    names_ours = correction.not_days is not None and correction.not_days == before.duration_days
    speaks_of_other = waiting is not None and waiting.id.startswith(OTHER_TIMES) and not names_ours
    for finding in Finding:
        after = _with_finding(before, after, event, finding)
    return replace(
        after,
        side=_side(before, after, correction),
        regions=_regions(before, after, correction, event),
        duration_days=after.duration_days if days is None or speaks_of_other else days,
    )


def _days(before: Encounter, correction: Correction) -> int | None:
    """The time that it is; where only its unit was wrong, the number known of the unit that is meant."""
    known, unit = before.duration_days, correction.unit_days
    if correction.duration_days is not None or known is None or unit is None:
        return correction.duration_days
    size = next(size for size, _ in SPANS if known >= size or size == 1)
    return max(1, round(known / size)) * unit


def _is_understood(before: Encounter) -> bool:
    """Whether anything was understood before; a first message sets nothing right."""
    return bool(before.findings or before.regions or before.side or before.duration_days is not None)


def _side(before: Encounter, after: Encounter, correction: Correction) -> Side | None:
    """The side that is said to be it; one that comes on top of the other makes both."""
    if correction.other_side and correction.adds and before.side in OTHER_SIDE:
        return Side.BOTH
    if correction.other_side:
        return OTHER_SIDE.get(before.side, after.side) if before.side else after.side
    if correction.side is None:
        return after.side
    comes_on_top = correction.adds and before.side is not None and before.side is not correction.side
    return Side.BOTH if comes_on_top else correction.side


def _regions(before: Encounter, after: Encounter, correction: Correction, event: Said) -> tuple[Region, ...]:
    """The places known, without those that it is not, and with those that it is."""
    newly_there = _of_new_findings(before, event)
    named = tuple(region for region in correction.places if region not in PLACELESS)
    places = tuple(region for region in named if region not in newly_there)
    known = tuple(region for region in after.regions if region not in correction.not_places)
    if places and correction.only:
        known = _without_others(known, named)
    elif places and correction.anew and set(places).isdisjoint(before.regions):
        targeted = not set(before.regions).isdisjoint(correction.not_places)
        known = known if targeted else _without_others(known, named)
    spared = _held(after, but=Finding.PAIN) | set(places)
    rest = tuple(region for region in known if region not in correction.unsore or region in spared)
    known = rest if rest or places else known
    stated = correction.anew or correction.only or correction.adds
    return known + tuple(region for region in places if region not in known) if stated else known


def _without_others(known: tuple[Region, ...], named: tuple[Region, ...]) -> tuple[Region, ...]:
    return tuple(region for region in known if region in PLACELESS or region in named)


def _of_new_findings(before: Encounter, event: Said) -> frozenset[Region]:
    """Places of findings that were not known to be there: they come on top of the others."""
    new = [
        mention
        for mention in event.reading.mentions
        if mention.presence is Presence.PRESENT and record_of(before, mention.finding).presence is not Presence.PRESENT
    ]
    return frozenset(region for mention in new for region in mention.regions)


def _held(encounter: Encounter, *, but: Finding) -> set[Region]:
    """The places of the findings that are there, one finding left out."""
    there = [one for one in encounter.findings if one.presence is Presence.PRESENT and one.finding is not but]
    return {region for record in there for region in record.regions}


def _with_finding(before: Encounter, after: Encounter, event: Said, finding: Finding) -> Encounter:
    """The encounter with one finding set right; a denial for another place leaves it as it was."""
    correction, quote = event.reading.correction, event.reading.text.strip()[:LONGEST_QUOTE]
    if correction is None:
        return after
    if finding in correction.repeated:
        kept = tuple(record for record in before.findings if record.finding is finding)
        others = tuple(record for record in after.findings if record.finding is not finding)
        return replace(after, findings=(*others, *kept))
    turned = finding in correction.gone and finding in correction.there
    was_denied = turned and record_of(before, finding).presence is Presence.ABSENT
    said = Presence.ABSENT if finding in correction.gone and not was_denied else Presence.PRESENT
    if finding not in correction.gone and finding not in correction.there:
        return after
    if record_of(after, finding).presence is said:
        return after
    mentioned = [one for one in event.reading.mentions if one.finding is finding and one.presence is said]
    places = tuple(region for one in mentioned for region in one.regions)
    return with_finding(after, finding, said, quote=quote, regions=places if said is Presence.ABSENT else ())
