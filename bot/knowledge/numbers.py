"""Numbers in texts: which look like one to call, and which are years, amounts and shares."""

import re

RUN = re.compile(r"(?<![\d,.])\+?\(?\d(?:(?: [-–] |[ .–-]|\) ?)?\d)*")
"""Digits that belong together: "9-1-1", "(604) 555 0100"; not over a line, a comma or a full stop with a space."""
FIGURE = re.compile(r"\d+\.\d{1,2}|(?:19|20)\d\d")
"""A decimal number or a year."""
GOES_ON = re.compile(r",\d{3}\b| ?%| per ?cent\b")
"""What shows that digits are an amount: thousands, or a share."""
CALLED = re.compile(
    r"\b(?:call|dial|ring|text|phone|fax|sms|tel|number is)\b[ :.]*"
    r"(?:(?:us|them|me|now|at|on|the|number|to) )*\+?\d[\d() .–-]*\d",
    re.IGNORECASE,
)
DIGIT = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
SPELLED = re.compile(rf"\b(?:{DIGIT}[ -]{DIGIT}[ -]{DIGIT}|(?:triple|treble)[ -]{DIGIT})\b", re.IGNORECASE)
FEWEST = 3
"""Digits of the shortest number that stands without a word such as "call" and still looks like one to call."""


def number_to_call(text: str) -> str | None:
    """The first thing in a text that looks like a number to call; None where there is none."""
    told = CALLED.search(text) or SPELLED.search(text)
    if told:
        return told.group().strip()
    return next((run.group().strip() for run in RUN.finditer(text) if _looks_callable(run)), None)


def _looks_callable(run: re.Match[str]) -> bool:
    words = run.group()
    few = len(re.sub(r"\D", "", words)) < FEWEST
    return not (few or FIGURE.fullmatch(words) or GOES_ON.match(run.string, run.end()))
