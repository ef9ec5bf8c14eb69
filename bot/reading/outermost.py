"""Of the words that name places, those that lie in no longer name, in no mask, and name no mere part of the next."""

from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

MASK = "mask"
SIDE_REACH = 3


def outermost(
    tokens: Tokens,
    matches: tuple[Match, ...],
    parts: frozenset[str],
    spreading: tuple[frozenset[str], frozenset[str]],
) -> list[Match]:
    """Matches that lie in no longer one and in no mask; of "back of my knee" only the knee."""
    kept: list[Match] = []
    longer: list[Match] = []
    for match in sorted(matches, key=lambda found: (found.start, -found.end, found.label != MASK)):
        longer = [other for other in longer if other.end > match.start]
        if not any(other.contains(match) or (other.label == MASK and _covers(other, match)) for other in longer):
            kept.append(match)
            longer.append(match)
    names = [match for match in kept if match.label != MASK]
    starts = {match.start for match in names}
    return [
        match
        for match in names
        if not _is_part_of(tokens, match, starts, parts) and not _spreads(tokens, match, starts, spreading)
    ]


def _spreads(tokens: Tokens, match: Match, starts: set[int], spreading: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether "all over" is said of the place that follows: "all over my soles", not "everywhere except my soles"."""
    words, excepting = spreading
    if not words >= match.own or not excepting.isdisjoint(tokens.words[match.end : match.end + 1]):
        return False
    return any(ahead in starts for ahead in range(match.end, match.end + SIDE_REACH))


def _covers(other: Match, match: Match) -> bool:
    return other.start <= match.start and match.end <= other.end


def _is_part_of(tokens: Tokens, match: Match, starts: set[int], parts: frozenset[str]) -> bool:
    """Whether the place only names a part of the next one: "the back of my thigh", "side of the neck"."""
    words, at = tokens.words, match.end
    while at < min(match.end + 3, len(words)) and words[at] in parts:
        at += 1
    if at >= len(words) or words[at] != "of":
        return False
    return any(ahead in starts for ahead in range(at + 1, min(at + 4, len(words))))
