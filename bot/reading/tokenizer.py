"""From text to Tokens: words cut, joined and spelt, fillers and stutters left out, clauses and sentences numbered."""

import re
from dataclasses import dataclass, field
from operator import eq
from typing import NamedTuple

from spacy.attrs import IDX, ORTH
from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.vocab import Vocab

from bot.knowledge.word_rules import WordRules
from bot.reading.spelling import Speller
from bot.reading.tokens import Tokens

LONGEST_WORD = 30
VOCABULARY_LIMIT = 100_000
"""spaCy keeps every word it has seen; the pipeline is made anew when it has seen this many."""

_CUT = [ORTH, IDX]
_EDGE = r"[^\w'’`]|_"
_SENTENCE_END = re.compile(r"(?<!\.)\.(?!\.)|[!?;\n]|\u2026\s*\n")
_PAUSE = re.compile(r"[,:()\[\]\u2013\u2014\u2026\"]|\.\.|\s-+\s|--")
_STUCK_NUMBER = re.compile(r"(\d+)([a-z]{2,}|[dwmy])")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "‘": "'", "´": "'"})


class _Spelt(NamedTuple):
    """A written word: as typed in lower case, in the variant that is used here, without its misspelling, its length.

    is_odd: it may be a number with its unit, or go together with the word before.
    """

    typed: str
    variant: str
    word: str
    size: int
    is_odd: bool


_NO_WORD = _Spelt("", "", "", 0, False)


@dataclass
class _Words:
    """The words of a message on their way into Tokens, one list for each thing known of them.

    variants: what the next word may be joined to.
    """

    text: str
    words: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pauses: list[bool] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def add(self, spelt: _Spelt, start: int, end: int) -> None:
        """Puts a word behind the others."""
        self.words.append(spelt.word)
        self.variants.append(spelt.variant)
        self.starts.append(start)
        self.ends.append(end)

    def mark_sentences(self) -> None:
        """Numbers the sentences, and says where a comma, bracket or dash stands before a word."""
        text, size = self.text, len(self.words)
        self.pauses, self.sentences = [False] * size, [0] * size
        sentence, end = 0, 0
        for at, start in enumerate(self.starts):
            if start != end + 1 or text[end] != " ":
                between = text[end:start]
                if at and _ends_sentence(text, end, start, between):
                    sentence += 1
                self.pauses[at] = _PAUSE.search(between) is not None
            self.sentences[at] = sentence
            end = self.ends[at]

    def keep(self, kept: list[int]) -> None:
        """Leaves out every word but these."""
        self.words = [self.words[at] for at in kept]
        self.starts = [self.starts[at] for at in kept]
        self.ends = [self.ends[at] for at in kept]
        self.pauses = [self.pauses[at] for at in kept]
        self.sentences = [self.sentences[at] for at in kept]


class Tokenizer:
    """Turns messages into Tokens; holds spaCy's blank tokenizer and the spelling table."""

    def __init__(self, rules: WordRules, speller: Speller) -> None:
        self._rules = rules
        self._speller = speller
        self._split = _blank_tokenizer()
        self._spelt: dict[int, _Spelt] = {}
        self._joinable = frozenset(second for _, second in rules.joined)

    def tokenize(self, text: str) -> Tokens:
        """The words of `text`; never raises, whatever the text."""
        words = self._words(text)
        words.mark_sentences()
        if not self._rules.filling.isdisjoint(words.words):
            words.keep(_without_fillers(words, self._rules))
        if _may_repeat(words.words):
            words.keep(_without_stutters(words))
        return Tokens(
            text=text,
            words=tuple(words.words),
            starts=tuple(words.starts),
            ends=tuple(words.ends),
            pauses=tuple(words.pauses),
            clauses=_clauses(words, self._rules),
            sentences=tuple(words.sentences),
        )

    def _words(self, text: str) -> _Words:
        """Every word; contractions that were written apart are put together: "ca n't", "can not"."""
        known = self._spelt.get
        cut = [(known(orth) or self._spell(orth), start) for orth, start in self._cut(text)]
        if any(spelt.is_odd for spelt, _ in cut):
            return self._with_odd_ones(text, cut)
        cut = [(spelt, start) for spelt, start in cut if spelt.size]
        return _Words(
            text,
            words=[spelt.word for spelt, _ in cut],
            starts=[start for _, start in cut],
            ends=[start + spelt.size for spelt, start in cut],
        )

    def _with_odd_ones(self, text: str, cut: list[tuple[_Spelt, int]]) -> _Words:
        """The words where numbers may hold on to their units and contractions may be written apart."""
        words = _Words(text)
        for spelt, start in cut:
            if spelt.is_odd:
                self._add_odd(words, spelt, start)
            elif spelt.size:
                words.add(spelt, start, start + spelt.size)
        return words

    def _cut(self, text: str) -> list[tuple[int, int]]:
        """What spaCy cuts the text into: the number of each string in its vocabulary, and where it stands."""
        if len(self._split.vocab) > VOCABULARY_LIMIT:
            self._split = _blank_tokenizer()
            self._spelt.clear()
        doc = self._split(text.encode("utf-8", "replace").decode("utf-8") if _has_surrogates(text) else text)
        cut: list[tuple[int, int]] = doc.to_array(_CUT).tolist()
        return cut

    def _spell(self, orth: int) -> _Spelt:
        """What a written word stands for; nothing where it is no word."""
        written = self._split.vocab.strings[orth]
        typed = written.lower().translate(_APOSTROPHES).strip("'")
        spelt = _NO_WORD
        if typed and (typed[0].isalnum() or typed[-1].isalnum()):
            typed = typed[:LONGEST_WORD] if not _STUCK_NUMBER.fullmatch(typed) else typed
            variant = self._rules.variants.get(typed) or typed.removesuffix("'s")
            odd = typed[0].isdigit() or typed in self._joinable
            spelt = _Spelt(typed, variant, self._speller.correct(variant), len(written), odd)
        self._spelt[orth] = spelt
        return spelt

    def _add_odd(self, words: _Words, spelt: _Spelt, start: int) -> None:
        """Puts "ca" "n't" together and takes "3weeks" apart; an ordinal ("3rd") stays whole."""
        end = start + spelt.size
        joined = self._rules.joined.get((words.variants[-1], spelt.typed)) if words.variants else None
        if joined is not None:
            words.variants[-1], words.words[-1], words.ends[-1] = joined, self._speller.correct(joined), end
            return
        stuck = _STUCK_NUMBER.fullmatch(spelt.typed)
        if stuck is None or stuck[2] in _ORDINALS:
            words.add(spelt, start, end)
            return
        unit = self._rules.variants.get(stuck[2]) or stuck[2]
        middle = start + len(stuck[1])
        words.add(_Spelt(stuck[1], stuck[1], stuck[1], middle - start, False), start, middle)
        words.add(_Spelt(stuck[2], unit, self._speller.correct(unit), end - middle, False), middle, end)


