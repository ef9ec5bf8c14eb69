"""What belongs to the complaint besides its findings: what it is like, whether new or old, who pays, which claim."""

import re

from bot.clinical.reading import Background
from bot.clinical.vocabulary import About, Onset, Presence
from bot.knowledge.word_tables import BackgroundWords
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.presence import Scopes
from bot.reading.tokens import Tokens

QUALITY, ONSET, PAYER = "quality.", "onset.", "payer."


class BackgroundReader:
    """Reads the background; what is denied, only asked about or another person's does not count."""

    def __init__(self, words: BackgroundWords, *, grammar: Grammar, index: PhraseIndex | None = None) -> None:
        phrases = {QUALITY + name: listed for name, listed in words.qualities.items()}
        phrases.update({ONSET + name: listed for name, listed in words.onset.items()})
        phrases.update({PAYER + name: listed for name, listed in words.payer.items()})
        self._book = PhraseBook(phrases, grammar=grammar, index=index)
        self._claim_words = frozenset(words.claim_words)
        named = "|".join(re.escape(word) for word in words.claim_words)
        self._claim = re.compile(rf"\b(?:{named})\b[^.!?\n]{{0,24}}?\b([a-z]{{0,3}}-?\d{{5,12}})\b", re.IGNORECASE)
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens, scopes: Scopes) -> Background:
        """What the message says of it, judged by the cues that its findings were judged by."""
        found = self._book.find(tokens)
        names = [match.label for match in found if match.label.startswith(ONSET)]
        counted = _held([match for match in found if not match.label.startswith(ONSET)], scopes)
        payers = [name.removeprefix(PAYER) for name in counted if name.startswith(PAYER)]
        return Background(
            qualities=tuple([name.removeprefix(QUALITY) for name in counted if name.startswith(QUALITY)]),
            onset=Onset(names[0].removeprefix(ONSET)) if len(set(names)) == 1 else None,
            payer=payers[0] if payers else None,
            claim=self._claim_number(tokens),
        )

    def _claim_number(self, tokens: Tokens) -> str | None:
        if self._claim_words.isdisjoint(tokens.distinct):
            return None
        number = self._claim.search(tokens.text)
        return number[1].upper() if number is not None else None


def _held(found: list[Match], scopes: Scopes) -> list[str]:
    """The labels that hold of the patient, each once, in reading order."""
    judged = [(match.label, scopes.judge(match)) for match in found]
    held = [label for label, each in judged if each.presence is Presence.PRESENT and each.about is About.PATIENT]
    return list(dict.fromkeys(held))
