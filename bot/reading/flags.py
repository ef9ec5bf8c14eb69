"""Red flags read from free text by reviewed rules: over one message alone, and joined to those just before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.clinical.reading import Reading, RedFlag
from bot.clinical.vocabulary import FlagClass, Level, Onset
from bot.knowledge.flag_book import FlagBook, FlagRule
from bot.reading.flags_combine import combine
from bot.reading.flags_onset import onset_of
from bot.reading.flags_signs import SignFinder, Signs
from bot.reading.tokens import Tokens

EARLIER = 4
"""How many of the patient's messages before the newest are read together with it."""


class Hearing(Protocol):
    """What the screen needs of a reader: the words of a text."""

    def tokens(self, text: str) -> Tokens:
        """The normalised words of the text."""


@dataclass(frozen=True)
class Screen:
    """The rules, each with the concepts it needs, ready to be laid over messages."""

    hearing: Hearing
    finder: SignFinder
    rules: tuple[tuple[FlagRule, frozenset[str]], ...]

    def flags(self, reading: Reading, *, today: date) -> tuple[RedFlag, ...]:
        """The red flags of one message alone, most urgent first, one for each class."""
        return self.flags_in(self.hearing.tokens(reading.text), today=today)

    def flags_in(self, tokens: Tokens, *, today: date) -> tuple[RedFlag, ...]:
        """The red flags of a message that has been cut into words already."""
        signs = self.finder.find(tokens)
        return _strongest(self._raised(signs, today=today))

    def screen(
        self, text: str, history: tuple[str, ...], *, known: frozenset[FlagClass], today: date
    ) -> tuple[RedFlag, ...]:
        """The flags of the newest message, and those it raises together with up to four before it (oldest first)."""
        alone = self.flags_in(self.hearing.tokens(text), today=today)
        earlier = tuple([one for one in history[-EARLIER:] if one.strip()])
        if not earlier:
            return alone
        seen = known | {flag.flag_class for flag in alone if not flag.ask}
        joined = [flag for flag in self._joined(text, earlier, today=today) if flag.flag_class not in seen]
        return _strongest([*alone, *joined])

    def _joined(self, text: str, earlier: tuple[str, ...], *, today: date) -> list[RedFlag]:
        before = "\n".join(earlier) + "\n"
        tokens = self.hearing.tokens(before + text)
        newest = sum(start < len(before) for start in tokens.starts)
        return self._raised(self.finder.find(tokens, newest=newest), today=today)

    def _raised(self, signs: Signs, *, today: date) -> list[RedFlag]:
        said = signs.said.keys()
        flags = [_flag(signs, rule, today=today) for rule, needed in self.rules if needed <= said]
        return [flag for flag in flags if flag is not None]


def build_screen(hearing: Hearing, book: FlagBook, *, finder: SignFinder) -> Screen:
    """The screen that lays these rules over what this reader hears."""
    return Screen(hearing, finder, tuple([(rule, frozenset(rule.all_of)) for rule in book.rules]))


def _flag(signs: Signs, rule: FlagRule, *, today: date) -> RedFlag | None:
    words = combine(signs, rule)
    if words is None:
        return None
    onset = Onset.NEW if rule.timeless else onset_of(signs, words, slow=rule.slow, today=today)
    unsure = [word for word in words if signs.is_doubtful(word)]
    doubtful = rule.ask or any(not (rule.timeless and signs.told.is_own(word)) for word in unsure)
    if onset is Onset.OLD and not rule.timeless:
        return RedFlag(rule.flag_class, Level.SEE_DOCTOR, onset, signs.quote(words), rule=rule.id, row_level=rule.level)
    if doubtful or (onset is Onset.UNCLEAR and not rule.steady):
        return RedFlag(
            rule.flag_class, Level.NONE, Onset.UNCLEAR, signs.quote(words), ask=True, rule=rule.id, row_level=rule.level
        )
    return RedFlag(rule.flag_class, rule.level, onset, signs.quote(words), rule=rule.id, row_level=rule.level)


def _strongest(flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
    """The most urgent flag of each class."""
    best: dict[FlagClass, RedFlag] = {}
    for flag in flags:
        known = best.get(flag.flag_class)
        if known is None or _rank(flag) < _rank(known):
            best[flag.flag_class] = flag
    return tuple(sorted(best.values(), key=_rank))


def _rank(flag: RedFlag) -> tuple[int, int]:
    return flag.level.urgency, flag.row_level.urgency
