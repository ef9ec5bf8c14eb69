"""A message as normalised words that still know where they stand in the original text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.vocab import Vocab

from bot.knowledge.word_rules import WordRules
from bot.reading.spelling import Speller

LONGEST_WORD = 30
VOCABULARY_LIMIT = 100_000
"""spaCy keeps every word it has seen; the pipeline is made anew when it has seen this many."""

_EDGE = r"[^\w'’`]|_"
_SENTENCE_END = re.compile(r"(?<!\.)\.(?!\.)|[!?;\n]|\u2026\s*\n")
_PAUSE = re.compile(r"[,:()\[\]/\u2013\u2014\u2026\"]|\.\.|\s-+\s|--")
_STUCK_NUMBER = re.compile(r"(\d+)([a-z]{2,}|[dwmy])")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "‘": "'", "´": "'"})


@dataclass(frozen=True)
class Tokens:
    """The words of one message, normalised, fillers and stutters left out.

    starts and ends are character offsets in `text`. pauses[i] says that a comma, bracket or dash stands before word i.
    clauses and sentences number the clause and the sentence of each word; a clause ends with its sentence,
    at a contrast ("but") and where a new subject begins.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    pauses: tuple[bool, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Where each word stands."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            found.setdefault(word, []).append(at)
        return found

    def quote(self, start: int, end: int) -> str:
        """The original text from word `start` up to but without word `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]


@dataclass
class _Word:
    """One word on its way into Tokens."""

    word: str
    start: int
    end: int
    pause: bool = False
    sentence: int = 0


class Tokenizer:
    """Turns messages into Tokens; holds spaCy's blank tokenizer and the spelling table."""

    def __init__(self, rules: WordRules, speller: Speller) -> None:
        self._rules = rules
        self._speller = speller
        self._split = _blank_tokenizer()

    def tokenize(self, text: str) -> Tokens:
        """The words of `text`; never raises, whatever the text."""
        words = _mark_sentences(text, self._joined(_raw_words(self._spacy(), text)))
        correct = self._speller.correct
        for word in words:
            word.word = correct(word.word)
        kept = _without_stutters(_without_fillers(words, self._rules))
        return _as_tokens(text, kept, self._rules)

    def _spacy(self) -> SpacyTokenizer:
        if len(self._split.vocab) > VOCABULARY_LIMIT:
            self._split = _blank_tokenizer()
        return self._split

    def _joined(self, raw: Iterator[_Word]) -> list[_Word]:
        """Words with contractions that were written apart put together: "ca n't", "can not"."""
        words: list[_Word] = []
        for word in raw:
            before = words[-1] if words else None
            joined = self._rules.joined.get((before.word, word.word)) if before else None
            if before is not None and joined is not None:
                before.word, before.end = joined, word.end
            else:
                word.word = self._rules.variants.get(word.word) or word.word.removesuffix("'s")
                words.append(word)
        return words


def _blank_tokenizer() -> SpacyTokenizer:
    """spaCy's tokenizer over an empty vocabulary, with rules that take a run of signs in one step (linear time)."""
    return SpacyTokenizer(
        Vocab(),
        prefix_search=re.compile(rf"^(?:{_EDGE})+").search,
        suffix_search=re.compile(rf"(?<=[\w'’`])(?<!_)(?:{_EDGE})+$").search,
        infix_finditer=re.compile(rf"(?:{_EDGE})+").finditer,
    )


def _raw_words(split: SpacyTokenizer, text: str) -> Iterator[_Word]:
    for token in split(text.encode("utf-8", "replace").decode("utf-8") if _has_surrogates(text) else text):
        written = token.text
        word = written.lower().translate(_APOSTROPHES).strip("'")
        if not word or not (word[0].isalnum() or word[-1].isalnum()):
            continue
        start = token.idx
        stuck = _STUCK_NUMBER.fullmatch(word) if word[0].isdigit() else None
        if stuck and stuck[2] not in _ORDINALS:
            middle = start + len(stuck[1])
            yield _Word(stuck[1], start, middle)
            yield _Word(stuck[2], middle, start + len(written))
        else:
            yield _Word(word[:LONGEST_WORD], start, start + len(written))


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def _mark_sentences(text: str, words: list[_Word]) -> list[_Word]:
    sentence, end = 0, 0
    for word in words:
        between = text[end : word.start]
        if between != " " and between:
            if _ends_sentence(text, end, word.start, between):
                sentence += end > 0
            word.pause = bool(_PAUSE.search(between))
        word.sentence = sentence
        end = word.end
    return words


def _ends_sentence(text: str, end: int, start: int, between: str) -> bool:
    if between == "." and text[end - 1 : end].isdigit() and text[start].isdigit():
        return False
    return bool(_SENTENCE_END.search(between))


def _without_fillers(words: list[_Word], rules: WordRules) -> list[_Word]:
    kept: list[_Word] = []
    at = 0
    while at < len(words):
        size = _filler_size(words, at, rules)
        if size and at + size < len(words):
            words[at + size].pause |= words[at].pause and bool(kept)
        if not size:
            kept.append(words[at])
        at += size or 1
    return kept or words


def _filler_size(words: list[_Word], at: int, rules: WordRules) -> int:
    """How many words of filler begin here; one that ends its sentence is an answer ("kind of.") and stays."""
    if words[at].word in rules.fillers:
        return 1
    last = at + 2
    if last < len(words) and words[last].sentence == words[at].sentence:
        return 2 if (words[at].word, words[at + 1].word) in rules.filler_pairs else 0
    return 0


def _without_stutters(words: list[_Word]) -> list[_Word]:
    kept: list[_Word] = []
    for word in words:
        if kept and kept[-1].word == word.word and not word.word.isdigit() and kept[-1].sentence == word.sentence:
            word.pause = kept[-1].pause
            kept[-1] = word
        else:
            kept.append(word)
    return kept


def _as_tokens(text: str, words: list[_Word], rules: WordRules) -> Tokens:
    return Tokens(
        text=text,
        words=tuple([word.word for word in words]),
        starts=tuple([word.start for word in words]),
        ends=tuple([word.end for word in words]),
        pauses=tuple([word.pause for word in words]),
        clauses=_clauses(words, rules),
        sentences=tuple([word.sentence for word in words]),
    )


def _clauses(words: list[_Word], rules: WordRules) -> tuple[int, ...]:
    clause, begun, clauses = 0, 0, []
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        if before is not None and (
            before.sentence != word.sentence
            or word.word in rules.breakers
            or (word.word in rules.subjects and _begins_anew(before, word, at - begun, rules.bound))
        ):
            clause, begun = clause + 1, at
        clauses.append(clause)
    return tuple(clauses)


def _begins_anew(before: _Word, word: _Word, length: int, bound: frozenset[str]) -> bool:
    """Whether a subject word opens a new clause rather than belonging to the word before it ("when I", "think it")."""
    return word.pause or (before.word not in bound and length >= 1)
