"""What a message makes of each of its words: that it is so, is not so, was only said before, or is to be taken off."""

import re
from dataclasses import dataclass
from enum import Enum

from bot.knowledge.word_tables import CorrectionWords
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.tokens import Tokens

BACK_REACH = 7
QUESTION = 3
"""Words up to which a question only repeats what was written: "tender?"."""


class Stance(str, Enum):
    """What is said of a word; each value is the kind of phrase of corrections.yml that says it."""

    PLAIN = "mask"
    MEANT = "meant"
    ONLY = "only"
    DENIED = "denied"
    MINE = "mine"
    YOURS = "yours"
    NOT_ONLY = "not_only"
    OFF = "off"

    @property
    def affirms(self) -> bool:
        """Whether it is so."""
        return self in (Stance.PLAIN, Stance.MEANT, Stance.ONLY)

    @property
    def repeats(self) -> bool:
        """Whether it was only said or written before."""
        return self in (Stance.MINE, Stance.YOURS)

    @property
    def refuses(self) -> bool:
        """Whether it is not so."""
        return self in (Stance.DENIED, Stance.OFF)


FORWARD = frozenset({stance.value for stance in Stance})
BACKWARD = "off_after"
WITHIN = "denied_within"


@dataclass(frozen=True)
class Stances:
    """The stance of every word, the phrases of each kind, and where a word was said that the tokenizer leaves out."""

    of: tuple[Stance, ...]
    found: tuple[Match, ...]
    spoken: tuple[int, ...]
    objects: bool

    def has(self, kind: str) -> bool:
        """Whether a phrase of that kind stands in the message."""
        return any(match.label == kind for match in self.found)

    def every(self, kind: str) -> tuple[Match, ...]:
        """The phrases of that kind."""
        return tuple([match for match in self.found if match.label == kind])

    @property
    def turns(self) -> bool:
        """Whether the message says that something was wrong."""
        return bool(self.spoken) or self.objects or self.has("turns")


class StanceReader:
    """Finds the stances of a message; built once from the words of a language."""

    def __init__(self, words: CorrectionWords, *, grammar: Grammar, index: PhraseIndex | None = None) -> None:
        self._book = PhraseBook(words.phrases, grammar=grammar, index=index)
        self._spoken = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.spoken))})(?!\w)")
        self._objecting = words.objecting
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens, items: tuple[tuple[int, int], ...]) -> Stances:
        """The stances; `items` are the words that name a place, a side, a time or a finding, from first to last."""
        found = self._book.find(tokens)
        spoken = tuple([_word_after(tokens, said.end()) for said in self._spoken.finditer(tokens.text.lower())])
        cues = _outermost(found)
        said = _scan(tokens, cues, frozenset(spoken), items)
        _look_back(tokens, cues, said, items)
        objects = bool(tokens.words) and tokens.words[0] in self._objecting
        return Stances(tuple(said), found, spoken, objects)


def _word_after(tokens: Tokens, place: int) -> int:
    """The first word that begins at or after this place of the text."""
    return next((at for at, start in enumerate(tokens.starts) if start >= place), len(tokens.words))


def _outermost(found: tuple[Match, ...]) -> list[Match]:
    """The phrases that give a stance, without those that overlap a longer one; in reading order."""
    giving = [match for match in found if match.label in FORWARD or match.label in (BACKWARD, WITHIN)]
    kept: list[Match] = []
    for match in sorted(giving, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def _scan(
    tokens: Tokens, cues: list[Match], spoken: frozenset[int], items: tuple[tuple[int, int], ...]
) -> list[Stance]:
    """Each word under the last phrase before it in its stretch: a comma or a new sentence begins anew."""
    starting = {cue.start: cue for cue in cues if cue.label != BACKWARD}
    current, named = Stance.PLAIN, False
    firsts = {first for first, _ in items}
    said: list[Stance] = []
    until = 0
    for at in range(len(tokens.words)):
        new = at == 0 or tokens.sentences[at] != tokens.sentences[at - 1]
        named = named and not new
        if new or tokens.pauses[at]:
            current = Stance.PLAIN
        elif at in spoken and at >= until:
            current = Stance.MEANT
        cue = starting.get(at)
        if cue is not None and (cue.label != WITHIN or named):
            current, until = Stance.DENIED if cue.label == WITHIN else Stance(cue.label), cue.end
        said.append(Stance.YOURS if current is Stance.PLAIN and _only_asks(tokens, at) else current)
        named = named or at in firsts
    return said


def _only_asks(tokens: Tokens, at: int) -> bool:
    """Whether the word stands in a question of hardly more than itself: "tender? no"."""
    sentence = tokens.sentences[at]
    first = last = at
    while first > 0 and tokens.sentences[first - 1] == sentence and at - first <= QUESTION:
        first -= 1
    while last + 1 < len(tokens.words) and tokens.sentences[last + 1] == sentence and last - at <= QUESTION:
        last += 1
    if last - first >= QUESTION:
        return False
    follows = tokens.starts[last + 1] if last + 1 < len(tokens.words) else len(tokens.text)
    return "?" in tokens.text[tokens.ends[last] : follows]


def _look_back(tokens: Tokens, cues: list[Match], said: list[Stance], items: tuple[tuple[int, int], ...]) -> None:
    """Takes off the item that stands last before a phrase that looks back: "the numbness YOU CAN REMOVE"."""
    for cue in cues:
        if cue.label != BACKWARD:
            continue
        before = [
            (first, last)
            for first, last in items
            if last <= cue.start
            and cue.start - last < BACK_REACH
            and tokens.sentences[first] == tokens.sentences[cue.start]
            and not any(tokens.pauses[last : cue.start + 1])
        ]
        for first, last in before[-1:]:
            said[first:last] = [Stance.OFF] * (last - first)
