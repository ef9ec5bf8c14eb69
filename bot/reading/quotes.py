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
    """The small words that a quote may begin with, may be widened over, or must not begin with."""

    widening: frozenset[str]
    not_first: frozenset[str]

    @classmethod
    def of(cls, small: Table, *, cues: Cues) -> "QuoteWords":
        """The words out of a lexicon's cues and small words."""
        return cls((cues.openers | cues.passable) - frozenset(small["not_widened"]), frozenset(small["not_first"]))


def quote_span(
    tokens: Tokens, match: Match, places: tuple[Place, ...], *, cue: tuple[int, int] | None, words: QuoteWords
) -> tuple[int, int]:
    """The words from the first to the last that belong to the mention, widened to the start of their phrase."""
    start, end = match.start, match.end
    for place in places:
        if tokens.sentences[place.start] == tokens.sentences[match.start] and _near(place, start, end):
            start, end = min(start, place.start), max(end, place.end)
    if cue is not None and _is_close(tokens, match, cue, (start, end)):
        start, end = min(start, cue[0]), max(end, cue[1])
    return _widened(tokens, start, words), end


def _is_close(tokens: Tokens, match: Match, cue: tuple[int, int], span: tuple[int, int]) -> bool:
    if tokens.sentences[cue[0]] != tokens.sentences[match.start]:
        return False
    return max(span[1], cue[1]) - min(span[0], cue[0]) <= WIDEST + 2


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
