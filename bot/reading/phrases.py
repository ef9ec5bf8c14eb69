"""A book of phrases and where they occur in a message, at a cost that depends on the message alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.reading.patterns import Element, Grammar, Pattern
from bot.reading.tokens import Tokens

SHORT = 4
SHORT_WEIGHT = 40
NO_GRAMMAR = Grammar(lists={}, inflections={})


@dataclass(frozen=True)
class Match:
    """A phrase found: words `start` up to but without `end`; `own` are all words that the phrase itself names."""

    label: str
    start: int
    end: int
    phrase: str = ""
    own: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def contains(self, other: "Match") -> bool:
        """Whether the other match lies inside this one and is shorter."""
        return self.start <= other.start and other.end <= self.end and self.end - self.start > other.end - other.start


@dataclass(frozen=True)
class _Entry:
    """A pattern under one of its anchor words; it can only match where one of `needed` occurs too."""

    pattern: Pattern
    anchor: int
    needed: frozenset[str] | None
    own: frozenset[str]


class PhraseBook:
    """Phrases by label; each is tried only where its rarest word occurs in the message.

    A phrase is words separated by blanks; `a|b` alternatives; `word?` may be missing; `{name}` a named word list;
    `...3` a gap of up to three words, never across a sentence end; `numb~` the word in all its inflections.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], *, grammar: Grammar = NO_GRAMMAR) -> None:
        patterns = [grammar.parse(label, phrase) for label, listed in phrases.items() for phrase in listed]
        self._at_word = _index(patterns)
        self._resuming = grammar.resuming
        self.vocabulary: frozenset[str] = frozenset().union(*[pattern.vocabulary() for pattern in patterns])

    def find(self, tokens: Tokens) -> tuple[Match, ...]:
        """Every match, in reading order; of matches with one label the longest of those that overlap."""
        found: dict[tuple[str, int, int], Match] = {}
        present = tokens.positions
        words = present.keys()
        walk = _Walk(tokens, self._resuming)
        for word in sorted(words & self._at_word.keys()):
            listed = self._at_word[word]
            entries = [one for one in listed if one.needed is None or not words.isdisjoint(one.needed)]
            if entries:
                _find_at(entries, walk, present[word], found)
        return _longest(found.values())


def _find_at(entries: list[_Entry], walk: "_Walk", places: list[int], found: dict[tuple[str, int, int], Match]) -> None:
    """Adds every match whose anchor stands at one of these places."""
    for at in places:
        for entry in entries:
            pattern = entry.pattern
            span = walk.span(pattern.elements, entry.anchor, at)
            if span is not None:
                found.setdefault((pattern.label, *span), Match(pattern.label, *span, pattern.phrase, entry.own))


def _index(patterns: Iterable[Pattern]) -> dict[str, tuple[_Entry, ...]]:
    """Patterns by the words of their anchor: the place whose words occur in the fewest phrases."""
    counts = Counter(word for pattern in patterns for word in pattern.vocabulary())
    index: dict[str, list[_Entry]] = {}
    for pattern in patterns:
        anchor, *others = sorted(_required(pattern), key=lambda place: _weight(pattern.elements[place], counts))
        entry = _Entry(pattern, anchor, pattern.elements[others[0]].words if others else None, pattern.vocabulary())
        for word in pattern.elements[anchor].words:
            index.setdefault(word, []).append(entry)
    return {word: tuple(entries) for word, entries in index.items()}


def _weight(element: Element, counts: Counter[str]) -> int:
    """How often a place's words are likely to occur: short words are common in any message."""
    return sum(counts[word] + (SHORT_WEIGHT if len(word) <= SHORT else 0) for word in element.words)


def _required(pattern: Pattern) -> list[int]:
    return [at for at, element in enumerate(pattern.elements) if element.words and not element.optional]


class _Walk:
    """Lays phrases over one message."""

    __slots__ = ("resuming", "sentences", "tokens", "words")

    def __init__(self, tokens: Tokens, resuming: frozenset[str]) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.sentences = tokens.sentences
        self.resuming = resuming

    def span(self, elements: tuple[Element, ...], anchor: int, at: int) -> tuple[int, int] | None:
        """The stretch of words that the elements cover when the anchor stands at word `at`."""
        if len(elements) == 1:
            return at, at + 1
        end = self.reach(elements, anchor + 1, at, 1)
        if end is None:
            return None
        start = self.reach(elements, anchor - 1, at, -1)
        return None if start is None else (start, end + 1)

    def reach(self, elements: tuple[Element, ...], place: int, at: int, step: int) -> int | None:
        """The last word covered when the elements from `place` on are read from word `at` in one direction."""
        if not 0 <= place < len(elements):
            return at
        element = elements[place]
        if element.gap:
            return self._over_gap(elements, place, at, step)
        ahead = at + step
        if 0 <= ahead < len(self.words) and self.words[ahead] in element.words and self._is_inside(ahead, at):
            found = self.reach(elements, place + step, ahead, step)
            if found is not None:
                return found
        return self.reach(elements, place + step, at, step) if element.optional else None

    def _over_gap(self, elements: tuple[Element, ...], place: int, at: int, step: int) -> int | None:
        for skipped in range(elements[place].gap + 1):
            ahead = at + step * skipped
            if not self._is_inside(ahead, at) or (skipped and self._opens_item(ahead)):
                return None
            found = self.reach(elements, place + step, ahead, step)
            if found is not None:
                return found
        return None

    def _is_inside(self, ahead: int, at: int) -> bool:
        """Whether that word exists and stands in the same sentence."""
        return 0 <= ahead < len(self.words) and self.sentences[ahead] == self.sentences[at]

    def _opens_item(self, at: int) -> bool:
        """Whether a comma opens something new at that word, rather than going on with "it" or "I"."""
        return bool(self.resuming) and self.tokens.pauses[at] and self.words[at] not in self.resuming


def covered(matches: Iterable[Match]) -> frozenset[int]:
    """Every word that lies inside one of the matches."""
    return frozenset([at for match in matches for at in range(match.start, match.end)])


def _longest(matches: Iterable[Match]) -> tuple[Match, ...]:
    kept: list[Match] = []
    ends: dict[str, int] = {}
    for match in sorted(matches, key=lambda found: (found.start, -found.end)):
        if match.end > ends.get(match.label, 0) or match.start >= ends.get(match.label, 0):
            kept.append(match)
            ends[match.label] = max(match.end, ends.get(match.label, 0))
    return tuple(kept)
