"""Words and numbers as the inbox finds inquiries by them: folded, without marks, the commonest left out."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

import phonenumbers

LONGEST = 32
MOST = 400
"""Words kept of one message; nobody finds anything by the four hundred and first."""
_WORD = re.compile(r"\w+")
_COUNTRY = "CA"
"""Where a number is from that is written without its country."""
_TAIL = 4


def words_of(text: str) -> frozenset[str]:
    """The words of a text that it can be found by."""
    return frozenset(word for word in _folded(text)[:MOST] if _tells(word))


def asked_words(query: str) -> tuple[str, ...]:
    """The words somebody looks for, in order; the common ones that no text is found by are left out."""
    return tuple(dict.fromkeys(word for word in _folded(query) if _tells(word)))


def numbers_of(phone: str | None) -> frozenset[str]:
    """What a phone number is found by: the whole number and its last four digits."""
    if not phone:
        return frozenset()
    digits = _digits(phone)
    whole = whole_number(phone) or digits
    return frozenset({whole, f"tail:{digits[-_TAIL:]}"}) if digits else frozenset()


def asked_number(query: str) -> str | None:
    """What `numbers_of` would hold for the number somebody looks for; None when it is no number."""
    if re.search(r"[^\d\s()+.\-/]", query):
        return None
    digits = _digits(query)
    if len(digits) == _TAIL:
        return f"tail:{digits}"
    return whole_number(query) or (digits if len(digits) > _TAIL else None)


def whole_number(phone: str) -> str | None:
    """The number in the one international form, None where it cannot be one."""
    try:
        number = phonenumbers.parse(phone, _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in _WORD.findall(bare)]


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in _common()


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Words that stand in every text and find nobody."""
    return frozenset((files("bot.service") / "common_words.txt").read_text(encoding="utf-8").split())
