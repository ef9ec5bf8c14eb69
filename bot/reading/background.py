"""What belongs to the complaint besides its findings: what it is like, whether new or old, who pays, which claim."""

import re

from bot.clinical.reading import Background
from bot.clinical.vocabulary import About, Onset, Presence
from bot.knowledge.word_tables import BackgroundWords
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import PhraseBook
from bot.reading.presence import Judgement, Scopes
from bot.reading.tokens import Tokens

QUALITY, ONSET, PAYER = "quality.", "onset.", "payer."
ACUTE_DAYS, CHRONIC_DAYS = 42, 90
"""A complaint of under six weeks is new, one of three months and more is old (the usual terms acute and chronic)."""

_NUMBER = re.compile(r"\b(?<!\+)((?:[A-Za-z]{1,3}-?|[A-Z]{2} )?\d{5,9}(?:-?\d)?)\b(?![ -]?\d)")
_WORD = re.compile(r"[a-z]+")
_BEFORE = 40


class BackgroundReader:
    """Reads the background; what is denied, only asked about or another person's does not count."""

    def __init__(self, words: BackgroundWords, *, grammar: Grammar, index: PhraseIndex | None = None) -> None:
        phrases = {QUALITY + name: listed for name, listed in words.qualities.items()}
        phrases.update({ONSET + name: listed for name, listed in words.onset.items()})
        phrases.update({PAYER + name: listed for name, listed in words.payer.items()})
        self._book = PhraseBook(phrases, grammar=grammar, index=index)
        self._claim_words, self._other = frozenset(words.claim_words), frozenset(words.other_numbers)
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens, scopes: Scopes, *, complains: bool, days: int | None) -> Background:
        """What the message says of it, judged by the cues that its findings were judged by.

        complains: whether anything is there that a quality may be one of. days: how long it has lasted.
        """
        found = self._book.find(tokens)
        onsets = {match.label.removeprefix(ONSET) for match in found if match.label.startswith(ONSET)}
        judged = [(match.label, scopes.judge(match)) for match in found if not match.label.startswith(ONSET)]
        held = dict.fromkeys(label for label, each in judged if each.presence is Presence.PRESENT)
        mine = dict.fromkeys(label for label, each in judged if _is_mine(each))
        payers = [label.removeprefix(PAYER) for label in held if label.startswith(PAYER)]
        qualities = [label.removeprefix(QUALITY) for label in mine if label.startswith(QUALITY)]
        return Background(
            qualities=tuple(qualities) if complains else (),
            onset=_onset(onsets, days),
            payer=payers[0] if payers else None,
            claim=self._claim_number(tokens),
        )

    def _claim_number(self, tokens: Tokens) -> str | None:
        """The first number that may be a claim's, in a message that speaks of one: not a telephone's or a card's."""
        if self._claim_words.isdisjoint(tokens.distinct):
            return None
        for number in _NUMBER.finditer(tokens.text):
            before = _WORD.findall(tokens.text[max(0, number.start() - _BEFORE) : number.start()].lower())
            near = next((word for word in reversed(before) if word in self._other or word in self._claim_words), None)
            if near not in self._other:
                return number[1].upper()
        return None


def _is_mine(judged: Judgement) -> bool:
    return judged.presence is Presence.PRESENT and judged.about is About.PATIENT


def _onset(said: set[str], days: int | None) -> Onset | None:
    """As said; where nothing is, by how long it has lasted; both together leave it open."""
    if said:
        return Onset(said.pop()) if len(said) == 1 else None
    if days is None or ACUTE_DAYS < days < CHRONIC_DAYS:
        return None
    return Onset.OLD if days >= CHRONIC_DAYS else Onset.NEW
