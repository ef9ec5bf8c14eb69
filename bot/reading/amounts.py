"""Numbers that a message gives about the patient: how bad it is from 0 to 10, and how old they are."""

import re

from bot.reading.tokens import Tokens

OLDEST = 110

_NUMBER = r"(\d{1,2}|zero|one|two|three|four|five|six|seven|eight|nine|ten)"
_NAMES = "zero one two three four five six seven eight nine ten".split()
_OF_TEN = re.compile(
    rf"\b{_NUMBER}(?:\s*(?:-|to|or)\s*{_NUMBER})?\s*(?:/|out of|of|on a scale of)\s*(?:the\s+)?(?:10|ten)\b", re.I
)
_RATED = re.compile(
    rf"\b(?:rate|rated|give|scale|score|level|severity|pain (?:is|at|of|level)|about like|it'?s|its)\b[^.!?\d]{{0,24}}?\b{_NUMBER}"
    rf"(?:\s*(?:-|to|or)\s*{_NUMBER})?(?=\s*(?:$|[.,;!]|at |when|on |right|now|today|most|and))",
    re.I,
)
_BARE = re.compile(
    rf"\s*(?:(?:um+|uh+|like|about|around|maybe|probably|i'?d say|i would say|say|a|an|it'?s)[\s,]+)*{_NUMBER}"
    rf"(?:\s*(?:-|to|or)\s*{_NUMBER})?\s*[.!]?\s*",
    re.I,
)
_AGE = re.compile(
    r"\b(?:i'?m|i am|aged?|turned|age is|he is|he'?s|she is|she'?s|is)\s+(?:now |just |a )?(\d{1,3})(?=\s*(?:$|[.,;!)]|and\b|but\b|years?\b|yrs?\b|yo\b|y/o\b|yr\b|with\b|f\b|m\b|year))"
    r"|\b(\d{1,3})[\s-]*(?:years?|yrs?|yr|y)[\s./-]*(?:old|o|of age|young)"
    r"|\b(\d{2})\s?(?:yo|y/o)\b|\bage:?\s*(\d{1,3})\b|\b(\d{2})\s?[mf]\b",
    re.I,
)
_NOT_AGE = re.compile(r"\s*(?:weeks?|months?|days?|minutes?|hours?|%|kg|lbs?|cm)\b", re.I)


def read_severity(tokens: Tokens, *, asked_for_number: bool) -> int | None:
    """How bad it is from 0 to 10, as said; a bare number counts only as an answer."""
    text = tokens.text
    found = _OF_TEN.search(text) or _RATED.search(text)
    if found is None and asked_for_number:
        found = _BARE.fullmatch(text)
    if found is None:
        return None
    return _within_ten(found[2] or found[1])


def read_age(tokens: Tokens) -> int | None:
    """The patient's age in years, as said."""
    for found in _AGE.finditer(tokens.text):
        if _NOT_AGE.match(tokens.text, found.end()):
            continue
        years = int(next(group for group in found.groups() if group))
        if 0 < years <= OLDEST:
            return years
    return None


def _within_ten(written: str) -> int | None:
    number = int(written) if written.isdecimal() else _NAMES.index(written.lower())
    return number if 0 <= number <= 10 else None
