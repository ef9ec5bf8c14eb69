"""Which needling precautions a message names, by condition and drug words."""

from bot.clinical.vocabulary import MINOR, About, Presence
from bot.knowledge.word_tables import PrecautionWords
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook, covered
from bot.reading.presence import PresenceJudge
from bot.reading.tokens import Tokens

MASK = "mask"
STOP_REACH = 4


class PrecautionReader:
    """Finds precautions; a denied, stopped or someone else's one does not count."""

    def __init__(
        self,
        words: PrecautionWords,
        *,
        judge: PresenceJudge,
        grammar: Grammar,
        index: PhraseIndex | None = None,
        age_of_majority: int | None = None,
    ) -> None:
        self._age_of_majority = age_of_majority
        self._words = words
        self._judge = judge
        self._book = PhraseBook({**words.phrases, MASK: words.masks}, grammar=grammar, index=index)
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens, findings: tuple[Match, ...], *, age: int | None) -> tuple[str, ...]:
        """The ids of the precautions, in the order of the word file."""
        found = self._book.find(tokens)
        masks = covered([match for match in found if match.label == MASK])
        said = {match.label for match in found if match.label != MASK and not _masked(match, masks)}
        if said:
            said = self._really_said(tokens, tuple([match for match in found if match.label in said]), findings, masks)
        if age is not None and self._age_of_majority is not None and age < self._age_of_majority:
            said.add(MINOR)
        return tuple([name for name in [*self._words.phrases, MINOR] if name in said])

    def _really_said(
        self, tokens: Tokens, found: tuple[Match, ...], findings: tuple[Match, ...], masks: frozenset[int]
    ) -> set[str]:
        scopes = self._judge.scopes(tokens, (*found, *findings))
        said = set()
        for match in found:
            judged = scopes.judge(match)
            counts = judged.presence is Presence.PRESENT and judged.about in (About.PATIENT, About.HYPOTHETICAL)
            if counts and not _masked(match, masks) and not self._is_stopped(tokens, match):
                said.add(match.label)
        return said

    def _is_stopped(self, tokens: Tokens, match: Match) -> bool:
        before = tokens.words[max(0, match.start - STOP_REACH) : match.start]
        after = tokens.words[match.end : match.end + 2]
        return match.label == "blood_thinners" and bool(self._words.stops & {*before, *after})


def _masked(match: Match, masks: frozenset[int]) -> bool:
    return all(at in masks for at in range(match.start, match.end))
