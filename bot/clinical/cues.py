"""Cue words of typed answers (knowledge file labels.yml, section cues), looked for as whole words."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.clinical.protocol import Protocol


def has_cue(protocol: Protocol, kind: str, text: str) -> bool:
    """The text holds a cue of this kind."""
    return has_words(text, protocol.cues.get(kind, ()))


def cue_at(protocol: Protocol, kind: str, text: str) -> tuple[int, int] | None:
    """Where the first cue of this kind stands in the text, as character offsets; None where there is none."""
    found = _pattern(protocol.cues.get(kind, ("",))).search(text.casefold().replace("’", "'"))
    return found.span() if found else None


def has_words(text: str, words: Iterable[str]) -> bool:
    """The text holds one of these words or phrases."""
    words = tuple(words)
    return bool(words) and _pattern(words).search(text.casefold().replace("’", "'")) is not None


def begins_with_cue(protocol: Protocol, kind: str, text: str) -> bool:
    """The text begins with a cue of this kind."""
    found = _pattern(protocol.cues.get(kind, ("",))).match(text.strip().casefold())
    return found is not None


def is_all_cue(protocol: Protocol, kind: str, text: str) -> bool:
    """The text says nothing but cues of this kind."""
    rest = _pattern(protocol.cues.get(kind, ("",))).sub(" ", text.casefold().replace("’", "'"))
    return not re.search(r"\w", rest)


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + r")(?!\w)"
    )
