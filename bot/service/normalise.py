"""A patient's text in the one form that every later step may rely on."""

import unicodedata

KEPT_CONTROLS = "\n\t"
DROPPED = ("Cc", "Cs")
"""Unicode categories: control characters and halves of characters, which no database and no log can hold."""


def normalised(text: str) -> str:
    """The text in NFC, without control characters, NUL and lone surrogates; a leading slash stays plain text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(mark for mark in lines if mark in KEPT_CONTROLS or unicodedata.category(mark) not in DROPPED)
    return unicodedata.normalize("NFC", kept)
