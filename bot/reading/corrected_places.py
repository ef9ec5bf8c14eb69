"""Which places a message sets right: where it is, where it is not, and where it only does not hurt."""

from dataclasses import dataclass

from bot.clinical.vocabulary import About, Finding, Presence, Region
from bot.reading.complaint import ordered, specific
from bot.reading.findings import finding_of
from bot.reading.places import Place
from bot.reading.stances import Stance, Stances
from bot.reading.tokens import Tokens
from bot.reading.told import Told


@dataclass(frozen=True)
class CorrectedPlaces:
    """The regions that it is, that it is not, and that only do not hurt."""

    it: tuple[Region, ...]
    other: tuple[Region, ...]
    unsore: tuple[Region, ...]
    meant: bool

    @classmethod
    def of(cls, tokens: Tokens, told: Told, stances: Stances) -> "CorrectedPlaces":
        """What becomes of the places of a message; what is only said before is it where nothing else is."""
        mine, absent, unsore = _by_findings(tokens, told)
        named = [place for place in told.where.places if place.regions and _is_told(place, stances)]
        refused = [place for place in named if _is_refused(place, stances.of[place.start])]
        kept = [place for place in named if place not in refused and place not in absent and place not in unsore]
        affirmed = [place for place in kept if stances.of[place.start].affirms]
        sure = [place for place in affirmed if place in mine or stances.counts(place.start)]
        affirmed = sure or (affirmed if refused or stances.has("turns") else [])
        said = [place for place in kept if stances.of[place.start].repeats]
        if not affirmed:
            affirmed = [place for place in said if stances.of[place.start] is Stance.MINE]
            said = []
        refused = [place for place in refused if affirmed or place.start - 1 not in told.where.every_side]
        if not affirmed and stances.points_elsewhere:
            refused = []
        firmly = [place for place in affirmed if stances.of[place.start] is not Stance.PLAIN]
        it = _regions(affirmed)
        other = _regions([*refused, *said])
        it = tuple([region for region in it if region not in other or region in _regions(firmly)])
        other = tuple([region for region in other if region not in it])
        return cls(specific(it), other, _regions(unsore), meant=bool(firmly) and not mine)

    def anew(self, *, marked: bool) -> bool:
        """Whether the places stand instead of those known."""
        return bool(self.it) and (marked or self.meant)


def _is_told(place: Place, stances: Stances) -> bool:
    """Whether the place is spoken of at all; one that only something else happens to, where it is said firmly."""
    return not place.is_aside or stances.of[place.start] not in (Stance.PLAIN, Stance.NOT_ONLY)


def _is_refused(place: Place, stance: Stance) -> bool:
    return stance.refuses or (place.is_well and stance is not Stance.NOT_ONLY)


def _by_findings(tokens: Tokens, told: Told) -> tuple[list[Place], list[Place], list[Place]]:
    """The places of findings that are there, of those that are not, and of pain that is not."""
    there: list[Place] = []
    absent: list[Place] = []
    unsore: list[Place] = []
    for match, judged, places in zip(told.matches, told.judgements, told.owned, strict=True):
        if judged.presence is Presence.PRESENT and judged.about is About.PATIENT:
            there.extend(places)
        elif judged.presence is Presence.ABSENT:
            near = [place for place in places if not any(tokens.pauses[match.start + 1 : place.start + 1])]
            (unsore if finding_of(match) is Finding.PAIN else absent).extend(near)
    return there, absent, unsore


def _regions(places: list[Place]) -> tuple[Region, ...]:
    return ordered([region for place in places for region in place.regions])
