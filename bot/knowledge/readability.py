"""How hard a text is to read: the Flesch-Kincaid grade, with words every patient knows counted as easy."""

import re
import warnings
from collections.abc import Collection
from typing import Any

HARDEST = 6.0
"""The school grade no text for patients may pass."""
SHORT = 25
"""Texts with fewer words are not measured: the formula says nothing about them."""
EASY = "spot"


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"[^\W_][\w'’.-]*", text))


def grade(text: str, easy_words: Collection[str]) -> float:
    """The school grade that reads this text with ease (textstat's Flesch-Kincaid grade)."""
    easy = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(easy_words, key=len, reverse=True)))})\b", re.IGNORECASE)
    return float(_textstat().flesch_kincaid_grade(easy.sub(EASY, text)))


def is_too_hard(text: str, easy_words: Collection[str]) -> bool:
    """The text is long enough to be measured, and harder than it may be."""
    return words_in(text) >= SHORT and grade(text, easy_words) > HARDEST


def _textstat() -> Any:
    """textstat is only in the web environment, is slow to import, and warns of what it imports itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from textstat import textstat
    return textstat
