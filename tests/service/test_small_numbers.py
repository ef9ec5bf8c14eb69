"""What is shown of counts never tells which of 1, 2, 3 and 4 a small one is."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.small_numbers import Figure, alone, together

MANY = 10**6
COUNT = st.integers(0, 14)
ROWS = st.lists(COUNT, min_size=2, max_size=4)


def ranges(figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """What a reader may take each figure for; one that is left out beside others would be "under 5" if it were."""
    least = 0 if all(figure.words == "not shown" for figure in figures) else 5
    return [_range(figure.words, least) for figure in figures]


def _range(words: str, least: int) -> tuple[int, int]:
    if words == "not shown":
        return least, MANY
    if words == "under 5":
        return 1, 4
    number = int(words.removeprefix("about "))
    if words.startswith("about "):
        return number - 5, number + 4
    return number, number


def tells(rows: list[list[Figure]], total: Figure | None) -> list[str]:
    """Small figures of which a reader can rule out one of the four numbers."""
    sums = [(sum(low for low, _ in row), sum(high for _, high in row)) for row in map(ranges, rows)]
    sums += [_range(total.words, 5)] if total else []
    lowest, highest = max(low for low, _ in sums), min(high for _, high in sums)
    told = []
    if total and total.words == "under 5" and (lowest > 1 or highest < 4):
        told.append("total")
    for row in rows:
        seen = ranges(row)
        for at, figure in enumerate(row):
            others = [one for place, one in enumerate(seen) if place != at]
            low, high = sum(one for one, _ in others), sum(one for _, one in others)
            if figure.words == "under 5" and not (lowest - high <= 1 and highest - low >= 4):
                told.append(figure.words)
    return told


@given(ROWS)
def test_no_small_number_is_told_by_a_total(counts: list[int]) -> None:
    shown, total = together([counts], total=sum(counts))
    assert tells(shown, total) == []


@given(COUNT, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=7))
def test_no_small_number_is_told_by_rows_of_one_sum(everyone: int, parts: list[tuple[float, float]]) -> None:
    rows = []
    for one, other in parts:
        first = round(one * everyone)
        second = round(other * (everyone - first))
        rows.append([first, second, everyone - first - second])
    shown, _ = together(rows)
    assert tells(shown, None) == []


CASES = [
    ([10, 0, 3], None, ["10", "0", "under 5"]),
    ([43, 12, 3, 0], 58, ["43", "12", "under 5", "0"]),
    ([3, 0, 0], 3, ["under 5", "0", "0"]),
    ([2, 1, 0], 3, ["not shown"] * 3),
    ([20, 30, 0], 50, ["20", "30", "0"]),
]


@pytest.mark.parametrize(("counts", "total", "words"), CASES)
def test_as_few_as_need_be_are_made_rough(counts: list[int], total: int | None, words: list[str]) -> None:
    (row,), together_with = together([counts], total=total)
    assert [figure.words for figure in row] == words
    assert total != 58 or (together_with and together_with.words == "about 60")


def test_a_row_that_others_complete_is_made_rough() -> None:
    shown, _ = together([[10, 0, 3], [7, 6, 0]])
    assert [figure.words for figure in shown[0]] == ["about 10", "0", "under 5"]
    assert [figure.words for figure in shown[1]] == ["7", "6", "0"]


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5")])
def test_a_count_of_one_to_four_is_under_five(count: int, words: str) -> None:
    assert alone(count).words == words
    assert alone(1) == alone(4)
