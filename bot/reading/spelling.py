"""What a misspelt word was meant to be: a reviewed table first, then the nearest word that the lexicon knows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Boldness:
    """From which length on a word may hold one slip, two slips in its vowels, and any two."""

    one_slip: int
    two_vowels: int
    two_slips: int


CAREFUL = Boldness(one_slip=5, two_vowels=9, two_slips=9)
BOLD = Boldness(one_slip=4, two_vowels=6, two_slips=9)
"""Upon asking an answer is expected, so that a word that is none is sooner one of its words."""
SHORTEST_STEM = 4
REMEMBERED = 20_000
MAKESHIFT = ("ish", "ey", "y")

_STRETCHED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1")
_VOWEL = re.compile(r"[aeiouy]")


class Speller:
    """Corrects words towards `targets`; known and real words that only look alike are left alone."""

    def __init__(
        self,
        known: Iterable[str],
        *,
        targets: Iterable[str] = (),
        table: Mapping[str, str],
        real_words: frozenset[str] = frozenset(),
        boldness: Boldness = CAREFUL,
    ) -> None:
        self._known = frozenset(known) | real_words
        self._core = frozenset(targets)
        self._table = dict(table)
        self._boldness = boldness
        self._targets = sorted(word for word in self._core if len(word) >= boldness.one_slip and word.isalpha())
        self._near = self._deletions_index()
        self._seen: dict[str, str] = {}

    def correct(self, word: str) -> str:
        """The word itself when it is known or nothing is near, else what was meant."""
        if word in self._known:
            return word
        found = self._seen.get(word)
        if found is None:
            found = self._find(word)
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[word] = found
        return found

    def _find(self, word: str) -> str:
        if word in self._table:
            return self._table[word]
        if _STRETCHED.search(word):
            for keep in (r"\1\1", r"\1"):
                shorter = _STRETCHED.sub(keep, word)
                if shorter in self._known or shorter in self._table:
                    return self._table.get(shorter, shorter)
        for typed in self._with_dropped_g(word):
            if typed + "g" in self._known:
                return typed + "g"
        stem = self._stem(word)
        if stem is not None:
            return stem
        if len(word) < self._boldness.one_slip or not word.isalpha():
            return word
        return self._nearest(word)

    def _with_dropped_g(self, word: str) -> tuple[str, ...]:
        """The word that ends in "in" for "ing"; to the bold also one that ends in "ni"."""
        swapped = word[:-2] + "in" if word.endswith("ni") and self._boldness is BOLD else word
        return (swapped,) if swapped.endswith("in") else ()

    def _stem(self, word: str) -> str | None:
        """The known word that an ad-hoc adjective is made of: "coldish", "throbby", "toothachey"."""
        for ending in MAKESHIFT:
            stem = word.removesuffix(ending)
            for known in (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
                if stem != word and len(known) >= SHORTEST_STEM and known in self._core:
                    return known
        return None

    def _nearest(self, word: str) -> str:
        slips = self._slips(word)
        consonants = _consonants(word)
        near = {target for key in _deletions(word, slips) for target in self._near.get(key, ())}
        ranked = sorted((distance(word, target), target) for target in near if target[0] == word[0])
        allowed = [
            (slip, target)
            for slip, target in ranked
            if slip <= self._slips(target) and (slip < 2 or self._may_differ(target, consonants))
        ]
        return allowed[0][1] if allowed and allowed[0][0] <= slips else word

    def _slips(self, word: str) -> int:
        """How many slips a word of this length may hold."""
        return 2 if len(word) >= self._boldness.two_vowels else 1

    def _may_differ(self, target: str, consonants: str) -> bool:
        """Whether a word of these consonants may be two slips off: a short one only in its vowels."""
        return len(target) >= self._boldness.two_slips or _consonants(target) == consonants

    def _deletions_index(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, list[str]] = {}
        for word in self._targets:
            for key in _deletions(word, self._slips(word)):
                index.setdefault(key, []).append(word)
        return {key: tuple(found) for key, found in index.items()}


def _consonants(word: str) -> str:
    """The consonants of a word in order, doubled ones once."""
    return _VOWEL.sub("", _DOUBLED.sub(r"\1", word))


def distance(left: str, right: str) -> int:
    """Slips between two words: a letter too many, missing, wrong, or two swapped."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _deletions(word: str, slips: int) -> set[str]:
    found = {word}
    for _ in range(slips):
        found |= {key[:at] + key[at + 1 :] for key in found for at in range(1, len(key))}
    return found
