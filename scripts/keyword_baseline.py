"""The baseline of the evidence: a plain list of words, laid over a message letter by letter."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Sequence

from scripts.data_file import read_yaml

WORDS = Path(__file__).with_name("flag_keywords.yml")


def keywords() -> Mapping[str, Sequence[str]]:
    """The words of each class."""
    listed: Mapping[str, Sequence[str]] = read_yaml(WORDS)
    return listed


def is_found_by_keywords(text: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether the message holds a word of any class; denials, other people and long ago are not seen."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return any(word in plain for listed in words.values() for word in listed)
