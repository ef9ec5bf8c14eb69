"""Places that a message names without a finding: the complaint's ("my foot too", "my knee is shot"), or a remark's."""

from collections import defaultdict
from collections.abc import Iterable

from bot.clinical.vocabulary import Region
from bot.knowledge.word_tables import Table
from bot.reading.complaint import ordered, specific
from bot.reading.places import Place, Where
from bot.reading.tokens import Tokens

SHORT = 8
ADDING_REACH = 3


class NamedPlaces:
    """Tells the one from the other; built once from the small words of a language."""

    def __init__(self, small: Table) -> None:
        self._beside, self._adding = frozenset(small["beside_place"]), frozenset(small["adding_place"])
        self._ailing = frozenset(small["ailing_place"])
        self._owners = frozenset(small["possessors"]) | frozenset(small["determiners"])

    def remarked(self, tokens: Tokens, where: Where, owned: tuple[tuple[Place, ...], ...]) -> tuple[Region, ...]:
        """The places that are those of no finding and that nothing ties to a complaint."""
        tied = {region for places in owned for place in places for region in place.regions}
        free = [place for place in where.places if not tied.issuperset(place.regions)]
        if not free:
            return ()
        bare = self._bare_sentences(tokens, where)
        told = (place for place in free if tokens.sentences[place.start] in bare or self._is_added(tokens, place))
        tied.update(self.ailing(tokens, where), _regions(told))
        return ordered([region for region in _regions(free) if region not in tied])

    def ailing(self, tokens: Tokens, where: Where) -> tuple[Region, ...]:
        """The places of which it is said that something is wrong there: "my knee is SHOT", "my hip's been BAD"."""
        words = self._ailing & tokens.distinct
        clauses = {tokens.clauses[at] for word in words for at in tokens.positions[word]}
        found = [place for place in where.places if place.counts and tokens.clauses[place.start] in clauses]
        return specific(ordered(_regions(place for place in found if self._is_owned(tokens, place))))

    def _is_owned(self, tokens: Tokens, place: Place) -> bool:
        return place.start == 0 or tokens.words[place.start - 1] in self._owners

    def _bare_sentences(self, tokens: Tokens, where: Where) -> set[int]:
        """The sentences that only name places: "the neck and my left shoulder"."""
        named = {at for place in where.places for at in range(place.start, place.end)}
        rest = defaultdict(set)
        for at, word in enumerate(tokens.words):
            if at not in named and at not in where.every_side:
                rest[tokens.sentences[at]].add(word)
        return {sentence for sentence in set(tokens.sentences) if self._beside.issuperset(rest[sentence])}

    def _is_added(self, tokens: Tokens, place: Place) -> bool:
        """Whether it comes on top of the places before, in a short sentence: "ALSO my neck", "and the foot TOO"."""
        first, last = max(0, place.start - SHORT), min(len(tokens.words), place.end + SHORT)
        sentence = [at for at in range(first, last) if tokens.sentences[at] == tokens.sentences[place.start]]
        near = [at for at in sentence if place.start - ADDING_REACH <= at < place.end + ADDING_REACH]
        return len(sentence) <= SHORT and any(tokens.words[at] in self._adding for at in near)


def _regions(places: Iterable[Place]) -> list[Region]:
    return [region for place in places for region in place.regions]
