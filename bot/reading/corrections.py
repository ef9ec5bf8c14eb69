"""What a message sets right in what was understood before it: the side, the place, the time, the findings."""

from dataclasses import dataclass
from operator import attrgetter

from bot.clinical.reading import NO_CORRECTION, Correction
from bot.clinical.vocabulary import About, Finding, Presence, Region, Side
from bot.knowledge.word_tables import CorrectionWords, Table
from bot.reading.complaint import ordered, specific
from bot.reading.durations import Stretch
from bot.reading.findings import finding_of
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, covered
from bot.reading.places import Place, Where, join_sides
from bot.reading.presence import Judgement
from bot.reading.stances import Stance, StanceReader, Stances
from bot.reading.tokens import Tokens

LONGEST = 60
"""Words of a message that may set something right; a longer one tells a story of its own."""
SHORT = 8
OTHER_SIDE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@dataclass(frozen=True)
class Told:
    """What was read of the message: places and sides, findings with their judgements and places, and times."""

    where: Where
    matches: tuple[Match, ...]
    judgements: tuple[Judgement, ...]
    owned: tuple[tuple[Place, ...], ...]
    times: tuple[Stretch, ...]
    days: int | None


class CorrectionReader:
    """Reads corrections; built once from the words of a language."""

    def __init__(
        self, words: CorrectionWords, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None
    ) -> None:
        self._stances = StanceReader(words, grammar=grammar, index=index)
        self._leading = frozenset(small["determiners"]) | frozenset(small["links"])
        self.vocabulary = self._stances.vocabulary

    def read(self, tokens: Tokens, told: Told) -> Correction | None:
        """What the message sets right; None when that is nothing."""
        if not 0 < len(tokens.words) <= LONGEST:
            return None
        items = _items(told)
        stances = self._stances.read(tokens, items)
        if not items and not stances.has("other"):
            return None
        sides = _sides(told.where, stances)
        places = _Places.of(tokens, told, stances)
        marked = stances.turns or any(not stances.of[first].affirms for first, _ in items)
        adds = stances.has("added") or stances.has("not_only")
        side, other = self._side(tokens, sides, stances, places=told.where.places)
        brief = len(tokens.words) <= SHORT
        found = Correction(
            side=side if marked or adds or brief else None,
            other_side=other and side is None,
            places=places.it,
            not_places=places.other,
            unsore=places.unsore,
            anew=places.anew(stances, marked=marked),
            only=any(stances.of[place.start] is Stance.ONLY for place in told.where.places if place.counts),
            adds=adds,
            duration_days=_days(told, stances, marked=marked, brief=brief),
            **_findings(told, stances),
        )
        return None if found == NO_CORRECTION else found

    def _side(
        self, tokens: Tokens, sides: dict[int, Side], stances: Stances, *, places: tuple[Place, ...]
    ) -> tuple[Side | None, bool]:
        """The side that it is, and whether it is the one that was not understood before."""
        affirmed = _affirmed(tokens, sides, stances)
        if affirmed is not None:
            return affirmed, False
        if _is_other(stances):
            said = [OTHER_SIDE[sides[at]] for at in sides if stances.of[at].repeats and sides[at] in OTHER_SIDE]
            return (said[0] if said else None), True
        refused = [at for at in sides if stances.of[at].refuses and self._is_place_like(tokens, at, places)]
        if refused:
            return OTHER_SIDE.get(sides[refused[0]]), False
        if any(stances.of[at] is Stance.NOT_ONLY for at in sides):
            return Side.BOTH, False
        mine = [sides[at] for at in sides if stances.of[at] is Stance.MINE]
        return (mine[-1] if mine else None), False

    def _is_place_like(self, tokens: Tokens, at: int, places: tuple[Place, ...]) -> bool:
        """Whether a side that is denied is one of the body: "not THE right", "not right knee", not "isn't right"."""
        led = at > 0 and tokens.words[at - 1] in self._leading
        return led or tokens.words[at] == Side.LEFT.value or any(place.start == at + 1 for place in places)


def _items(told: Told) -> tuple[tuple[int, int], ...]:
    """Everything that may be set right, from first to last word, in reading order."""
    found = [(place.start, place.end) for place in told.where.places]
    found += [(at, at + 1) for at in told.where.every_side]
    found += [(time.at, time.at + 1) for time in told.times]
    found += [(match.start, match.end) for match in told.matches]
    return tuple(sorted(found))


def _sides(where: Where, stances: Stances) -> dict[int, Side]:
    """The words for left and right that are of the body."""
    plainly, never = covered(stances.every("sides")), covered(stances.every("no_sides"))
    return {
        at: side
        for at, side in sorted(where.every_side.items())
        if at not in never and (at in where.sides or at in plainly)
    }


def _affirmed(tokens: Tokens, sides: dict[int, Side], stances: Stances) -> Side | None:
    """The side of the first sentence that says which; what is said to be it before what is only named."""
    for said in ((Stance.MEANT, Stance.ONLY), (Stance.PLAIN,)):
        found = [at for at in sides if stances.of[at] in said]
        first = [at for at in found if tokens.sentences[at] == tokens.sentences[found[0]]]
        if first:
            return _joined(tokens, first, sides)
    return None


