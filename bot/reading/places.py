"""Where in the body: the places a message names, and which of them are said to be well."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.clinical.vocabulary import Region, Side
from bot.knowledge.word_tables import Places, Table
from bot.reading.index import PhraseIndex
from bot.reading.outermost import MASK, SIDE_REACH, outermost
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook, covered
from bot.reading.tokens import Tokens

REGION_ORDER = {region: at for at, region in enumerate(Region)}
FACE = Region.FACE_JAW
SPINE = "near_spine"
ASIDE = "aside"
NOT_ASIDE = "not_aside"
SIDE = "side:"
COMPARED = "compared"
ORGAN = "organ:"
SPINE_REACH = 3


@dataclass(frozen=True)
class Place:
    """A place named in a message: its region, if it has one, and whether it is an inner organ or said to be well.

    is_aside: only something else happens there ("when I lift my ARM"), and another place is the complaint's.
    """

    start: int
    end: int
    regions: tuple[Region, ...]
    is_organ: bool = False
    is_well: bool = False
    is_aside: bool = False

    @property
    def counts(self) -> bool:
        """Whether a finding may be there."""
        return not self.is_well and not self.is_aside


@dataclass(frozen=True)
class Where:
    """The places of one message, the words for left and right, and where the spine is meant."""

    places: tuple[Place, ...]
    sides: dict[int, Side]
    near_spine: frozenset[int]
    every_side: dict[int, Side] = field(default_factory=dict)
    """The words for left and right that stand in a mask too: "the RIGHT one"."""

    def side_of(self, start: int, end: int, *, within: tuple[int, int]) -> Side | None:
        """The side said in these words or just around them, inside `within`, and not of a place that follows."""
        if not self.sides:
            return None
        first, last = max(within[0], start - 2), min(within[1], end + SIDE_REACH)
        said = [at for at in range(first, last) if at in self.sides and not self._is_of_another(at, end)]
        return join_sides([self.sides[at] for at in said])

    def side_beside(self) -> Side | None:
        """The side that stands right before a place that counts: "both legs", "left cheek"."""
        before = [place.start - 1 for place in self.places if place.counts]
        return join_sides([self.sides[at] for at in before if at in self.sides])

    def _is_of_another(self, at: int, end: int) -> bool:
        """Whether a side said after the words belongs to a place after them: "tight and my LEFT foot is cold"."""
        return at >= end and any(at < place.start <= at + 2 for place in self.places)

    def is_near_spine(self, start: int, end: int) -> bool:
        """Whether these words place something beside the spine."""
        return any(at in self.near_spine for at in range(start, end))


class PlaceBook:
    """The lexicon's words for places."""

    def __init__(self, places: Places, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None) -> None:
        self._parts = frozenset(small["parts"])
        self._spreading = frozenset(small["spreading"]), frozenset(small["excepting"])
        self._listing, self._many = frozenset(small["listing"]), frozenset(small["many_are"])
        self._leading_on, self._determiners = frozenset(small["leading_on"]), frozenset(small["determiners"])
        self._shared_parts = frozenset(small["shared_part"])
        self._possessors, self._taking_up = frozenset(small["possessors"]), frozenset(small["taking_up"])
        phrases = {name: list(listed) for name, listed in places.regions.items()}
        phrases.update({ORGAN + name: list(listed) for name, listed in places.organs.items()})
        phrases[MASK] = list(places.masks)
        self._book = PhraseBook(phrases, grammar=grammar, index=index)
        sides = {SIDE + name: listed for name, listed in places.sides.items()}
        self._around = PhraseBook(
            {
                **sides,
                SIDE + MASK: places.side_masks,
                COMPARED: places.compared_sides,
                SPINE: places.near_spine,
                ASIDE: places.asides,
                NOT_ASIDE: places.not_asides,
            },
            grammar=grammar,
            index=index,
        )
        well = {"after": places.healthy_after, "before": places.healthy_before}
        self._well = PhraseBook(well, grammar=grammar, index=index)
        self.vocabulary = self._book.vocabulary | self._around.vocabulary
        named = [_words(grammar, name, listed) for name, listed in phrases.items() if name != MASK]
        self.place_words: frozenset[str] = frozenset().union(*named)

    def find(self, tokens: Tokens) -> Where:
        """Every place in the message."""
        named = tuple([match for match in self._book.find(tokens) if not self._leads_on(tokens, match)])
        found = outermost(tokens, named, self._parts, self._spreading)
        well = self._well.find(tokens) if found else ()
        around = tuple([match for match in self._around.find(tokens) if not self._takes_up(tokens, match)])
        kept = covered([match for match in around if match.label == NOT_ASIDE])
        aside = covered([match for match in around if match.label == ASIDE]) - kept
        places = self._shared(tokens, list(_places(tokens, found, well, self._possessors, aside)))
        return Where(
            places=self._all_well(tokens, places) if well else tuple(places),
            sides=_sides(around, without=(SIDE + MASK, COMPARED)),
            every_side=_sides(around, without=(COMPARED,)),
            near_spine=_around_spine(around),
        )

    def _leads_on(self, tokens: Tokens, match: Match) -> bool:
        """Whether the words lead to a place that follows: "pain BEHIND my knee"."""
        last, follows = tokens.words[match.end - 1], tokens.words[match.end : match.end + 1]
        leads = last in self._leading_on and bool(follows) and not tokens.pauses[match.end]
        return leads and follows[0] in self._determiners

    def _shared(self, tokens: Tokens, places: list[Place]) -> list[Place]:
        """With a word that two places share, once one of them was named: "my butt hurts. left CHEEK"."""
        first = next((place.start for place in places if Region.BUTTOCK in place.regions), len(tokens.words))
        face = any(FACE in place.regions and not self._is_shared(tokens, place) for place in places)
        return [
            replace(place, regions=(Region.BUTTOCK,))
            if place.start > first and not face and self._is_shared(tokens, place)
            else place
            for place in places
        ]

    def _is_shared(self, tokens: Tokens, place: Place) -> bool:
        return FACE in place.regions and tokens.words[place.end - 1] in self._shared_parts

    def _takes_up(self, tokens: Tokens, match: Match) -> bool:
        """Whether a side only takes up the talk or asks for a yes: "RIGHT, so what now?", "you got that, RIGHT?"."""
        at, start, size = match.end, match.start, len(tokens.words)
        if at - start > 1 or tokens.words[start] != Side.RIGHT.value:
            return False
        opens = start == 0 or tokens.sentences[start - 1] != tokens.sentences[start]
        if opens:
            return at < size and tokens.pauses[at] and tokens.words[at] in self._taking_up
        closes = at == size or tokens.sentences[at] != tokens.sentences[start]
        return closes and tokens.pauses[start] and "?" in tokens.text[tokens.ends[start] :][:2]

    def _all_well(self, tokens: Tokens, places: list[Place]) -> tuple[Place, ...]:
        """With the places listed before one that is well together with it: "HIPS and ankles are fine"."""
        for at in range(len(places) - 1, 0, -1):
            place, before = places[at], places[at - 1]
            follows = tokens.words[place.end : place.end + 1]
            listed = 0 < place.start - before.end < 3 and self._listing.issuperset(
                tokens.words[before.end : place.start]
            )
            if place.is_well and listed and follows and follows[0] in self._many:
                places[at - 1] = replace(before, is_well=True)
        return tuple(places)


