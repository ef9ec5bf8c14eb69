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
NOT_BARE = -1
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
    PROTEST = "protest"
    RENAMED = "renamed"
    TURNED = "turned"
    WELL = "well"
    ECHO = "echo"

    @property
    def affirms(self) -> bool:
        """Whether it is so."""
        return self in (Stance.PLAIN, Stance.MEANT, Stance.ONLY)

    @property
    def repeats(self) -> bool:
        """Whether it was only said or written before."""
        return self in (Stance.MINE, Stance.YOURS, Stance.RENAMED, Stance.ECHO)

    @property
    def refuses(self) -> bool:
        """Whether it is not so."""
        return self in (Stance.DENIED, Stance.OFF, Stance.PROTEST, Stance.WELL)


BACKWARD, WITHIN, AFTER_DENIAL = "off_after", "denied_within", "meant_within"
SWAP, SHOULD_BE, PREFERRED = "swap", "should_be", "preferred"
AROUND, CLOSING, WELL = "off_around", "off_closing", "well_after"
OWN = {
    SWAP: (Stance.YOURS, Stance.MEANT),
    SHOULD_BE: (Stance.MEANT, Stance.MEANT),
    PREFERRED: (Stance.MEANT, Stance.DENIED),
}
"""The stance of the words of some phrases, and of those that follow."""
LOOKING_BACK = {
    BACKWARD: Stance.OFF,
    AROUND: Stance.OFF,
    CLOSING: Stance.OFF,
    WELL: Stance.WELL,
    SHOULD_BE: Stance.YOURS,
    Stance.ONLY.value: Stance.ONLY,
}
"""What some phrases make of the item before them."""
LAST = frozenset({CLOSING, Stance.ONLY.value})
"""Phrases that look back only where they end their stretch: "neck ONLY", "elbow NO"."""
GIVING = frozenset({stance.value for stance in Stance}) | {WITHIN, AFTER_DENIAL, *OWN, *LOOKING_BACK}


@dataclass(frozen=True)
class Stances:
    """The stance of every word, the phrases of each kind, and where a word was said that the tokenizer leaves out.

    objects: whether it begins by objecting. bare: the words that stand beside nothing but items.
    points_elsewhere: whether it begins with what else it is ("that's the menopause, not the neck").
    """

    of: tuple[Stance, ...]
    found: tuple[Match, ...]
    spoken: tuple[int, ...]
    objects: bool
    points_elsewhere: bool
    bare: frozenset[int]

    def has(self, kind: str) -> bool:
        """Whether a phrase of that kind stands in the message."""
        return any(match.label == kind for match in self.found)

    def every(self, kind: str) -> tuple[Match, ...]:
        """The phrases of that kind."""
        return tuple([match for match in self.found if match.label == kind])

    def counts(self, at: int) -> bool:
        """Whether what is affirmed at word `at` is so firmly, or beside nothing else."""
        return self.of[at] is not Stance.PLAIN or at in self.bare

    @property
    def turns(self) -> bool:
        """Whether the message says that something was wrong."""
        return bool(self.spoken) or self.objects or self.has("turns")


class StanceReader:
    """Finds the stances of a message; built once from the words of a language."""

    def __init__(self, words: CorrectionWords, *, grammar: Grammar, index: PhraseIndex | None = None) -> None:
        self._book = PhraseBook(words.phrases, grammar=grammar, index=index)
        self._spoken = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.spoken))})(?!\w)")
        self._words = words
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens, items: tuple[tuple[int, int], ...]) -> Stances:
        """The stances; `items` are the words that name a place, a side, a time or a finding, from first to last."""
        found = self._book.find(tokens)
        spoken = tuple([_word_after(tokens, said.end()) for said in self._spoken.finditer(tokens.text.lower())])
        cues = [cue for cue in _outermost(found) if not self._tells(tokens, cue)]
        said = _scan(tokens, cues, frozenset(spoken), items)
        _look_back(tokens, cues, said, items)
        first = tokens.words[0]
        opening = first in self._words.objecting, first in self._words.elsewhere
        return Stances(tuple(said), found, spoken, *opening, self._bare(tokens, items))

    def _tells(self, tokens: Tokens, cue: Match) -> bool:
        """Whether "take" or "drop" tells of what is done rather than asks for it: "I DROP MY cup"."""
        before = cue.start - 1
        led = before >= 0 and tokens.sentences[before] == tokens.sentences[cue.start] and not tokens.pauses[cue.start]
        return cue.label == Stance.OFF.value and led and tokens.words[before] in self._words.subjects

    def _bare(self, tokens: Tokens, items: tuple[tuple[int, int], ...]) -> frozenset[int]:
        """The words of stretches that say nothing but items: "two weeks or so", not "back in two weeks"."""
        named = {at for first, last in items for at in range(first, last)}
        found: list[int] = []
        run: list[int] = []
        for at, word in enumerate(tokens.words):
            if at and (tokens.pauses[at] or tokens.clauses[at] != tokens.clauses[at - 1]):
                found, run = found + run, []
            says_more = not (at in named or word.isdecimal() or word in self._words.beside)
            run = [NOT_BARE] if says_more or NOT_BARE in run else [*run, at]
        return frozenset([*found, *run]) - {NOT_BARE}


