"""One index over the phrases of many books, so that a message is walked through once for all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.reading.patterns import Element, Pattern
from bot.reading.tokens import Tokens
from bot.reading.walk import Walk

SHORT = 4
SHORT_WEIGHT = 40


class Match(NamedTuple):
    """A phrase found: words `start` up to but without `end`; `own` are all words that the phrase itself names."""

    label: str
    start: int
    end: int
    phrase: str = ""
    own: frozenset[str] = frozenset()

    def contains(self, other: "Match") -> bool:
        """Whether the other match lies inside this one and is shorter."""
        return self.start <= other.start and other.end <= self.end and self.end - self.start > other.end - other.start


class _Entry(NamedTuple):
    """A pattern of a book under one of its anchor words; it can only match where one of `needed` occurs too."""

    book: int
    label: str
    phrase: str
    elements: tuple[Element, ...]
    anchor: int
    needed: frozenset[str] | None
    own: frozenset[str]


_Found = list[dict[tuple[str, int, int], Match]]


@dataclass
class _Shelf:
    """The entries of one anchor word: those of it alone, by the word that must follow or lead, and the rest."""

    alone: list[_Entry] = field(default_factory=list)
    by_follower: dict[str, list[_Entry]] = field(default_factory=dict)
    by_leader: dict[str, list[_Entry]] = field(default_factory=dict)
    loose: list[_Entry] = field(default_factory=list)

    def put(self, entry: _Entry) -> None:
        """Adds the entry where it is looked for least often."""
        if len(entry.elements) == 1:
            self.alone.append(entry)
            return
        for shelf, place in ((self.by_follower, entry.anchor + 1), (self.by_leader, entry.anchor - 1)):
            words = _firm(entry.elements, place)
            if words is not None:
                for word in words:
                    shelf.setdefault(word, []).append(entry)
                return
        self.loose.append(entry)

    def beside(self, leader: str, follower: str) -> list[_Entry]:
        """The entries that may match between these two words."""
        follows, leads = self.by_follower.get(follower), self.by_leader.get(leader)
        if follows is None:
            return self.loose if leads is None else self.loose + leads
        return self.loose + follows if leads is None else self.loose + follows + leads


class PhraseIndex:
    """The phrases of all books that share it, each under its rarest word."""

    def __init__(self) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._resuming: list[frozenset[str]] = []

    def add(self, patterns: Sequence[Pattern], *, resuming: frozenset[str]) -> int:
        """Adds a book; its number is what its matches are asked for by."""
        book = len(self._resuming)
        self._resuming.append(resuming)
        counts = Counter(word for pattern in patterns for word in pattern.vocabulary())
        for pattern in patterns:
            elements = pattern.elements
            anchor, *others = sorted(_required(pattern), key=lambda place: _weight(elements[place], counts))
            needed = elements[others[0]].words if others else None
            entry = _Entry(book, pattern.label, pattern.phrase, elements, anchor, needed, pattern.vocabulary())
            for word in elements[anchor].words:
                self._shelves.setdefault(word, _Shelf()).put(entry)
        return book

    def matches(self, tokens: Tokens, book: int) -> tuple[Match, ...]:
        """Every match of one book, in reading order; of matches with one label the longest of those that overlap."""
        found: _Found | None = tokens.kept.get(self)
        if found is None:
            found = tokens.kept[self] = self._found(tokens)
        return _longest(found[book]) if found[book] else ()

    def _found(self, tokens: Tokens) -> _Found:
        found: _Found = [{} for _ in self._resuming]
        each = {resuming: Walk(tokens, resuming) for resuming in set(self._resuming)}
        walks = [each[resuming] for resuming in self._resuming]
        shelves, leader, words = self._shelves, "", (*tokens.words, "")
        for at, word in enumerate(tokens.words):
            shelf = shelves.get(word)
            if shelf is not None:
                for entry in shelf.alone:
                    _keep(found, entry, at, at + 1)
                entries = shelf.beside(leader, words[at + 1])
                if entries:
                    _lay(entries, tokens.distinct, walks, at, found)
            leader = word
        return found


def _lay(entries: list[_Entry], words: frozenset[str], walks: list[Walk], at: int, found: _Found) -> None:
    """Adds the matches of these entries whose anchor stands at word `at`."""
    for entry in entries:
        if entry.needed is None or not entry.needed.isdisjoint(words):
            span = walks[entry.book].span(entry.elements, entry.anchor, at)
            if span is not None:
                _keep(found, entry, *span)


def _keep(found: _Found, entry: _Entry, start: int, end: int) -> None:
    known, span = found[entry.book], (entry.label, start, end)
    if span not in known:
        known[span] = Match(entry.label, start, end, entry.phrase, entry.own)


def _firm(elements: tuple[Element, ...], place: int) -> frozenset[str] | None:
    """The words of a place that no gap and no missing word can put further off."""
    if not 0 <= place < len(elements) or elements[place].optional:
        return None
    return elements[place].words or None


def _weight(element: Element, counts: Counter[str]) -> int:
    """How often a place's words are likely to occur: short words are common in any message."""
    return sum(counts[word] + (SHORT_WEIGHT if len(word) <= SHORT else 0) for word in element.words)


def _required(pattern: Pattern) -> list[int]:
    return [at for at, element in enumerate(pattern.elements) if element.words and not element.optional]


def _longest(found: dict[tuple[str, int, int], Match]) -> tuple[Match, ...]:
    kept: list[Match] = []
    ends: dict[str, int] = {}
    for label, start, end in sorted(found, key=_reading_order):
        known = ends.get(label, 0)
        if end > known or start >= known:
            kept.append(found[label, start, end])
            ends[label] = max(end, known)
    return tuple(kept)


def _reading_order(span: tuple[str, int, int]) -> tuple[int, int]:
    return span[1], -span[2]
