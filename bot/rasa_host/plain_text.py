"""A patient's slashes are plain text: rasa would take `/restart` at the start of a message for an order."""

import re

SLASH = "/"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def without_orders(text: str) -> str:
    """The text with every slash in front of its first word blanked out, of the same length, so that offsets stay."""
    words_begin = next((place for place, sign in enumerate(text) if not _is_in_front(sign)), len(text))
    return _encodable(text[:words_begin].replace(SLASH, " ") + text[words_begin:])


def _is_in_front(sign: str) -> bool:
    return sign == SLASH or sign.isspace()


def _encodable(text: str) -> str:
    """Half of a character, which no encoder takes, becomes the replacement character."""
    return LONE_SURROGATE.sub(REPLACEMENT, text)