def _joined(tokens: Tokens, found: list[int], sides: dict[int, Side]) -> Side | None:
    """Both where two are listed; where one is said after the other it is the last."""
    listed = all("and" in tokens.words[one:other] for one, other in zip(found, found[1:], strict=False))
    return join_sides([sides[at] for at in found]) if listed else sides[found[-1]]


def _is_other(stances: Stances) -> bool:
    compared = covered(stances.every("compared"))
    return any(match.start not in compared and match.end - 1 not in compared for match in stances.every("other"))


@dataclass(frozen=True)
class _Places:
    """The regions that it is, that it is not, and that only do not hurt."""

    it: tuple[Region, ...]
    other: tuple[Region, ...]
    unsore: tuple[Region, ...]
    meant: bool

    @classmethod
    def of(cls, tokens: Tokens, told: Told, stances: Stances) -> "_Places":
        """What becomes of the places of a message; what is only said before is it where nothing else is."""
        mine, absent, unsore = _by_findings(told)
        named = [place for place in told.where.places if place.regions and not place.is_aside]
        refused = [place for place in named if place.is_well or stances.of[place.start].refuses]
        kept = [place for place in named if place not in refused and place not in absent and place not in unsore]
        affirmed = [place for place in kept if stances.of[place.start].affirms]
        said = [place for place in kept if stances.of[place.start].repeats]
        if not affirmed:
            affirmed = [place for place in said if stances.of[place.start] is Stance.MINE]
            said = []
        if not affirmed and tokens.words[0] == "thats":
            refused = []
        firmly = [place for place in affirmed if stances.of[place.start] is not Stance.PLAIN]
        it = _regions(affirmed)
        other = _regions([*refused, *said])
        it = tuple([region for region in it if region not in other or region in _regions(firmly)])
        other = tuple([region for region in other if region not in it])
        return cls(specific(it), other, _regions(unsore), meant=bool(firmly) and not mine)

    def anew(self, stances: Stances, *, marked: bool) -> bool:
        """Whether the places stand instead of those known."""
        return bool(self.it) and (marked or self.meant) and not (stances.has("added") or stances.has("not_only"))


def _by_findings(told: Told) -> tuple[bool, list[Place], list[Place]]:
    """Whether a finding is there, the places of findings that are not, and of pain that is not."""
    there, absent, unsore = False, [], []
    for match, judged, places in zip(told.matches, told.judgements, told.owned, strict=True):
        if judged.presence is Presence.PRESENT and judged.about is About.PATIENT:
            there = True
        elif judged.presence is Presence.ABSENT:
            (unsore if finding_of(match) is Finding.PAIN else absent).extend(places)
    return there, absent, unsore


def _regions(places: list[Place]) -> tuple[Region, ...]:
    return ordered([region for place in places for region in place.regions])


def _days(told: Told, stances: Stances, *, marked: bool, brief: bool) -> int | None:
    """The days of the time that it is; a time that nothing marks counts as the reading itself counts it."""
    for said in ((Stance.MEANT, Stance.ONLY), (Stance.PLAIN,)):
        found = sorted([time for time in told.times if stances.of[time.at] in said], key=attrgetter("at"))
        if found and (said[0] is Stance.MEANT or marked or brief):
            return round(found[0].days)
    return None if marked or told.matches else told.days


def _findings(told: Told, stances: Stances) -> dict[str, tuple[Finding, ...]]:
    """The findings that are not there, there after all, and only repeated."""
    gone: dict[Finding, None] = {}
    there: dict[Finding, None] = {}
    repeated: dict[Finding, None] = {}
    said = {match.start: stances.of[match.start] for match in told.matches}
    each = list(zip(told.matches, told.judgements, strict=True))
    plain = {finding_of(match): judged for match, judged in reversed(each) if not said[match.start].repeats}
    for match, judged in each:
        finding, stance = finding_of(match), said[match.start]
        if stance is Stance.OFF or _taken_off(match, told, stances):
            gone[finding] = None
        elif stance.repeats and finding in plain:
            if plain[finding].presence is not Presence.PRESENT:
                (gone if plain[finding].presence is Presence.ABSENT else repeated)[finding] = None
        elif stance.repeats and _is_untrue(match, told, stances):
            (gone if judged.presence is Presence.PRESENT else there)[finding] = None
        elif stance is Stance.YOURS:
            repeated[finding] = None
    return {"gone": tuple(gone), "there": tuple(there), "repeated": tuple(repeated)}


def _taken_off(match: Match, told: Told, stances: Stances) -> bool:
    """Whether the finding is the last named before "take that out"."""
    return any(_is_last_before(match, cue, told) for cue in stances.every("off_that"))


def _is_untrue(match: Match, told: Told, stances: Stances) -> bool:
    """Whether what was said of the finding is said not to be so."""
    return any(_is_last_before(match, cue, told) for cue in stances.every("untrue"))


def _is_last_before(match: Match, cue: Match, told: Told) -> bool:
    before = [other for other in told.matches if other.end <= cue.start]
    return bool(before) and before[-1].start == match.start
