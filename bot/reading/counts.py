"""How many days, weeks or months: the number that stands before a unit of time."""

from collections.abc import Iterator

from bot.knowledge.word_tables import Durations, Table
from bot.reading.tokens import Tokens

SPAN = 7
TIMES = "x"
"""Written before a number by those who chart: "x2 weeks"."""


def count_before(
    tokens: Tokens, at: int, masked: frozenset[int], *, words: Durations, small: Table
) -> tuple[float | None, int]:
    """The number before the unit at `at` and where it begins; two numbers ("two or three", "2-3") give their middle."""
    numbers: list[float] = []
    weak: float | None = None
    first = at
    for back in _backwards(tokens, at, masked):
        word = tokens.words[back]
        digits = word.removeprefix(TIMES)
        number = float(digits) if digits.isdecimal() and len(digits) < 4 else words.numbers.get(word)
        if number is None and word not in words.between:
            break
        if number is None:
            continue
        first = back
        if word in words.weak_numbers:
            weak = number if weak is None else weak
        else:
            numbers.append(number)
        if len(numbers) == 2:
            break
    return _combined(tokens, at, numbers, weak, small["few"]), first


def _backwards(tokens: Tokens, at: int, masked: frozenset[int]) -> Iterator[int]:
    for back in range(at - 1, max(-1, at - SPAN), -1):
        if back in masked or tokens.sentences[back] != tokens.sentences[at]:
            return
        yield back


def _combined(tokens: Tokens, at: int, numbers: list[float], weak: float | None, few: tuple[str, ...]) -> float | None:
    """One number for what was said: twenty-five, one and a half, 2.5, two or three."""
    if not numbers:
        return weak
    if len(numbers) == 1:
        return numbers[0]
    high, low = numbers
    written = tokens.quote(max(0, at - SPAN + 1), at)
    if f"{low:.0f}.{high:.0f}" in written:
        return float(f"{low:.0f}.{high:.0f}")
    if low >= 20 and high < 10 and low % 10 == 0:
        return low + high
    if high == 0.5:
        return low * high if low < 2 else low + high
    if tokens.words[at - 1] in few or low == 1 < high:
        return high
    return (high + low) / 2 if high >= low else high