def _word_after(tokens: Tokens, place: int) -> int:
    """The first word that begins at or after this place of the text."""
    return next((at for at, start in enumerate(tokens.starts) if start >= place), len(tokens.words))


def _outermost(found: tuple[Match, ...]) -> list[Match]:
    """The phrases that give a stance, without those that overlap a longer one; in reading order."""
    giving = [match for match in found if match.label in GIVING]
    kept: list[Match] = []
    for match in sorted(giving, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def _scan(
    tokens: Tokens, cues: list[Match], spoken: frozenset[int], items: tuple[tuple[int, int], ...]
) -> list[Stance]:
    """Each word under the last phrase before it in its stretch: a comma or a new sentence begins anew."""
    starting = {cue.start: cue for cue in cues}
    firsts = {first for first, _ in items}
    said: list[Stance] = []
    current, after, until, named = Stance.PLAIN, Stance.PLAIN, -1, False
    for at in range(len(tokens.words)):
        new = at == 0 or tokens.sentences[at] != tokens.sentences[at - 1]
        named = named and not new
        if new or tokens.pauses[at]:
            current = Stance.PLAIN
        elif at == until:
            current = after
        if at in spoken and at > until and not new:
            current = Stance.MEANT
        given = _given(starting[at], current, named=named) if at in starting else None
        if given is not None:
            (current, after), until = given, starting[at].end
        said.append(current)
        named = named or at in firsts
    return [
        Stance.ECHO if stance is Stance.PLAIN and _only_asks(tokens, at) else stance for at, stance in enumerate(said)
    ]


def _given(cue: Match, current: Stance, *, named: bool) -> tuple[Stance, Stance] | None:
    """The stance of the phrase's own words and of what follows it; None where the phrase gives none there.

    named: whether something was named before in the sentence, which a phrase that looks back is about.
    """
    if cue.label in (BACKWARD, CLOSING, WELL):
        return None
    if cue.label == AROUND:
        return None if named else (Stance.OFF, Stance.OFF)
    if cue.label == WITHIN:
        return (Stance.DENIED, Stance.DENIED) if named else None
    if cue.label == AFTER_DENIAL:
        return (Stance.MEANT, Stance.MEANT) if current is Stance.DENIED else None
    return OWN.get(cue.label) or (Stance(cue.label), Stance(cue.label))


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


def _closes(tokens: Tokens, cue: Match) -> bool:
    """Whether the phrase ends its stretch."""
    at = cue.end
    return at == len(tokens.words) or tokens.pauses[at] or tokens.sentences[at] != tokens.sentences[at - 1]


def _look_back(tokens: Tokens, cues: list[Match], said: list[Stance], items: tuple[tuple[int, int], ...]) -> None:
    """The item that stands last before a phrase that looks back is its: "the numbness YOU CAN REMOVE"."""
    for cue in cues:
        stance = LOOKING_BACK.get(cue.label)
        if stance is None or (cue.label in LAST and not _closes(tokens, cue)):
            continue
        reach = 0 if cue.label in LAST else BACK_REACH
        before = [item for item in items if _is_before(tokens, item, cue, said, reach=reach)]
        start = before[-1][0] if before else 0
        for first, last in reversed(before):
            if last < start:
                break
            said[first:last] = [stance] * (last - first)
            start = min(start, first)


def _is_before(tokens: Tokens, item: tuple[int, int], cue: Match, said: list[Stance], *, reach: int) -> bool:
    """Whether the item stands before the phrase in its stretch, or is the question that it answers: "elbow? NO"."""
    first, last = item
    if last > cue.start or cue.start - last > reach:
        return False
    if said[first] is Stance.ECHO and cue.label == CLOSING:
        return True
    same = tokens.sentences[first] == tokens.sentences[cue.start]
    return same and not any(tokens.pauses[last : cue.start + 1])
