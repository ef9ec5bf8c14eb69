"""One index over the phrases of many books, so that a message is walked through once for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.reading.patterns import Element, Pattern
from bot.reading.tokens import Tokens
from bot.reading.walk import Walk

USUAL, RARE = 6, 1_200
"""How common a word is: one in `USUAL` plus its rank in the list of common words, any other one in `RARE`."""


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
    """A pattern of a book under one of its anchor words; it can only match where `needed` and `also` occur too."""

    book: int
    pattern: Pattern
    elements: tuple[Element, ...]
    anchor: int
    needed: frozenset[str]
    also: frozenset[str]


_Span = tuple[int, int, str]
"""Where a match begins, how far before zero it ends (so that of two the longer comes first), and its label."""

_Found = list[dict[_Span, Match]]


@dataclass
class _Shelf:
    """The entries of one anchor word: those of it alone, those that another word must follow, and the rest."""

    alone: list[_Entry] = field(default_factory=list)
    by_follower: dict[str, list[_Entry]] = field(default_factory=dict)
    loose: list[_Entry] = field(default_factory=list)

    def put(self, entry: _Entry) -> None:
        """Adds the entry where it is looked for least often."""
        followers = _firm(entry.elements, entry.anchor + 1)
        if len(entry.elements) == 1:
            self.alone.append(entry)
        elif followers is None:
            self.loose.append(entry)
        else:
            for word in followers:
                self.by_follower.setdefault(word, []).append(entry)


class PhraseIndex:
    """The phrases of all books that share it, each under its rarest word.

    common: the words that messages are full of, the most common first.
    """

    def __init__(self, common: Sequence[str] = ()) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._resuming: list[frozenset[str]] = []
        self._cuts: tuple[frozenset[str], ...] = ()
        self._common = {word: 1 / (USUAL + rank) for rank, word in enumerate(common)}

    def add(self, patterns: Sequence[Pattern], *, resuming: frozenset[str]) -> int:
        """Adds a book; its number is what its matches are asked for by."""
        book = len(self._resuming)
        self._resuming.append(resuming)
        self._cuts = tuple(set(self._resuming))
        for pattern in patterns:
            entry = self._entry(book, pattern)
            for word in entry.elements[entry.anchor].words:
                self._shelves.setdefault(word, _Shelf()).put(entry)
        return book

    def _entry(self, book: int, pattern: Pattern) -> _Entry:
        """The pattern under the place that occurs least often, its firm neighbour counted in."""
        elements = pattern.elements
        weights = {place: self._weight(elements[place]) for place in _required(pattern)}

        def beside(place: int) -> float:
            near = [weights[other] for other in (place - 1, place + 1) if _firm(elements, other) is not None]
            return weights[place] * min(near, default=1.0)

        anchor = min(weights, key=beside)
        sure = {anchor, anchor + 1} if _firm(elements, anchor + 1) is not None else {anchor}
        others = sorted(weights.keys() - sure, key=weights.__getitem__) or [anchor]
        needed = [elements[place].words for place in (others[0], others[1] if len(others) > 1 else others[0])]
        return _Entry(book, pattern, elements, anchor, *needed)

    def _weight(self, element: Element) -> float:
        """How often one of a place's words is likely to stand at any place of a message."""
        return sum(self._common.get(word, 1 / RARE) for word in element.words)

    def matches(self, tokens: Tokens, book: int) -> tuple[Match, ...]:
        """Every match of one book, in reading order; of matches with one label the longest of those that overlap."""
        found: _Found | None = tokens.kept.get(self)
        if found is None:
            found = tokens.kept[self] = self._found(tokens)
        return _longest(found[book]) if found[book] else ()

    def _found(self, tokens: Tokens) -> _Found:
        found: _Found = [{} for _ in self._resuming]
        walks = self._walks(tokens)
        shelves, words = self._shelves, (*tokens.words, "")
        for at, word in enumerate(tokens.words):
            shelf = shelves.get(word)
            if shelf is None:
                continue
            for entry in shelf.alone:
                _keep(found, entry, at, at + 1)
            if shelf.loose:
                _lay(shelf.loose, walks, at, found)
            beside = shelf.by_follower.get(words[at + 1])
            if beside is not None:
                _lay(beside, walks, at, found)
        return found

    def _walks(self, tokens: Tokens) -> list[Walk]:
        """For each book the walk over the message; books that cut it alike share one."""
        each = {resuming: Walk(tokens, resuming) for resuming in self._cuts}
        return [each[resuming] for resuming in self._resuming]


def _lay(entries: list[_Entry], walks: list[Walk], at: int, found: _Found) -> None:
    """Adds the matches of these entries whose anchor stands at word `at`."""
    distinct = walks[0].distinct
    for entry in entries:
        if entry.needed.isdisjoint(distinct) or entry.also.isdisjoint(distinct):
            continue
        span = walks[entry.book].span(entry.elements, entry.anchor, at)
        if span is not None:
            _keep(found, entry, *span)


def _keep(found: _Found, entry: _Entry, start: int, end: int) -> None:
    pattern = entry.pattern
    known, span = found[entry.book], (start, -end, pattern.label)
    if span not in known:
        known[span] = Match(pattern.label, start, end, pattern.phrase, pattern.vocabulary)


def _firm(elements: tuple[Element, ...], place: int) -> frozenset[str] | None:
    """The words of a place that no gap and no missing word can put further off."""
    if not 0 <= place < len(elements) or elements[place].optional:
        return None
    return elements[place].words or None


def _required(pattern: Pattern) -> list[int]:
    return [at for at, element in enumerate(pattern.elements) if element.words and not element.optional]


def _longest(found: dict[_Span, Match]) -> tuple[Match, ...]:
    if len(found) == 1:
        return tuple(found.values())
    kept: list[Match] = []
    ends: dict[str, int] = {}
    for span in sorted(found):
        start, end, label = span[0], -span[1], span[2]
        known = ends.get(label, 0)
        if end > known or start >= known:
            kept.append(found[span])
            ends[label] = max(end, known)
    return tuple(kept)
