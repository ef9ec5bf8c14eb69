"""Picking from a list that was asked about by position: "just the second one", "the first, not the last"."""

from bot.clinical.vocabulary import Finding, Presence
from bot.knowledge.word_tables import Table
from bot.reading.index import Match
from bot.reading.tokens import Tokens

POSITIONS = {
    "first": slice(0, 1),
    "second": slice(1, 2),
    "third": slice(2, 3),
    "fourth": slice(3, 4),
    "middle": slice(1, 2),
    "last": slice(-1, None),
    "first_two": slice(0, 2),
    "last_two": slice(-2, None),
}
"""What each list of answers.yml picks from the findings in the order they were asked about."""
REST = "rest"
SAID = {"yes": Presence.PRESENT, "no": Presence.ABSENT}

Picked = dict[Finding, Presence]
Found = tuple[Match, ...]


class Picker:
    """Reads picks; `found` is always what the answers' lists found in the message."""

    def __init__(self, small: Table) -> None:
        self._followers = frozenset(small["after_pick"])
        self._leading = frozenset(small["leading_denials"])
        self._narrowing = frozenset(small["narrowing"])

    def pick(
        self, tokens: Tokens, found: Found, asked: tuple[Finding, ...], named: frozenset[Finding]
    ) -> Picked | None:
        """What the message says of each finding it picks by position or as "the others"; None when it picks none.

        named: the findings that the message speaks of by name; "the others" are not these.
        """
        picks = [match for match in _outermost(found) if self._is_pick(tokens, match)] if len(asked) > 1 else []
        if not picks:
            return None
        meant: Picked = {}
        others: Picked = {}
        at = 0
        for match in picks:
            answer = self._answer(tokens, found, match, min(at, match.start))
            at = max(match.end, answer.end if answer is not None else 0)
            presence = SAID[answer.label] if answer is not None else Presence.PRESENT
            if match.label != REST:
                meant.update(dict.fromkeys(asked[POSITIONS[match.label]], presence))
            elif answer is not None:
                others = dict.fromkeys([finding for finding in asked if finding not in named], presence)
        return {**others, **meant} or None

    def _is_pick(self, tokens: Tokens, match: Match) -> bool:
        """Whether the position is meant of the list, not of a word that follows: "the second toe"."""
        return _begins(tokens, match.end) or tokens.words[match.end] in self._followers

    def _answer(self, tokens: Tokens, found: Found, pick: Match, at: int) -> Match | None:
        """The yes or no that is meant of a pick: one before it, after word `at` and the last pause; or just after."""
        start = max([cut for cut in range(at, pick.start + 1) if cut == at or self._is_cut(tokens, cut)])
        said = [match for match in found if match.label in SAID]
        before = [match for match in said if start <= match.start < pick.start]
        behind = [match for match in said if match.start == pick.end]
        if before:
            return before[-1]
        return behind[0] if behind and not self._leads_on(tokens, behind[0]) else None

    def _leads_on(self, tokens: Tokens, answer: Match) -> bool:
        """Whether a denial belongs to what follows: "the first, NOT the last"; "the others not really" stands alone."""
        return answer.end - answer.start == 1 and tokens.words[answer.start] in self._leading

    def _is_cut(self, tokens: Tokens, at: int) -> bool:
        return _begins(tokens, at) or tokens.words[at] in self._narrowing


def is_bare(tokens: Tokens, found: Found) -> bool:
    """Whether the message neither says yes nor no, so that a list of picks stands for all that is there."""
    return not any(match.label in SAID for match in found) and not any(tokens.sentences)


def _outermost(found: Found) -> list[Match]:
    picks = [match for match in found if match.label in POSITIONS or match.label == REST]
    return [match for match in picks if not any(other.contains(match) for other in picks)]


def _begins(tokens: Tokens, at: int) -> bool:
    """Whether the message ends before this word, or a pause or a clause begins with it."""
    if at in (0, len(tokens.words)):
        return True
    return tokens.pauses[at] or tokens.clauses[at] != tokens.clauses[at - 1]