def join_sides(sides: list[Side]) -> Side | None:
    """One side for several: left and right together are both."""
    said = set(sides)
    if len(said) > 1:
        return Side.BOTH
    return said.pop() if said else None


def _words(grammar: Grammar, name: str, listed: list[str]) -> frozenset[str]:
    return frozenset().union(*[grammar.parse(name, phrase).vocabulary for phrase in listed if " " not in phrase])


def _places(
    tokens: Tokens, found: list[Match], well: tuple[Match, ...], possessors: frozenset[str], aside: frozenset[int]
) -> Iterator[Place]:
    """One place per stretch of words, with all regions that claim it."""
    after = {match.start for match in well if match.label == "after"}
    before = {match.end for match in well if match.label == "before"}
    spans: dict[tuple[int, int], list[Match]] = {}
    for match in found:
        spans.setdefault((match.start, match.end), []).append(match)
    for (start, end), matches in spans.items():
        names = {match.label.removeprefix(ORGAN) for match in matches} - {""}
        yield Place(
            start=start,
            end=end,
            regions=tuple(sorted([Region(name) for name in names], key=REGION_ORDER.__getitem__)),
            is_organ=any(match.label.startswith(ORGAN) for match in matches),
            is_well=end in after or any(at in before for at in _before(tokens, start, possessors)),
            is_aside=start in aside,
        )


def _before(tokens: Tokens, start: int, possessors: frozenset[str]) -> Iterator[int]:
    """Where a word that says a place is well may end: right before it, or before "my left" and the like."""
    at = start
    yield at
    while at > 0 and tokens.words[at - 1] in possessors:
        at -= 1
        yield at


def _around_spine(around: tuple[Match, ...]) -> frozenset[int]:
    """The words within reach of those that name the spine's surroundings."""
    near = [match for match in around if match.label == SPINE]
    return frozenset([at for match in near for at in range(match.start - SPINE_REACH, match.end + SPINE_REACH)])


def _sides(around: tuple[Match, ...], *, without: tuple[str, ...]) -> dict[int, Side]:
    """Where sides are said; `without` are the labels of those that hide them."""
    masked = covered([match for match in around if match.label in without])
    return {
        match.start: Side(match.label.removeprefix(SIDE))
        for match in around
        if match.label.startswith(SIDE) and match.label != SIDE + MASK and match.start not in masked
    }
