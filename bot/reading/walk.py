"""How one phrase is laid over the words of a message, from its rarest word outwards."""

from bot.reading.patterns import Element
from bot.reading.tokens import Tokens


class Walk:
    """Lays phrases over one message; no phrase runs over a sentence's end or into the next item of a list."""

    __slots__ = ("bounds", "distinct", "words")

    def __init__(self, tokens: Tokens, resuming: frozenset[str]) -> None:
        self.words = tokens.words
        self.distinct = tokens.distinct
        self.bounds = tokens.stretches(resuming)

    def span(self, elements: tuple[Element, ...], anchor: int, at: int) -> tuple[int, int] | None:
        """The stretch of words that the elements cover when the anchor stands at word `at`."""
        first, last = self.bounds[at]
        end = self._forward(elements, anchor + 1, at, last)
        if end is None:
            return None
        start = self._backward(elements, anchor - 1, at, first)
        return None if start is None else (start, end + 1)

    def _forward(self, elements: tuple[Element, ...], place: int, at: int, last: int) -> int | None:
        """The last word covered when the elements from `place` on are read from word `at` on."""
        while place < len(elements):
            element = elements[place]
            if element.gap:
                return self._over_gap_forward(elements, place, at, last)
            follows = at + 1 < last and self.words[at + 1] in element.words
            if element.optional:
                found = self._forward(elements, place + 1, at + 1, last) if follows else None
                return found if found is not None else self._forward(elements, place + 1, at, last)
            if not follows:
                return None
            place, at = place + 1, at + 1
        return at

    def _backward(self, elements: tuple[Element, ...], place: int, at: int, first: int) -> int | None:
        """The first word covered when the elements from `place` back are read from word `at` back."""
        while place >= 0:
            element = elements[place]
            if element.gap:
                return self._over_gap_backward(elements, place, at, first)
            leads = at > first and self.words[at - 1] in element.words
            if element.optional:
                found = self._backward(elements, place - 1, at - 1, first) if leads else None
                return found if found is not None else self._backward(elements, place - 1, at, first)
            if not leads:
                return None
            place, at = place - 1, at - 1
        return at

    def _over_gap_forward(self, elements: tuple[Element, ...], place: int, at: int, last: int) -> int | None:
        gap, behind = elements[place].gap, elements[place + 1]
        firm = None if behind.optional or behind.gap else behind.words
        for ahead in range(at, min(at + gap + 1, last)):
            if firm is not None and (ahead + 1 == last or self.words[ahead + 1] not in firm):
                continue
            found = self._forward(elements, place + 1, ahead, last)
            if found is not None:
                return found
        return None

    def _over_gap_backward(self, elements: tuple[Element, ...], place: int, at: int, first: int) -> int | None:
        gap, before = elements[place].gap, elements[place - 1]
        firm = None if before.optional or before.gap else before.words
        for behind in range(at, max(at - gap - 1, first - 1), -1):
            if firm is not None and (behind == first or self.words[behind - 1] not in firm):
                continue
            found = self._backward(elements, place - 1, behind, first)
            if found is not None:
                return found
        return None
