"""From text to Tokens: words cut, joined and spelt, fillers and stutters left out, clauses and sentences numbered."""

import re

from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.vocab import Vocab

from bot.knowledge.word_rules import WordRules
from bot.reading.spelling import Speller
from bot.reading.tokens import Tokens
from bot.reading.written import NO_WORD, Spelt, Written, may_repeat, without_fillers, without_stutters

LONGEST_WORD = 30
VOCABULARY_LIMIT = 100_000
"""spaCy keeps every word it has seen; the pipeline is made anew when it has seen this many."""

_EDGE = r"[^\w'’`]|_"
_STUCK_NUMBER = re.compile(r"(\d+)([a-z]{2,}|[dwmy])")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "‘": "'", "´": "'"})


class Tokenizer:
    """Turns messages into Tokens; holds spaCy's blank tokenizer and the spelling table."""

    def __init__(self, rules: WordRules, speller: Speller) -> None:
        self._rules = rules
        self._speller = speller
        self._split = _blank_tokenizer()
        self._spelt: dict[int, Spelt] = {}
        self._joinable = frozenset(second for _, second in rules.joined)

    def tokenize(self, text: str) -> Tokens:
        """The words of `text`; never raises, whatever the text."""
        words = self._words(text)
        words.mark_sentences()
        if not self._rules.filling.isdisjoint(words.words):
            words.keep(without_fillers(words, self._rules))
        if may_repeat(words.words):
            words.keep(without_stutters(words))
        return Tokens(
            text=text,
            words=tuple(words.words),
            starts=tuple(words.starts),
            ends=tuple(words.ends),
            pauses=tuple(words.pauses),
            clauses=_clauses(words, self._rules),
            sentences=tuple(words.sentences),
        )

    def _words(self, text: str) -> Written:
        """Every word; contractions that were written apart are put together: "ca n't", "can not"."""
        known = self._spelt.get
        cut = [(known(orth) or self._spell(orth), start) for orth, start in self._cut(text)]
        if any(spelt.is_odd for spelt, _ in cut):
            return self._with_odd_ones(text, cut)
        cut = [(spelt, start) for spelt, start in cut if spelt.size]
        return Written(
            text,
            words=[spelt.word for spelt, _ in cut],
            starts=[start for _, start in cut],
            ends=[start + spelt.size for spelt, start in cut],
        )

    def _with_odd_ones(self, text: str, cut: list[tuple[Spelt, int]]) -> Written:
        """The words where numbers may hold on to their units and contractions may be written apart."""
        words = Written(text)
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
        return [(token.orth, token.idx) for token in doc]

    def _spell(self, orth: int) -> Spelt:
        """What a written word stands for; nothing where it is no word."""
        written = self._split.vocab.strings[orth]
        typed = written.lower().translate(_APOSTROPHES).strip("'")
        spelt = NO_WORD
        if typed and (typed[0].isalnum() or typed[-1].isalnum()):
            typed = typed[:LONGEST_WORD] if not _STUCK_NUMBER.fullmatch(typed) else typed
            variant = self._rules.variants.get(typed) or typed.removesuffix("'s")
            odd = typed[0].isdigit() or typed in self._joinable
            spelt = Spelt(typed, variant, self._speller.correct(variant), len(written), odd)
        self._spelt[orth] = spelt
        return spelt

    def _add_odd(self, words: Written, spelt: Spelt, start: int) -> None:
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
        words.add(Spelt(stuck[1], stuck[1], stuck[1], middle - start, False), start, middle)
        words.add(Spelt(stuck[2], unit, self._speller.correct(unit), end - middle, False), middle, end)


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


def _clauses(words: Written, rules: WordRules) -> tuple[int, ...]:
    clause, begun, clauses = 0, 0, [0] * len(words.words)
    opening, sentences = rules.opening, words.sentences
    for at, word in enumerate(words.words):
        if at and (
            sentences[at - 1] != sentences[at] or (word in opening and _opens_clause(words, at, at - begun, rules))
        ):
            clause, begun = clause + 1, at
        clauses[at] = clause
    return tuple(clauses)


def _opens_clause(words: Written, at: int, length: int, rules: WordRules) -> bool:
    """Whether the word breaks the clause ("but") or is a subject that the word before does not hold on to."""
    if words.words[at] in rules.breakers:
        return True
    return words.pauses[at] or (words.words[at - 1] not in rules.bound and length >= 1)
