"""Which half of a long list this Python takes: tests of the shared rooms run on both, and together they take it all.

Only where tests/reading/test_both_pythons.py, or the code itself, says that both answer alike.
"""

import sys
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def my_half(values: Sequence[T]) -> Sequence[T]:
    """Every second value: the even ones on the newer Python, the odd ones on rasa's."""
    return values[0 if sys.version_info >= (3, 12) else 1 :: 2]
