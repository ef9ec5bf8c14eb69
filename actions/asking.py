"""What sounds like a question or a wish, by the words it opens with; spoken and hurried messages leave out the sign."""

import re

QUESTION_WORDS = "does|do|is|are|can|could|how|what|whats|when|where|why|who|whos|would|should|will|may"
OPENINGS = (
    r"how (?:much|many|long|soon|often)|what (?:happens|time|do|does|should|is|are)|who (?:can|will|does)"
    r"|(?:can|could|should|may) i|(?:can|could|do|are|will|would) (?:you|u|ya)"
    r"|does (?:it|this|that)|is (?:it|this|there)|(?:book|take|put|let|get) me|i(?:'d| would) like to"
)
"""Openings of a question or a wish in the middle of a message that has no sign before it."""

LEADING = r"(?:and|also|but|plus|so|then|n|or|if|what|whats|why|how|who|where|when|which|much|many|long)"
"""Words that lead to what follows them and say nothing by themselves: "and then", "also why"."""

_ASKS = re.compile(rf"\?|^\W*(?:{LEADING}\s+)*(?:(?:{QUESTION_WORDS})|(?:{OPENINGS}))\b", re.IGNORECASE)


def asks(text: str) -> bool:
    """Whether the text is a question, with its sign or without."""
    return _ASKS.search(text) is not None
