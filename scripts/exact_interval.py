"""The exact (Clopper-Pearson) interval of a share: what can be believed of it, given how few were counted."""

from __future__ import annotations

from math import exp, lgamma, log
from typing import Callable

OUTSIDE = 0.05
"""How often, of a hundred such intervals, the true share may lie outside: five times at most."""
HALVINGS = 60


def interval(hits: int, of: int) -> tuple[float, float]:
    """The lowest and the highest share for which so many hits are not too rare to be chance; 0 to 1 of nothing."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} cannot be")
    low = 0.0 if hits == 0 else _where(lambda share: _at_least(hits, of, share) >= OUTSIDE / 2)
    high = 1.0 if hits == of else _where(lambda share: 1 - _at_least(hits + 1, of, share) < OUTSIDE / 2)
    return low, high


def _where(is_beyond: Callable[[float], bool]) -> float:
    """The share at which a claim that turns true once, on the way from 0 to 1, does so."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return high


def _at_least(hits: int, of: int, share: float) -> float:
    """How likely so many hits or more are when this is the share, from 0 to 1 without its ends."""
    return sum(exp(_log_ways(count, of) + _log_power(count, of, share)) for count in range(hits, of + 1))


def _log_ways(count: int, of: int) -> float:
    """In logarithms: of a thousand messages there are more ways to choose half than a float can hold."""
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def _log_power(count: int, of: int, share: float) -> float:
    return count * log(share) + (of - count) * log(1 - share)
