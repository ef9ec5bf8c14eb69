"""Whether the concepts of a rule stand near enough to each other to count together, and which words they are."""

from itertools import pairwise

from bot.knowledge.flag_book import FlagRule, Kind, Within
from bot.reading.flags_signs import Signs
from bot.reading.phrases import Match

NEAR = 14
PHRASE = 4
BORDER = "border"
"""The concept of words that part one body place from another."""
OTHER_PLACE = "other_place"
"""The concept of places that no rule looks for within a phrase; a sign right before one is a sign of that place."""

_WIDER = {
    Within.PHRASE: Within.ADJACENT,
    Within.CLAUSE: Within.ADJACENT,
    Within.NEAR: Within.ADJACENT,
    Within.SENTENCE: Within.ADJACENT,
    Within.ADJACENT: Within.MESSAGE,
    Within.MESSAGE: Within.MESSAGE,
}
"""In joined messages a line end is no border between sentences that belong together."""


def combine(signs: Signs, rule: FlagRule) -> tuple[Match, ...] | None:
    """The words that fulfil the rule, None when they are missing, too far apart, or vetoed."""
    places = [(signs.lasting(name) if rule.outlasts else signs.counting(name)) for name in rule.all_of]
    if not all(places):
        return None
    rarest = min(range(len(places)), key=lambda at: len(places[at]))
    for anchor in places[rarest]:
        words = _around(signs, anchor, places, rule.within)
        if words is not None and not _vetoed(signs, rule, words):
            supported = _supported(signs, rule, words)
            if supported is not None and _is_new(signs, supported):
                return supported
    return None


def _around(signs: Signs, anchor: Match, places: list[tuple[Match, ...]], within: Within) -> tuple[Match, ...] | None:
    """The nearest place of each concept to the anchor, None where one is out of reach."""
    words = []
    for found in places:
        reached = [one for one in found if _stand(signs, (anchor, one), within)]
        if not reached:
            return None
        words.append(min(reached, key=lambda one: abs(one.start - anchor.start)))
    return tuple(words) if _stand(signs, tuple(words), within) else None


def _stand(signs: Signs, words: tuple[Match, ...], within: Within) -> bool:
    scope = _WIDER[within] if signs.newest else within
    return _together(signs, words, scope)


def _together(signs: Signs, words: tuple[Match, ...], within: Within) -> bool:
    tokens = signs.tokens
    if within is Within.MESSAGE or len(words) == 1:
        return True
    if within is Within.PHRASE:
        return _make_a_phrase(signs, words)
    if within is Within.CLAUSE:
        return len({tokens.clauses[word.start] for word in words}) == 1
    sentences = [tokens.sentences[word.start] for word in words]
    if within is Within.SENTENCE:
        return len(set(sentences)) == 1
    if within is Within.ADJACENT:
        return max(sentences) - min(sentences) <= 1
    last = max(word.start for word in words)
    return last - min(word.end for word in words) <= NEAR and max(sentences) - min(sentences) <= 1


def _make_a_phrase(signs: Signs, words: tuple[Match, ...]) -> bool:
    """Whether each word follows the one before it closely, and no other place comes between a sign and its place."""
    sentences = signs.tokens.sentences
    ordered = sorted(words, key=_start)
    for one, other in pairwise(ordered):
        if other.start - one.end > PHRASE or sentences[one.start] != sentences[other.start]:
            return False
        leads = signs.kinds[one.label] is not Kind.WORD and signs.kinds[other.label] is Kind.WORD
        if leads and any(one.end <= border.start < other.start for border in signs.said.get(BORDER, ())):
            return False
        if not leads and _is_of_another_place(signs, one, other):
            return False
    return True


def _is_of_another_place(signs: Signs, place: Match, sign: Match) -> bool:
    """Whether a pause parts the sign from the place before it and another place follows: "my bum, tingly foot"."""
    is_parted = any(signs.tokens.pauses[place.end : sign.start + 1])
    return is_parted and any(sign.end == one.start for one in signs.said.get(OTHER_PLACE, ()))


def _start(match: Match) -> int:
    return match.start


def _vetoed(signs: Signs, rule: FlagRule, words: tuple[Match, ...]) -> bool:
    return any(
        _together(signs, (word, other), rule.none_within)
        for name in rule.none_of
        for other in signs.said.get(name, ())
        for word in words
    )


def _supported(signs: Signs, rule: FlagRule, words: tuple[Match, ...]) -> tuple[Match, ...] | None:
    if not rule.any_of:
        return words
    for name in rule.any_of:
        for other in signs.counting(name):
            if _stand(signs, (words[0], other), rule.any_within):
                return (*words, other)
    return None


def _is_new(signs: Signs, words: tuple[Match, ...]) -> bool:
    """In joined text the words must reach into the newest message and not lie in it alone."""
    return not signs.newest or any(word.end > signs.newest for word in words)
