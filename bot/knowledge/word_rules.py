"""How words are cut, joined and spelt: the part of the lexicon that is about writing, not about the body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class WordRules:
    """What the tokenizer needs to know of a language.

    variants: one spelling of a word for another ("can't": cant); joined: two words that are one ("ca" "n't": cant);
    fillers and filler_pairs: words that say nothing; breakers: words that open a new clause ("but");
    subjects: words that open one unless the word before holds on to them (bound: "when I").
    inflections: irregular forms of a word; misspellings: wrong to right; real_words: never to be corrected;
    spelt: further words that misspellings are corrected towards; answered: and these upon asking.
    """

    variants: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[tuple[str, str], str] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    filler_pairs: frozenset[tuple[str, str]] = frozenset()
    breakers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    inflections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    misspellings: Mapping[str, str] = field(default_factory=dict)
    real_words: frozenset[str] = frozenset()
    spelt: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()

    @cached_property
    def filling(self) -> frozenset[str]:
        """Every word that a filler may begin with."""
        return self.fillers | {first for first, _ in self.filler_pairs}

    @cached_property
    def opening(self) -> frozenset[str]:
        """Every word that may open a clause."""
        return self.breakers | self.subjects


def inflected(word: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The forms of an English word that `word~` stands for in a phrase: cramp, cramps, cramped, cramping."""
    regular: tuple[str, ...]
    if word.endswith("e"):
        regular = (word + "s", word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        regular = (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    elif word.endswith(("s", "x", "ch", "sh")):
        regular = (word + "es", word + "ed", word + "ing")
    else:
        regular = (word + "s", word + "ed", word + "ing", word + word[-1] + "ed", word + word[-1] + "ing")
    return (word, *regular, *irregular.get(word, ()))
