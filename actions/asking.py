"""What sounds like a question or a wish, by the words it opens with; spoken and hurried messages leave out the sign."""

import re

QUESTION_WORDS = (
    "does|do|dae|is|are|can|could|how|what|whats|wot|wat|whit|when|where|why|who|whos|would|should|will|may"
)
OPENINGS = (
    r"how (?:much|many|long|soon|often)|what (?:happens|time|do|does|should|is|are)|who (?:can|will|does)"
    r"|(?:can|could|should|may) i|(?:can|could|do|are|will|would) (?:you|u|ya)"
    r"|does (?:it|this|that)|is (?:it|this|there)|(?:book|take|put|let|get) me|i(?:'d| would) like to"
)
"""Openings of a question or a wish in the middle of a message that has no sign before it."""

SPLICED = (
    r"i|i'?m|i'?ve|you|ye|we|they|please|then|am|my|now"
    r"|start|give|take|send|cancel|delete|erase|stop|call|ring|show|tell|put|get|book|let"
)
"""Words after a comma that open a statement or a wish of its own: "this is useless, put me on to someone"."""

LEADING = r"(?:and|also|but|plus|so|then|n|or|if|what|whats|why|how|who|where|when|which|much|many|long)"
"""Words that lead to what follows them and say nothing by themselves: "and then", "also why"."""

WANTING = (
    r"(?:i|we)(?:'m| am| are)? (?:just )?(?:need|want|looking|after|wonder(?:ing)?|would|wanna)"
    r"|need|needing|looking for|wondering|wanted|please|give|tell|explain|define|describe|recommend"
    r"|write|show|send|find|ignore|forget"
)
"""Openings of a wish: what follows is asked for, not complained of."""

_ASKS = re.compile(rf"\?|^\W*(?:{LEADING}\s+)*(?:(?:{QUESTION_WORDS})|(?:{OPENINGS}))\b", re.IGNORECASE)
_WANTS = re.compile(rf"(?:^|[.!,]\s)\W*(?:{WANTING})\b", re.IGNORECASE)


def asks(text: str) -> bool:
    """Whether the text is a question, with its sign or without."""
    return _ASKS.search(text) is not None


def wants(text: str) -> bool:
    """Whether the text asks for something, as a question or as a wish."""
    return asks(text) or _WANTS.search(text) is not None
