"""How to reach the patient: name, telephone number and e-mail address as they typed them."""

import re

import phonenumbers

from bot.clinical.reading import ContactDetails

REGION = "CA"
LONGEST = 4_000
LONGEST_NAME = 4

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}\b")
_PHONE_HINT = re.compile(r"\d(?:[\s().+-]*\d){6}")
_PART = r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]{0,24}"
_CAPITAL = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'’.-]{0,24}"
_NAME = rf"({_PART}(?:\s+{_PART}){{0,3}})"
_INTRODUCED = re.compile(
    rf"\b(?:my name is|my name'?s|name is|name:|this is|call me|i am called|the name is|name'?s)\s+{_NAME}", re.I
)
_BEFORE_NUMBER = re.compile(rf"^\s*(?:it'?s|its|i'?m|i am|this is|hi,?|yes,?|sure,?)?\s*{_NAME}\s*[,;:.\-–]\s*(?:\(?\+?\d|[\w.+-]+@)", re.I)
_ITS = re.compile(rf"^\s*(?i:it'?s|i'?m|i am|hi,? i'?m)\s+({_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})\s*[.!]?\s*$")
_ONLY_NAME = re.compile(rf"^\s*({_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}|{_PART}\s+{_PART}(?:\s+{_PART})?)\s*[.!]?\s*$")
_STOP = re.compile(r"\b(?:and|my|phone|number|at|cell|email|but|i|is|the|here|reach|please|you|can|on|or|call)\b.*", re.I)


def read_contact(text: str, *, ordinary_words: frozenset[str]) -> ContactDetails:
    """What the message gives to be reached by; `ordinary_words` are never taken for a name."""
    head = text[:LONGEST]
    return ContactDetails(name=_name(head, ordinary_words), phone=_phone(head), email=_email(head))


def _email(text: str) -> str | None:
    found = _EMAIL.search(text) if "@" in text else None
    return found[0].rstrip(".") if found else None


def _phone(text: str) -> str | None:
    if not _PHONE_HINT.search(text):
        return None
    for found in phonenumbers.PhoneNumberMatcher(text, REGION):
        return str(phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164))
    return None


def _name(text: str, ordinary_words: frozenset[str]) -> str | None:
    for pattern, strict in ((_INTRODUCED, False), (_BEFORE_NUMBER, False), (_ITS, True), (_ONLY_NAME, True)):
        found = pattern.search(text)
        if found is not None:
            name = _tidy(found[1])
            if name and not _is_ordinary(name, ordinary_words, strict=strict):
                return name
    return None


def _tidy(name: str) -> str:
    parts = _STOP.sub("", name).strip(" ,.-'’").split()
    tidy = " ".join(parts[:LONGEST_NAME])
    return tidy.title() if tidy.islower() or tidy.isupper() else tidy


def _is_ordinary(name: str, ordinary_words: frozenset[str], *, strict: bool) -> bool:
    """Whether these are words of the language rather than a name: all of them, or any where nothing introduced them."""
    known = [part.lower().replace("'", "") in ordinary_words for part in name.split()]
    return any(known) if strict else all(known)
