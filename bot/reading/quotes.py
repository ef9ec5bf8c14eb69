"""The patient's own words for a mention: a readable stretch, not the bare word."""

from dataclasses import dataclass

from bot.knowledge.cues import Cues
from bot.knowledge.word_tables import Table
from bot.reading.phrases import Match
from bot.reading.places import Place
from bot.reading.tokens import Tokens

WIDEST = 12
BEFORE = 3


@dataclass(frozen=True)
class QuoteWords:
    """The small words that a quote may begin with, may be widened over, must not begin with, or may go on with."""

    widening: frozenset[str]
    not_first: frozenset[str]
    joining: frozenset[str]

    @classmethod
    def of(cls, small: Table, *, cues: Cues) -> "QuoteWords":
        """The words out of a lexicon's cues and small words."""
        joining = frozenset([*small["links"], *small["listing"], *small["pronouns"]]) - frozenset(small["determiners"])
        widening = (cues.openers | cues.passable) - frozenset(small["not_widened"])
        return cls(widening, frozenset(small["not_first"]), joining)


def quote_span(
    tokens: Tokens, match: Match, places: tuple[Place, ...], *, cue: tuple[int, int] | None, words: QuoteWords
) -> tuple[int, int]:
    """The words from the first to the last that belong to the mention, widened to the start of their phrase."""
    start, end = match.start, match.end
    listed = {place.start for place in places}
    for place in places:
        if _near(place, start, end) and _is_joined(tokens, match, place, listed, words):
            start, end = min(start, place.start), max(end, place.end)
    if cue is not None and _is_close(tokens, match, cue, (start, end)):
        start, end = min(start, cue[0]), max(end, cue[1])
    return _widened(tokens, start, words), end


def _is_close(tokens: Tokens, match: Match, cue: tuple[int, int], span: tuple[int, int]) -> bool:
    if tokens.sentences[cue[0]] != tokens.sentences[match.start]:
        return False
    return max(span[1], cue[1]) - min(span[0], cue[0]) <= WIDEST + 2


def _is_joined(tokens: Tokens, match: Match, place: Place, listed: set[int], words: QuoteWords) -> bool:
    """Whether the place stands in the match's sentence and no comma between them begins something new."""
    if tokens.sentences[place.start] != tokens.sentences[match.start]:
        return False
    follows = place.start >= match.end
    between = range(match.end, place.start + 1) if follows else range(place.end, match.start + 1)
    goes_on = listed if follows else listed | {place.end}
    return all(not tokens.pauses[at] or at in goes_on or tokens.words[at] in words.joining for at in between)


def _near(place: Place, start: int, end: int) -> bool:
    return max(end, place.end) - min(start, place.start) <= WIDEST


def _widened(tokens: Tokens, start: int, words: QuoteWords) -> int:
    """Back over "my left", "some", "a burning" to where the phrase begins."""
    first = start
    while first > 0 and start - first < BEFORE and _belongs(tokens, first - 1, words):
        first -= 1
    while first < start and tokens.words[first] in words.not_first:
        first += 1
    return first


def _belongs(tokens: Tokens, at: int, words: QuoteWords) -> bool:
    if tokens.sentences[at] != tokens.sentences[at + 1] or tokens.pauses[at + 1]:
        return False
    return tokens.words[at] in words.widening
