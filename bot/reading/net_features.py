"""What the second net sees of a message: the stems of its words, alone, side by side, and with one word between."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.reading.tokens import Tokens

SHORTEST_STEM = 3
WORDS_REMEMBERED = 20_000
BESIDE, APART = " ", " _ "
"""What stands between the stems of a pair: they follow each other, or one word is between them."""


class Seen(NamedTuple):
    """A feature and the words it was first seen in: from `start` up to but without `end`."""

    name: str
    start: int
    end: int


def features(tokens: Tokens, endings: tuple[str, ...]) -> tuple[Seen, ...]:
    """The features of a message, each once, where it first stands."""
    first: dict[str, Seen] = {}
    for seen in _all(stems_of(tokens, endings), tokens.sentences):
        first.setdefault(seen.name, seen)
    return tuple(first.values())


def stems_of(tokens: Tokens, endings: tuple[str, ...]) -> list[str]:
    """The stem of each word."""
    return [stem(word, endings) for word in tokens.words]


@lru_cache(maxsize=WORDS_REMEMBERED)
def stem(word: str, endings: tuple[str, ...]) -> str:
    """The word without the first ending that leaves at least three letters."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _all(stems: list[str], sentences: tuple[int, ...]) -> Iterator[Seen]:
    for at, one in enumerate(stems):
        yield Seen(one, at, at + 1)
        for further, between in ((at + 1, BESIDE), (at + 2, APART)):
            if further < len(stems) and sentences[at] == sentences[further]:
                yield Seen(f"{one}{between}{stems[further]}", at, further + 1)
