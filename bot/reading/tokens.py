"""A message as normalised words that still know where they stand in the original text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

NO_WORDS: frozenset[str] = frozenset()


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

    @cached_property
    def kept(self) -> dict[object, Any]:
        """What was found in the message, kept by whoever found it and may be asked again."""
        return {}

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Every word that occurs."""
        return frozenset(self.words)

    @cached_property
    def first_sentence(self) -> int:
        """How many words the first sentence has; its number is not 0 where a filler of its own stood before it."""
        return self.sentences.count(self.sentences[0]) if self.sentences else 0

    def stretches(self, resuming: frozenset[str]) -> tuple[tuple[int, int], ...]:
        """For each word the stretch it lies in: its sentence, cut where a comma opens something new.

        resuming: words that go on with what was said before the comma; without any, commas cut nothing.
        """
        cuts = resuming if self._has_pauses else NO_WORDS
        known = self._stretches.get(cuts)
        if known is None:
            known = self._stretches[cuts] = self._stretched(cuts)
        return known

    @cached_property
    def _has_pauses(self) -> bool:
        return True in self.pauses

    @cached_property
    def _borders(self) -> list[int]:
        """The words before which a sentence ends or a comma stands."""
        ends, pauses = self.sentences, self.pauses
        return [at for at in range(1, len(self.words)) if pauses[at] or ends[at] != ends[at - 1]]

    @cached_property
    def _stretches(self) -> dict[frozenset[str], tuple[tuple[int, int], ...]]:
        return {}

    def _stretched(self, resuming: frozenset[str]) -> tuple[tuple[int, int], ...]:
        found: list[tuple[int, int]] = []
        first = 0
        for at in self._borders:
            if self._is_cut(at, resuming):
                found += [(first, at)] * (at - first)
                first = at
        size = len(self.words)
        return tuple(found + [(first, size)] * (size - first))

    def _is_cut(self, at: int, resuming: frozenset[str]) -> bool:
        if self.sentences[at] != self.sentences[at - 1]:
            return True
        return bool(resuming) and self.pauses[at] and self.words[at] not in resuming

    def quote(self, start: int, end: int) -> str:
        """The original text from word `start` up to but without word `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]
