"""What the message says of X-rays and scans: normal, abnormal, booked, or only that there are some."""

from bot.clinical.vocabulary import Imaging
from bot.knowledge.word_tables import Table
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook, covered
from bot.reading.tokens import Tokens

BEFORE_REACH = 10
AFTER_REACH = 18
NEXT_SENTENCE = 8
DENIED_REACH = 1
MOST_OUTCOMES = 40
SUPPOSED = "supposed"
OUTCOMES = ("normal", "abnormal", "none", "booked")


class ImagingReader:
    """Finds tests and what they showed."""

    def __init__(self, words: Table, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None) -> None:
        self._showed = frozenset(small["showed"])
        self._weak = frozenset(words["weak_tests"])
        kinds = {kind: listed for kind, listed in words.items() if kind != "weak_tests"}
        self._book = PhraseBook(kinds, grammar=grammar, index=index)
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens) -> Imaging | None:
        """The outcome nearest to a test; MENTIONED without one; None when no test is named."""
        found = self._book.find(tokens)
        masks = covered([match for match in found if match.label == "masks"])
        tests = [match for match in found if match.label == "tests" and match.start not in masks]
        if not tests:
            return None
        supposed = covered([match for match in found if match.label == SUPPOSED])
        outcomes = [match for match in found if match.label in OUTCOMES and not _is_supposed(match, supposed)]
        starts = {test.start: test for test in tests}
        near = [outcome for outcome in outcomes if _has_test(tokens, starts, outcome)][:MOST_OUTCOMES]
        if near:
            return _decide(tokens, near, self._showed)
        named = any(" ".join(tokens.words[test.start : test.end]) not in self._weak for test in tests)
        return Imaging.MENTIONED if named else None


def _is_supposed(match: Match, supposed: frozenset[int]) -> bool:
    """Whether a fault is only looked for or asked about: "to rule out a fracture", "would it show arthritis"."""
    return match.label in ("abnormal", "normal") and all(at in supposed for at in range(match.start, match.end))


def _has_test(tokens: Tokens, starts: dict[int, Match], outcome: Match) -> bool:
    """Whether a test stands near enough to be the one that the outcome is of."""
    around = range(outcome.start - AFTER_REACH - BEFORE_REACH, outcome.end + BEFORE_REACH + 1)
    return any(at in starts and _is_about(tokens, starts[at], outcome) for at in around)


def _is_about(tokens: Tokens, test: Match, outcome: Match) -> bool:
    apart = tokens.sentences[outcome.start] - tokens.sentences[test.start]
    if apart not in (0, 1):
        return False
    if outcome.start >= test.end:
        return outcome.start - test.end <= (AFTER_REACH if apart == 0 else NEXT_SENTENCE)
    return apart == 0 and test.start - outcome.end <= BEFORE_REACH


def _decide(tokens: Tokens, near: list[Match], showed: frozenset[str]) -> Imaging:
    """Without what lies inside longer outcomes; a fault that is named weighs more than a normal test."""
    kept = [match for match in near if not any(_outweighs(other, match) for other in near)]
    kinds = {match.label for match in kept}
    if kinds == {"none"}:
        return Imaging.NONE
    if "booked" in kinds and kinds <= {"booked", "abnormal"} and not _is_named_fault(tokens, kept, showed):
        return Imaging.BOOKED
    if "abnormal" in kinds and (_is_named_fault(tokens, kept, showed) or "normal" not in kinds):
        return Imaging.ABNORMAL
    return Imaging.NORMAL if "normal" in kinds else Imaging.BOOKED if "booked" in kinds else Imaging.NONE


def _outweighs(other: Match, match: Match) -> bool:
    """Whether the match is part of, or denied by, a longer outcome ("no fracture", "not normal")."""
    denied = other.label == "normal" and other.start < match.start <= other.end + DENIED_REACH
    within = other.start < match.start < other.end and match.label != "booked"
    return other.contains(match) or within or (denied and match.label == "abnormal")


def _is_named_fault(tokens: Tokens, kept: list[Match], showed: frozenset[str]) -> bool:
    return any(match.label == "abnormal" and tokens.words[match.start] not in showed for match in kept)
