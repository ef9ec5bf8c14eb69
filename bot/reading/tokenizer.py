"""From text to Tokens: words cut, joined and spelt, fillers and stutters left out, clauses and sentences numbered."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.knowledge.word_rules import WordRules
from bot.reading.spelling import Speller
from bot.reading.tokens import Tokens

LONGEST_WORD = 30
VOCABULARY_LIMIT = 100_000
"""spaCy keeps every word it has seen; the pipeline is made anew when it has seen this many."""

_EDGE = r"[^\w'’`]|_"
_SENTENCE_END = re.compile(r"(?<!\.)\.(?!\.)|[!?;\n]|\u2026\s*\n")
_PAUSE = re.compile(r"[,:()\[\]\u2013\u2014\u2026\"]|\.\.|\s-+\s|--")
_STUCK_NUMBER = re.compile(r"(\d+)([a-z]{2,}|[dwmy])")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "‘": "'", "´": "'"})


class _Spelt(NamedTuple):
    """A written word: as typed in lower case, in the variant that is used here, and without its misspelling."""

    typed: str
    variant: str
    word: str


@dataclass(slots=True)
class _Word:
    """One word on its way into Tokens; `variant` is what the next word may be joined to."""

    word: str
    variant: str
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
        self._spelt: dict[str, _Spelt | None] = {}
        self._joinable = frozenset(second for _, second in rules.joined)

    def tokenize(self, text: str) -> Tokens:
        """The words of `text`; never raises, whatever the text."""
        words = _mark_sentences(text, self._words(text))
        kept = _without_stutters(_without_fillers(words, self._rules))
        return _as_tokens(text, kept, self._rules)

    def _words(self, text: str) -> list[_Word]:
        """Every word; contractions that were written apart are put together: "ca n't", "can not"."""
        words: list[_Word] = []
        spelt = self._spelt
        for token in self._tokens(text):
            written = token.text
            known = spelt[written] if written in spelt else self._spell(written)
            if known is None:
                continue
            typed, variant, word = known
            start = token.idx
            if typed[0].isdigit() and self._add_stuck(words, typed, start, start + len(written)):
                continue
            if typed in self._joinable and words and (words[-1].variant, typed) in self._rules.joined:
                self._join(words[-1], typed, start + len(written))
            else:
                words.append(_Word(word, variant, start, start + len(written)))
        return words

    def _tokens(self, text: str) -> Doc:
        if len(self._split.vocab) > VOCABULARY_LIMIT:
            self._split = _blank_tokenizer()
        if len(self._spelt) > VOCABULARY_LIMIT:
            self._spelt.clear()
        doc: Doc = self._split(text.encode("utf-8", "replace").decode("utf-8") if _has_surrogates(text) else text)
        return doc

    def _spell(self, written: str) -> _Spelt | None:
        """What a written word stands for; None for what is no word."""
        typed = written.lower().translate(_APOSTROPHES).strip("'")
        known = None
        if typed and (typed[0].isalnum() or typed[-1].isalnum()):
            typed = typed[:LONGEST_WORD] if not _STUCK_NUMBER.fullmatch(typed) else typed
            variant = self._rules.variants.get(typed) or typed.removesuffix("'s")
            known = _Spelt(typed, variant, self._speller.correct(variant))
        self._spelt[written] = known
        return known

    def _join(self, before: _Word, typed: str, end: int) -> None:
        before.variant = self._rules.joined[before.variant, typed]
        before.word, before.end = self._speller.correct(before.variant), end

    def _add_stuck(self, words: list[_Word], typed: str, start: int, end: int) -> bool:
        """Takes "3weeks" apart; an ordinal ("3rd") stays whole."""
        stuck = _STUCK_NUMBER.fullmatch(typed)
        if stuck is None or stuck[2] in _ORDINALS:
            return False
        unit = self._rules.variants.get(stuck[2]) or stuck[2]
        middle = start + len(stuck[1])
        words.append(_Word(stuck[1], stuck[1], start, middle))
        words.append(_Word(self._speller.correct(unit), unit, middle, end))
        return True


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


def _mark_sentences(text: str, words: list[_Word]) -> list[_Word]:
    sentence, end = 0, 0
    for word in words:
        between = text[end : word.start]
        if between != " " and between:
            if _ends_sentence(text, end, word.start, between):
                sentence += end > 0
            word.pause = _PAUSE.search(between) is not None
        word.sentence = sentence
        end = word.end
    return words


def _ends_sentence(text: str, end: int, start: int, between: str) -> bool:
    if between == "." and text[end - 1 : end].isdigit() and text[start].isdigit():
        return False
    return _SENTENCE_END.search(between) is not None


def _without_fillers(words: list[_Word], rules: WordRules) -> list[_Word]:
    if not any(word.word in rules.filling for word in words):
        return words
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
            continue
        kept.append(word)
        if len(kept) > 3 and kept[-3].word == word.word and _says_twice(kept):
            del kept[-2:]
    return kept


def _says_twice(kept: list[_Word]) -> bool:
    """Whether the last two words repeat the two before them: "it is it is"."""
    if kept[-4].word != kept[-2].word or kept[-4].sentence != kept[-1].sentence:
        return False
    return not kept[-1].word.isdigit() and not kept[-2].pause


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
    opening = rules.opening
    before: _Word | None = None
    for at, word in enumerate(words):
        if before is not None and (
            before.sentence != word.sentence
            or (word.word in opening and _opens_clause(before, word, at - begun, rules))
        ):
            clause, begun = clause + 1, at
        clauses.append(clause)
        before = word
    return tuple(clauses)


def _opens_clause(before: _Word, word: _Word, length: int, rules: WordRules) -> bool:
    """Whether the word breaks the clause ("but") or is a subject that the word before does not hold on to."""
    if word.word in rules.breakers:
        return True
    return word.pause or (before.word not in rules.bound and length >= 1)
