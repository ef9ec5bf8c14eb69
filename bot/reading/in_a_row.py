"""Answers in a row, as people say them: "yeah no not really", "no yeah it is"; the last of them is meant."""

from bot.reading.asking import FIRM
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens


def stands_alone(tokens: Tokens, end: int) -> bool:
    """Whether the answer before word `end` ends its sentence or a pause follows: "it does", not "it does swell"."""
    if end >= len(tokens.words):
        return True
    return tokens.pauses[end] or tokens.clauses[end] != tokens.clauses[end - 1]


def last_in_row(tokens: Tokens, said: list[Match], first: Match, *, after: frozenset[str]) -> Match:
    """The last yes or no of those that follow each other from `first` on.

    after: words that begin a new statement after a "no"; before another word the "no" denies that: "yeah no pain".
    """
    for match in said:
        if match.start == first.end and match.label in FIRM and _is_single(first):
            first = match if _is_meant(tokens, said, match, after) else first
    return first


def _is_meant(tokens: Tokens, said: list[Match], match: Match, after: frozenset[str]) -> bool:
    if stands_alone(tokens, match.end):
        return True
    if not _is_single(match):
        return False
    followed = any(other.start == match.end for other in said)
    return match.label == "yes" or followed or tokens.words[match.end] in after


def _is_single(match: Match) -> bool:
    return match.end - match.start == 1
