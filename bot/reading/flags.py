"""Red flags read from free text by two nets, over one message alone and joined to those just before it.

The first net is reviewed rules, the second a trained model. Either raises. Where they disagree strongly, and where the
model alone is in two minds, the case is doubtful: it is asked about.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.clinical.reading import Reading, RedFlag
from bot.clinical.vocabulary import FlagClass, Level, Onset
from bot.knowledge.flag_book import FlagBook, FlagRule
from bot.reading.flags_combine import combine
from bot.reading.flags_net import SecondNet
from bot.reading.flags_onset import onset_of
from bot.reading.flags_signs import SignFinder, Signs
from bot.reading.flags_together import FEWEST_WORDS, NET, Rules, believed, doubtful, together
from bot.reading.flags_told import RECENT
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

EARLIER = 4
"""How many of the patient's messages before the newest are read together with it."""


class Hearing(Protocol):
    """What the screen needs of a reader: the words of a text."""

    def tokens(self, text: str) -> Tokens:
        """The normalised words of the text."""


@dataclass(frozen=True)
class Screen:
    """The rules, each with the concepts it needs, and the second net, ready to be laid over messages.

    Without a net (its file is missing) the rules work alone.
    """

    hearing: Hearing
    finder: SignFinder
    rules: Rules
    net: SecondNet | None = None

    def flags(self, reading: Reading, *, today: date) -> tuple[RedFlag, ...]:
        """The red flags of one message alone, most urgent first, one for each class."""
        return self.flags_in(self.hearing.tokens(reading.text), today=today)

    def flags_in(self, tokens: Tokens, *, today: date, amid: bool = False) -> tuple[RedFlag, ...]:
        """The red flags of a message that has been cut into words already; `amid`: others came before it."""
        signs = self.finder.find(tokens)
        ruled = _strongest(self._raised(signs, today=today))
        if self.net is None:
            return ruled
        both = together(ruled, signs, self.net, self.rules, finder=self.finder, today=today, amid=amid)
        return _strongest(both)

    def ruled(self, tokens: Tokens, *, today: date) -> tuple[RedFlag, ...]:
        """What the first net, the rules, says by itself."""
        return _strongest(self._raised(self.finder.find(tokens), today=today))

    def screen(
        self, text: str, history: tuple[str, ...], *, known: frozenset[FlagClass], today: date
    ) -> tuple[RedFlag, ...]:
        """The flags of the newest message, and those it raises together with up to four before it (oldest first)."""
        earlier = tuple([one for one in history[-EARLIER:] if one.strip()])
        alone = self.flags_in(self.hearing.tokens(text), today=today, amid=bool(earlier))
        if not earlier:
            return alone
        seen = known | {flag.flag_class for flag in alone if not flag.ask}
        doubted = {flag.rule for flag in alone if flag.unclear_words}
        joined = [
            flag
            for flag in self._joined(text, earlier, today=today)
            if flag.flag_class not in seen and flag.rule not in doubted
        ]
        return _strongest([*alone, *joined])

    def _joined(self, text: str, earlier: tuple[str, ...], *, today: date) -> list[RedFlag]:
        before = "\n".join(earlier) + "\n"
        tokens = self.hearing.tokens(before + text)
        newest = sum(start < len(before) for start in tokens.starts)
        ruled = self._raised(self.finder.find(tokens, newest=newest), today=today)
        if self.net is not None:
            ruled = believed(ruled, self.net.likelihood(tokens), self.net, self.rules)
        return ruled + self._heard_together(text, earlier)

    def _heard_together(self, text: str, earlier: tuple[str, ...]) -> list[RedFlag]:
        """What the net hears in messages together, more clearly than in the newest and not at all in those before.

        Replies such as "ok" and "Tuesday" are left out: to the net they are chance likenesses.
        """
        telling = [one for one in earlier if len(self.hearing.tokens(one).words) >= FEWEST_WORDS]
        if self.net is None or not telling:
            return []
        bounds, before = self.net.bounds, "\n".join(telling)
        verdict = self.net.verdict(self.hearing.tokens(f"{before}\n{text}"), at_least=bounds.joined)
        alone = [self.net.likelihood(self.hearing.tokens(part)) for part in (before, text)]
        if verdict.flag_class is None or alone[0] >= bounds.asked or alone[1] >= verdict.urgent:
            return []
        signs = self.finder.completed(self.finder.find(self.hearing.tokens(text)))
        said = self._said_of(verdict.flag_class, signs)
        if not said:
            return []
        heard = RedFlag(verdict.flag_class, verdict.level, Onset.NEW, verdict.text, rule=NET, row_level=verdict.level)
        return [doubtful(heard) if all(_says_only_when(signs, one) for one in said) else heard]

    def _said_of(self, flag_class: FlagClass, signs: Signs) -> list[Match]:
        """The words that the rules of this class know."""
        names = {name for rule, needed in self.rules.each if rule.flag_class is flag_class for name in needed}
        return [match for name in names & signs.said.keys() for match in signs.said[name]]

    def _raised(self, signs: Signs, *, today: date) -> list[RedFlag]:
        said = signs.said.keys()
        flags = [_flag(signs, rule, today=today) for rule, needed in self.rules.each if needed <= said]
        return [flag for flag in flags if flag is not None]


def build_screen(hearing: Hearing, book: FlagBook, *, finder: SignFinder) -> Screen:
    """The screen that lays these rules over what this reader hears."""
    return Screen(hearing, finder, Rules.of(book.rules))


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


def _says_only_when(signs: Signs, match: Match) -> bool:
    """Whether the words only say that something is recent: "since last night"."""
    return any(match.start < one.end and one.start < match.end for one in signs.said.get(RECENT, ()))


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