def _blank_tokenizer() -> SpacyTokenizer:
    """spaCy's tokenizer over an empty vocabulary, with rules that take a run of signs in one step (linear time)."""
    return SpacyTokenizer(
        Vocab(),
        prefix_search=re.compile(rf"^(?:{_EDGE})+").search,
        suffix_search=re.compile(rf"(?<=[\w'’`])(?<!_)(?:{_EDGE})+$").search,
        infix_finditer=re.compile(rf"(?:{_EDGE})+").finditer,
    )


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def _ends_sentence(text: str, end: int, start: int, between: str) -> bool:
    if between == "." and text[end - 1 : end].isdigit() and text[start].isdigit():
        return False
    return _SENTENCE_END.search(between) is not None


def _without_fillers(words: _Words, rules: WordRules) -> list[int]:
    """The words to keep; a pause before a filler goes to the word behind it."""
    kept: list[int] = []
    filling, after = rules.filling, 0
    for at, word in enumerate(words.words):
        size = _filler_size(words, at, rules) if at >= after and word in filling else 0
        if size:
            after = at + size
            if after < len(words.words):
                words.pauses[after] |= words.pauses[at] and bool(kept)
        elif at >= after:
            kept.append(at)
    return kept or list(range(len(words.words)))


def _filler_size(words: _Words, at: int, rules: WordRules) -> int:
    """How many words of filler begin here; one that ends its sentence is an answer ("kind of.") and stays."""
    if words.words[at] in rules.fillers:
        return 1
    last = at + 2
    if last < len(words.words) and words.sentences[last] == words.sentences[at]:
        return 2 if (words.words[at], words.words[at + 1]) in rules.filler_pairs else 0
    return 0


def _may_repeat(words: list[str]) -> bool:
    """Whether some word follows itself, at once or after one other."""
    return any(map(eq, words, words[1:])) or any(map(eq, words, words[2:]))


def _without_stutters(words: _Words) -> list[int]:
    """The words to keep: of a word said twice the second, of two words said twice ("it is it is") the first two."""
    kept: list[int] = []
    said, sentences = words.words, words.sentences
    for at, word in enumerate(said):
        if kept and said[kept[-1]] == word and not word.isdigit() and sentences[kept[-1]] == sentences[at]:
            words.pauses[at] = words.pauses[kept[-1]]
            kept[-1] = at
            continue
        kept.append(at)
        if len(kept) > 3 and said[kept[-3]] == word and _says_twice(words, kept):
            del kept[-2:]
    return kept


def _says_twice(words: _Words, kept: list[int]) -> bool:
    """Whether the last two words repeat the two before them."""
    first, _, again, last = kept[-4:]
    if words.words[first] != words.words[again] or words.sentences[first] != words.sentences[last]:
        return False
    return not words.words[last].isdigit() and not words.pauses[again]


def _clauses(words: _Words, rules: WordRules) -> tuple[int, ...]:
    clause, begun, clauses = 0, 0, [0] * len(words.words)
    opening, sentences = rules.opening, words.sentences
    for at, word in enumerate(words.words):
        if at and (
            sentences[at - 1] != sentences[at] or (word in opening and _opens_clause(words, at, at - begun, rules))
        ):
            clause, begun = clause + 1, at
        clauses[at] = clause
    return tuple(clauses)


def _opens_clause(words: _Words, at: int, length: int, rules: WordRules) -> bool:
    """Whether the word breaks the clause ("but") or is a subject that the word before does not hold on to."""
    if words.words[at] in rules.breakers:
        return True
    return words.pauses[at] or (words.words[at - 1] not in rules.bound and length >= 1)
