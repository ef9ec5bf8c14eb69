"""A book of phrases and where they occur in a message, at a cost that depends on the message alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.reading.patterns import Element, Grammar, Pattern
from bot.reading.tokens import Tokens

NO_GRAMMAR = Grammar(lists={}, inflections={})


@dataclass(frozen=True)
class Match:
    """A phrase found: words `start` up to but without `end` of the tokens."""

    label: str
    start: int
    end: int
    phrase: str = ""

    def contains(self, other: "Match") -> bool:
        """Whether the other match lies inside this one and is shorter."""
        return self.start <= other.start and other.end <= self.end and self.end - self.start > other.end - other.start


class PhraseBook:
    """Phrases by label; each is tried only where its rarest word occurs in the message.

    A phrase is words separated by blanks; `a|b` alternatives; `word?` may be missing; `{name}` a named word list;
    `...3` a gap of up to three words, never across a sentence end; `numb~` the word in all its inflections.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], *, grammar: Grammar = NO_GRAMMAR) -> None:
        patterns = [grammar.parse(label, phrase) for label, listed in phrases.items() for phrase in listed]
        self._at_word = _index(patterns)
        self._resuming = grammar.resuming
        self.vocabulary = frozenset().union(*[pattern.vocabulary() for pattern in patterns])

    def find(self, tokens: Tokens) -> tuple[Match, ...]:
        """Every match, in reading order; of matches with one label the longest of those that overlap."""
        found: dict[tuple[str, int, int], Match] = {}
        for at, word in enumerate(tokens.words):
            for pattern, anchor in self._at_word.get(word, ()):
                span = _span(pattern.elements, anchor, tokens, at, self._resuming)
                if span is not None:
                    found.setdefault((pattern.label, *span), Match(pattern.label, *span, pattern.phrase))
        return _longest(found.values())


def _index(patterns: Iterable[Pattern]) -> dict[str, tuple[tuple[Pattern, int], ...]]:
    """Patterns by the words of their anchor: the place whose words occur in the fewest phrases."""
    counts = Counter(word for pattern in patterns for word in pattern.vocabulary())
    index: dict[str, list[tuple[Pattern, int]]] = {}
    for pattern in patterns:
        anchor = min(_required(pattern), key=lambda place: sum(counts[word] for word in pattern.elements[place].words))
        for word in pattern.elements[anchor].words:
            index.setdefault(word, []).append((pattern, anchor))
    return {word: tuple(entries) for word, entries in index.items()}


def _required(pattern: Pattern) -> list[int]:
    return [at for at, element in enumerate(pattern.elements) if element.words and not element.optional]


def _span(
    elements: tuple[Element, ...], anchor: int, tokens: Tokens, at: int, resuming: frozenset[str]
) -> tuple[int, int] | None:
    """The stretch of words that the elements cover when the anchor stands at word `at`."""
    walk = _Walk(elements, tokens, resuming)
    end = walk.reach(anchor + 1, at, 1)
    if end is None:
        return None
    start = walk.reach(anchor - 1, at, -1)
    return None if start is None else (start, end + 1)


class _Walk:
    """One attempt to lay a phrase over a message."""

    __slots__ = ("elements", "resuming", "tokens")

    def __init__(self, elements: tuple[Element, ...], tokens: Tokens, resuming: frozenset[str]) -> None:
        self.elements = elements
        self.tokens = tokens
        self.resuming = resuming

    def reach(self, place: int, at: int, step: int) -> int | None:
        """The last word covered when the elements from `place` on are read from word `at` in one direction."""
        if not 0 <= place < len(self.elements):
            return at
        element = self.elements[place]
        if element.gap:
            return self._over_gap(place, at, step)
        ahead = at + step
        if self._is_inside(ahead, at) and self.tokens.words[ahead] in element.words:
            found = self.reach(place + step, ahead, step)
            if found is not None:
                return found
        return self.reach(place + step, at, step) if element.optional else None

    def _over_gap(self, place: int, at: int, step: int) -> int | None:
        for skipped in range(self.elements[place].gap + 1):
            ahead = at + step * skipped
            if not self._is_inside(ahead, at) or (skipped and self._opens_item(ahead if step > 0 else ahead + 1)):
                return None
            found = self.reach(place + step, ahead, step)
            if found is not None:
                return found
        return None

    def _is_inside(self, ahead: int, at: int) -> bool:
        """Whether that word exists and stands in the same sentence."""
        tokens = self.tokens
        return 0 <= ahead < len(tokens.words) and tokens.sentences[ahead] == tokens.sentences[at]

    def _opens_item(self, at: int) -> bool:
        """Whether a comma opens something new at that word, rather than going on with "it" or "I"."""
        return bool(self.resuming) and self.tokens.pauses[at] and self.tokens.words[at] not in self.resuming


def _longest(matches: Iterable[Match]) -> tuple[Match, ...]:
    kept: list[Match] = []
    ends: dict[str, int] = {}
    for match in sorted(matches, key=lambda found: (found.start, -found.end)):
        if match.end > ends.get(match.label, 0) or match.start >= ends.get(match.label, 0):
            kept.append(match)
            ends[match.label] = max(match.end, ends.get(match.label, 0))
    return tuple(kept)
