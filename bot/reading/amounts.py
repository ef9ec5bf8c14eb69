"""Numbers that a message gives about the patient: how bad it is from 0 to 10, and how old they are."""

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.word_tables import Table
from bot.reading.tokens import Tokens

OLDEST = 110
LONGEST, TENS = 3, 20
_DIGIT = re.compile(r"\d")


class AmountReader:
    """Finds severity and age; built once from the small words of a language."""

    def __init__(self, small: Table, numbers: Mapping[str, float]) -> None:
        self._counted = {word: int(number) for word, number in numbers.items() if word not in small["no_spelt_age"]}
        self._no_age_after = frozenset(small["no_age_after"])
        self._leads, self._follows = frozenset(small["leads_age"]), frozenset(small["follows_age"])
        self._one = next(word for word, number in numbers.items() if number == 1 and word in small["number_names"])
        self._names = small["number_names"]
        self._spelt_out = frozenset(small["number_names"])
        number = rf"(\d{{1,2}}|{_any(self._names)})"
        range_ = rf"{number}(?:\s*(?:-|to|or)\s*{number})?"
        follows = rf"(?=\s*(?:$|[.,;!]|{_any(small['rated_after'])}))"
        self._of_ten = _pattern(rf"\b{range_}\s*(?:{_any(small['of_ten'])})\s*(?:the\s+)?(?:10|ten)\b")
        self._rated = _pattern(rf"\b(?:{_any(small['rated'])})\b[^.!?\d]{{0,24}}?\b{range_}{follows}")
        self._bare = _pattern(rf"\s*(?:(?:{_any(small['rated_before'])})[\s,]+)*{range_}\s*[.!]?\s*")
        ends = rf"(?=\s*(?:$|[.,;!)]|(?:{_any(small['after_age'])})\b))"
        self._age = _pattern(
            rf"\b(?:{_any(small['aged'])}):?\s+(?:now |just |a )?(\d{{1,3}}){ends}"
            rf"|\b(\d{{1,3}})[\s-]*(?:{_any(small['years_old'])})(?!\w)|\b(\d{{2}})\s?[mf]\b"
        )
        openers, named = _any(small["self_openers"]), _any(small["self_named"])
        self._named = _pattern(rf"\s*(?:(?:{openers})\s+)*(?:{named})\s*[,:-]?\s*(\d{{1,3}}){ends}")
        self._not_age = _pattern(rf"\s*(?:{_any(small['not_age'])})\b")

    def severity(self, tokens: Tokens, *, is_short: bool) -> int | None:
        """How bad it is from 0 to 10, as said; a bare number counts only as a short answer."""
        text = tokens.text
        if not _DIGIT.search(text) and self._spelt_out.isdisjoint(tokens.distinct):
            return None
        found = self._of_ten.search(text) or self._rated.search(text)
        if found is None and is_short:
            found = self._bare.fullmatch(text)
        return None if found is None else self._within_ten(found[2] or found[1])

    def age(self, tokens: Tokens) -> int | None:
        """The patient's age in years, as said."""
        text = tokens.text
        if not _DIGIT.search(text):
            return None
        named = self._named.match(text)
        for found in (*([named] if named else []), *self._age.finditer(text)):
            years = int(next(group for group in found.groups() if group))
            if 0 < years <= OLDEST and not self._not_age.match(text, found.end()):
                return years
        return None

    def bare_age(self, tokens: Tokens) -> int | None:
        """The first number of the message that may be an age where one was asked for: "me, FIFTY-EIGHT"."""
        for at in range(len(tokens.words)):
            years, end = self._number(tokens, at)
            if 0 < years <= OLDEST and self._is_led(tokens, at) and self._is_followed(tokens, end):
                return years
        lone = [int(word) for at, word in enumerate(tokens.words) if word.isdecimal() and self._may_be_age(tokens, at)]
        return lone[0] if len(lone) == 1 and 0 < lone[0] <= OLDEST else None

    def _may_be_age(self, tokens: Tokens, at: int) -> bool:
        """Not a limit or a name: "under 18", "grade 11"."""
        return at == 0 or tokens.words[at - 1] not in self._no_age_after

    def _is_led(self, tokens: Tokens, at: int) -> bool:
        opens = at == 0 or tokens.pauses[at] or tokens.sentences[at - 1] != tokens.sentences[at]
        return opens or tokens.words[at - 1] in self._leads

    def _is_followed(self, tokens: Tokens, end: int) -> bool:
        closes = end == len(tokens.words) or tokens.pauses[end] or tokens.sentences[end - 1] != tokens.sentences[end]
        return closes or tokens.words[end] in self._follows

    def _number(self, tokens: Tokens, at: int) -> tuple[int, int]:
        """The number at a word, 0 where none is or where it goes on one before it, and where it ends."""
        word, after = tokens.words[at], "".join(tokens.words[at + 1 : at + 2])
        if word.isdecimal() and len(word) <= LONGEST:
            return int(word), at + 1
        number, unit = self._counted.get(word, 0), self._counted.get(after, 0)
        if number >= TENS and number % 10 == 0 and after == self._one:
            return number + 1, at + 2
        goes_on = number >= TENS and number % 10 == 0 and 0 < unit < 10
        return (number + unit, at + 2) if goes_on else (number, at + 1)

    def _within_ten(self, written: str) -> int | None:
        number = int(written) if written.isdecimal() else self._names.index(written.lower())
        return number if 0 <= number <= 10 else None


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)
