"""What a message sets right in words: "not my hip, the knee", "actually it has been two years"."""

from dataclasses import replace

from bot.clinical.cues import begins_with_cue, has_cue
from bot.clinical.encounter import Encounter
from bot.clinical.event import Said
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import PLACELESS


def corrected(before: Encounter, after: Encounter, event: Said, protocol: Protocol) -> Encounter:
    """The encounter after a message was absorbed, without the place and the time that it corrects."""
    if not _corrects(event.reading.text, protocol):
        return after
    days = event.reading.duration_days
    return replace(
        after,
        regions=_regions(before, after, event, protocol),
        duration_days=days if days is not None else after.duration_days,
    )


def _corrects(text: str, protocol: Protocol) -> bool:
    return has_cue(protocol, "correction", text) or begins_with_cue(protocol, "denied", text)


def _regions(before: Encounter, after: Encounter, event: Said, protocol: Protocol) -> tuple:  # type: ignore[type-arg]
    """Places that are named but not complained of are dropped; a new place takes the place of all others."""
    reading = event.reading
    denied = set(reading.places) - set(reading.regions)
    said = tuple(region for region in reading.regions if region not in PLACELESS)
    instead = said and set(said).isdisjoint(before.regions) and not has_cue(protocol, "also", reading.text)
    kept = tuple(region for region in after.regions if region not in denied)
    if not instead:
        return kept
    return tuple(region for region in kept if region in PLACELESS or region in said)
