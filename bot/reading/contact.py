"""How to reach the patient: name, telephone number and e-mail address as they typed them."""

import re
from collections.abc import Iterable

import phonenumbers

from bot.clinical.reading import ContactDetails
from bot.knowledge.word_tables import Table

LONGEST = 4_000
LONGEST_NAME = 4
LONGEST_ALONE = 160
"""No message that is only a name has more characters."""

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}\b")
_PHONE_HINT = re.compile(r"\d(?:[\s().+-]{0,3}\d){6}")
_NUMBER_OR_MAIL = re.compile(r"[\d@]")
_LETTER = r"A-Za-z\u00c0-\u024f"
_PART = rf"[{_LETTER}][{_LETTER}'’-]{{0,24}}"
_CAPITAL = rf"[A-Z\u00c0-\u00de][{_LETTER}'’.-]{{0,24}}"
_CAPITALS = rf"({_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})"
_ONLY_NAME = re.compile(rf"\s*({_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}|{_PART}\s+{_PART}(?:\s+{_PART})?)\s*[.!]?\s*")


class ContactReader:
    """Finds contact details; `ordinary_words` are never taken for a name, `country` is where numbers need no prefix."""

    def __init__(self, small: Table, *, ordinary_words: frozenset[str], country: str) -> None:
        self._country = country
        self._ordinary = ordinary_words
        name = rf"({_PART}(?:\s+{_PART}){{0,3}})"
        openers = _any(small["name_openers"])
        self._introducing = frozenset([max(phrase.split(), key=len) for phrase in small["introductions"]])
        self._introduced = re.compile(rf"\b(?i:{_any(small['introductions'])})\s+{name}")
        self._before_number = re.compile(rf"\s*(?i:{openers})?\s*{name}\s*[,;:.–-]\s*(?:\(?\+?\d|[\w.+-]+@)")
        self._its = re.compile(rf"\s*(?i:{openers})\s+{_CAPITALS}\s*[.!]?\s*")
        self._end = re.compile(rf"\b(?:{_any(small['name_ends'])})\b.*", re.IGNORECASE)

    def read(self, text: str) -> ContactDetails:
        """What the message gives to be reached by."""
        head = text[:LONGEST]
        return ContactDetails(name=self._name(head), phone=_phone(head, self._country), email=_email(head))

    def _name(self, text: str) -> str | None:
        lowered = text.lower()
        introduced = any(word in lowered for word in self._introducing)
        given = self._introduced.search(text) if introduced else None
        if given is None and _NUMBER_OR_MAIL.search(text):
            given = self._before_number.match(text)
        if given is not None:
            name = _tidy(self._end.sub("", given[1]))
            if name and not all(self._are_ordinary(name)):
                return name
        if len(text) > LONGEST_ALONE:
            return None
        alone = self._its.fullmatch(text) or _ONLY_NAME.fullmatch(text)
        name = _tidy(alone[1]) if alone is not None else ""
        return name if name and not any(self._are_ordinary(name)) else None

    def _are_ordinary(self, name: str) -> list[bool]:
        return [part.lower().replace("'", "") in self._ordinary for part in name.split()]


def _tidy(name: str) -> str:
    tidy = " ".join(name.strip(" ,.-'’").split()[:LONGEST_NAME])
    return tidy.title() if tidy.islower() or tidy.isupper() else tidy


def _email(text: str) -> str | None:
    found = _EMAIL.search(text) if "@" in text else None
    return found[0].rstrip(".") if found else None


def _phone(text: str, country: str) -> str | None:
    """The first telephone number in E.164 form; one that no network could have counts if it has the right length."""
    if not _PHONE_HINT.search(text):
        return None
    for found in phonenumbers.PhoneNumberMatcher(text, country, leniency=phonenumbers.Leniency.POSSIBLE):
        digits = str(found.number.national_number)
        if len(digits) >= 10:
            return str(phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164))
    return None


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
