"""One phrase of the lexicon, taken apart: which words may stand where, what may be left out, how wide a gap."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.errors import KnowledgeError
from bot.knowledge.word_rules import inflected

WIDEST_GAP = 12

_GAP = re.compile(r"\.\.\.(\d{1,2})")


@dataclass(frozen=True)
class Element:
    """One place of a phrase: a word out of `words`, or a gap of up to `gap` words of any kind."""

    words: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True)
class Pattern:
    """A phrase ready to be looked for."""

    label: str
    phrase: str
    elements: tuple[Element, ...]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that may take part in a match."""
        return frozenset().union(*[element.words for element in self.elements])


@dataclass(frozen=True)
class Grammar:
    """What phrases may refer to: named word lists (`{body}`) and irregular inflections.

    resuming: words after a comma that go on with what was said; any other ends a gap. Empty: commas end no gap.
    """

    lists: Mapping[str, tuple[str, ...]]
    inflections: Mapping[str, tuple[str, ...]]
    resuming: frozenset[str] = frozenset()
    _known: dict[str, Element] = field(default_factory=dict, compare=False, repr=False)
    """The places parsed so far: phrases share them, for a list may hold hundreds of words."""

    def parse(self, label: str, phrase: str) -> Pattern:
        """The pattern that `phrase` describes; KnowledgeError when it describes none."""
        elements = tuple([self._element(phrase, part) for part in phrase.split()])
        if not any(element.words and not element.optional for element in elements):
            raise KnowledgeError(f"phrase {phrase!r} of {label!r} has no word that must occur: add one")
        if elements[0].gap or elements[-1].gap:
            raise KnowledgeError(f"phrase {phrase!r} of {label!r} begins or ends with a gap: leave the gap out")
        return Pattern(label, phrase, elements)

    def _element(self, phrase: str, part: str) -> Element:
        known = self._known.get(part)
        if known is None:
            known = self._known[part] = self._parsed(phrase, part)
        return known

    def _parsed(self, phrase: str, part: str) -> Element:
        gap = _GAP.fullmatch(part)
        if gap:
            if int(gap[1]) > WIDEST_GAP:
                raise KnowledgeError(f"phrase {phrase!r}: gap {part!r} is wider than {WIDEST_GAP}: narrow it")
            return Element(gap=int(gap[1]))
        optional = part.endswith("?")
        words = [form for word in part.rstrip("?").split("|") for form in self._forms(phrase, word)]
        return Element(frozenset(words), optional)

    def _forms(self, phrase: str, word: str) -> tuple[str, ...]:
        if word.startswith("{"):
            if word[1:-1] not in self.lists:
                raise KnowledgeError(f"phrase {phrase!r} names the unknown word list {word}: define it or correct it")
            return tuple([form for item in self.lists[word[1:-1]] for form in self._forms(phrase, item)])
        if word.endswith("~"):
            return inflected(word[:-1], self.inflections)
        if not word or not word.replace("'", "").isalnum():
            raise KnowledgeError(f"phrase {phrase!r}: {word!r} is no word as the tokenizer writes it")
        return (word,)
