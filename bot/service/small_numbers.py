"""Counts as they may be shown: one of 1 to 4 is "under 5", and nothing beside it tells which of the four it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAST = 5
MANY = 10**9
"""More than any count: what is not shown may be as high as that."""
EXACT, TO_TEN, HIDDEN = range(3)
"""How roughly a count is shown."""

Range = tuple[int, int]
SMALL: Range = (1, LEAST - 1)


@dataclass(frozen=True)
class Figure:
    """One count as everybody may read it; the count itself is not in it."""

    words: str
    size: int = 0
    """How long its bar is; for a small one always the same."""

    @property
    def cell(self) -> int | str:
        """The figure for a CSV file."""
        return int(self.words) if self.words.isdigit() else self.words


UNDER, NOT_SHOWN = Figure(f"under {LEAST}", 2), Figure("not shown")


def alone(count: int) -> Figure:
    """A count that adds up with no other on its page."""
    return _figure(count, EXACT)


def together(rows: Sequence[Sequence[int]], *, total: int | None = None) -> tuple[list[list[Figure]], Figure | None]:
    """Counts whose rows all add up to the same; `total` where that is shown too. As few as need be are made rough."""
    shown = _Shown(rows, total)
    while shown.roughen():
        pass
    figures = [[_figure(count, rough) for count, rough in zip(*row, strict=True)] for row in shown.lines()]
    return figures, None if total is None else _figure(total, shown.total_rough)


class _Shown:
    """How roughly each count of a table is shown so far."""

    def __init__(self, rows: Sequence[Sequence[int]], total: int | None) -> None:
        self.rows, self.total, self.total_rough = rows, total, EXACT
        self.rough = [[EXACT] * len(row) for row in rows]
        self.gone: set[int] = set()

    def lines(self) -> Iterator[tuple[Sequence[int], list[int]]]:
        """The counts of each row with how roughly they are shown."""
        yield from zip(self.rows, self.rough, strict=True)

    def roughen(self) -> bool:
        """Make one thing rougher; False when nothing small can be told from the rest."""
        sums = self._sums()
        if self.total is not None and _is_small(self.total):
            telling = [at for at in self._left() if not _covers(self._sum(at), SMALL)]
            if telling:
                return self._hide(telling[0])
        for at in self._left():
            if any(not _covers(seen, SMALL) for seen in self._seen(at, sums)):
                return self._widen(at)
        return False

    def _left(self) -> list[int]:
        return [at for at in range(len(self.rows)) if at not in self.gone]

    def _sums(self) -> Range:
        """What everybody can tell of the sum that all rows have."""
        known = [self._sum(at) for at in self._left()]
        if self.total is not None:
            known.append(_range(self.total, self.total_rough))
        return max((low for low, _ in known), default=0), min((high for _, high in known), default=MANY)

    def _sum(self, at: int) -> Range:
        ranges = self._ranges(at)
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    def _ranges(self, at: int) -> list[Range]:
        return [_range(count, rough) for count, rough in zip(self.rows[at], self.rough[at], strict=True)]

    def _seen(self, at: int, sums: Range) -> Iterator[Range]:
        """What the sum and the other counts of the row leave of each small one."""
        row_low, row_high = self._sum(at)
        for count, (low, high) in zip(self.rows[at], self._ranges(at), strict=True):
            if _is_small(count):
                yield max(low, sums[0] - (row_high - high)), min(high, sums[1] - (row_low - low))

    def _widen(self, at: int) -> bool:
        """The total first, then the largest count of the row; where nothing helps the whole row is not shown."""
        if self.total is not None and self.total >= LEAST and self.total_rough < TO_TEN:
            self.total_rough += 1
            return True
        wide = [place for place, count in enumerate(self.rows[at]) if count >= LEAST and self.rough[at][place] < HIDDEN]
        if not wide:
            return self._hide(at)
        place = min(wide, key=lambda one: (self.rough[at][one], -self.rows[at][one]))
        self.rough[at][place] += 1
        return True

    def _hide(self, at: int) -> bool:
        self.gone.add(at)
        self.rough[at] = [HIDDEN] * len(self.rows[at])
        return True


def _is_small(count: int) -> bool:
    return 0 < count < LEAST


def _covers(outer: Range, inner: Range) -> bool:
    return outer[0] <= inner[0] and outer[1] >= inner[1]


def _range(count: int, rough: int) -> Range:
    """What a reader can tell of a count; one that is not shown among others is at least 5, or it would say so."""
    if rough == HIDDEN:
        return LEAST, MANY
    if _is_small(count):
        return SMALL
    if rough == EXACT:
        return count, count
    size = _rounded(count)
    return size - 5, size + 4


def _rounded(count: int) -> int:
    return (count + 5) // 10 * 10


def _figure(count: int, rough: int) -> Figure:
    if rough == HIDDEN:
        return NOT_SHOWN
    if _is_small(count):
        return UNDER
    if rough == EXACT:
        return Figure(str(count), count)
    size = _rounded(count)
    return Figure(f"about {size}", size)
