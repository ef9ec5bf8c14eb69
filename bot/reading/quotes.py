"""The patient's own words for a mention: a readable stretch, not the bare word."""

from bot.knowledge.cues import Cues
from bot.reading.phrases import Match
from bot.reading.places import Place
from bot.reading.tokens import Tokens

WIDEST = 12
NOT_FIRST = frozenset(
    "of in and or to is are was were have had has having been being get gets got getting feel feels feeling felt so"
    " now then also just only really as like with at on that called think either else up down see seen notice".split()
)
BEFORE = 3


def quote_span(
    tokens: Tokens, match: Match, places: tuple[Place, ...], *, cue: tuple[int, int] | None, cues: Cues
) -> tuple[int, int]:
    """The words from the first to the last that belong to the mention, widened to the start of their phrase."""
    start, end = match.start, match.end
    for place in places:
        if tokens.sentences[place.start] == tokens.sentences[match.start] and _near(place, start, end):
            start, end = min(start, place.start), max(end, place.end)
    if cue is not None and tokens.sentences[cue[0]] == tokens.sentences[match.start]:
        if max(end, cue[1]) - min(start, cue[0]) <= WIDEST + 2:
            start, end = min(start, cue[0]), max(end, cue[1])
    return _widened(tokens, start, cues), end


def _near(place: Place, start: int, end: int) -> bool:
    return max(end, place.end) - min(start, place.start) <= WIDEST


def _widened(tokens: Tokens, start: int, cues: Cues) -> int:
    """Back over "my left", "some", "a burning" to where the phrase begins."""
    first = start
    while first > 0 and start - first < BEFORE and _belongs(tokens, first - 1, cues):
        first -= 1
    while first < start and tokens.words[first] in NOT_FIRST:
        first += 1
    return first


def _belongs(tokens: Tokens, at: int, cues: Cues) -> bool:
    if tokens.sentences[at] != tokens.sentences[at + 1] or tokens.pauses[at + 1]:
        return False
    word = tokens.words[at]
    return (word in cues.openers or word in cues.passable) and word not in ("it", "i", "its", "and", "or", "with")
