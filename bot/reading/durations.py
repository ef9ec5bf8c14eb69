"""How long the complaint has lasted, in days, as said: "for two weeks", "since Tuesday", "on and off for years"."""

from datetime import date

from bot.knowledge.word_tables import Durations, Table
from bot.reading.dates import days_since
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook, covered
from bot.reading.tokens import Tokens

MASK = "mask"
VISIT_REACH = 9
SPAN = 7
BEGUN = "+begun"
BEGUN_REACH = 12


class DurationReader:
    """Reads stretches of time; built once from the words of a language."""

    def __init__(self, words: Durations, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None) -> None:
        self._small = small
        numbers = tuple([name for name in words.numbers if name not in words.weak_numbers])
        digits = tuple([str(number) for number in range(1, 100)])
        own = Grammar({**grammar.lists, "n": numbers + digits}, grammar.inflections)
        self._words = words
        self._telling = frozenset([*words.units, *words.since])
        begun = {name + BEGUN: listed for name, listed in words.begun.items()}
        self._book = PhraseBook({**words.phrases, **begun, MASK: words.masks}, grammar=own, index=index)
        self.vocabulary = self._book.vocabulary | {word for word in words.units if len(word) > 3}

    def read(self, tokens: Tokens, *, today: date) -> int | None:
        """Days since the first-mentioned complaint began; None when the message does not say."""
        found = self._book.find(tokens)
        masked = covered([match for match in found if match.label == MASK])
        said: list[tuple[int, float]] = []
        for match in found:
            if match.label != MASK and not _is_masked(match, masked) and self._counts(tokens, match):
                said.append((match.start, float(match.label.removesuffix(BEGUN))))
        for at in sorted([at for word in self._telling & tokens.distinct for at in tokens.positions[word]]):
            days = None if at in masked else self._at(tokens, at, masked, today)
            if days is not None:
                said.append((at, days))
        return round(min(said, key=_place)[1]) if said else None

    def _counts(self, tokens: Tokens, match: Match) -> bool:
        """Whether "last week" says when it began; other phrases always count."""
        if not match.label.endswith(BEGUN):
            return True
        sentence = tokens.sentences[match.start]
        first, last = max(0, match.start - BEGUN_REACH), match.end + BEGUN_REACH
        near = range(first, min(last, len(tokens.words)))
        return any(tokens.words[at] in self._words.started and tokens.sentences[at] == sentence for at in near)

    def _at(self, tokens: Tokens, at: int, masked: frozenset[int], today: date) -> float | None:
        if tokens.words[at] in self._words.since:
            return days_since(tokens, at, words=self._words, small=self._small, today=today)
        unit = self._words.units.get(tokens.words[at])
        if not unit or (tokens.words[at + 1 : at + 2] == self._small["ago"] and self._is_visit(tokens, at + 1)):
            return None
        count = self._count(tokens, at, masked)
        if count is None:
            return self._bare(tokens, at)
        return (count + self._half(tokens, at)) * unit

    def _count(self, tokens: Tokens, at: int, masked: frozenset[int]) -> float | None:
        """The number before the unit; two numbers ("two or three", "2-3") give their middle."""
        numbers: list[float] = []
        weak: float | None = None
        for back in range(at - 1, max(-1, at - SPAN), -1):
            word = tokens.words[back]
            if back in masked or tokens.sentences[back] != tokens.sentences[at]:
                break
            number = float(word) if word.isdecimal() and len(word) < 4 else self._words.numbers.get(word)
            if number is not None and word in self._words.weak_numbers:
                weak = number if weak is None else weak
            elif number is not None:
                numbers.append(number)
            elif word not in self._words.between:
                break
            if len(numbers) == 2:
                break
        return _combined(tokens, at, numbers, weak, self._small["few"])

    def _half(self, tokens: Tokens, at: int) -> float:
        return 0.5 if tokens.words[at + 1 : at + 4] == self._small["and_a_half"] else 0.0

    def _bare(self, tokens: Tokens, at: int) -> float | None:
        """ "for years", "months of tingling": a plural without a number."""
        word = tokens.words[at]
        if word in self._words.short_units or word not in self._words.bare:
            return None
        led = at > 0 and tokens.words[at - 1] in self._words.openers
        followed = at + 1 < len(tokens.words) and tokens.words[at + 1] in self._small["of_or_now"]
        return self._words.bare[word] if word.endswith("s") and (led or followed) else None

    def _is_visit(self, tokens: Tokens, after: int) -> bool:
        """Whether "ten days ago" tells of a visit or an operation rather than of the complaint."""
        first = max(0, after - VISIT_REACH)
        around = tokens.words[first : after + 2]
        if any(word in self._words.started for word in around):
            return False
        clause = tokens.clauses[after - 1]
        return any(
            tokens.words[at] in self._words.visits and tokens.clauses[at] == clause for at in range(first, after)
        )


def _place(said: tuple[int, float]) -> int:
    return said[0]


def _is_masked(match: Match, masked: frozenset[int]) -> bool:
    return all(at in masked for at in range(match.start, match.end))


def _combined(tokens: Tokens, at: int, numbers: list[float], weak: float | None, few: tuple[str, ...]) -> float | None:
    """One number for what was said: twenty-five, one and a half, 2.5, two or three."""
    if not numbers:
        return weak
    if len(numbers) == 1:
        return numbers[0]
    high, low = numbers
    written = tokens.quote(max(0, at - SPAN + 1), at)
    if f"{low:.0f}.{high:.0f}" in written:
        return float(f"{low:.0f}.{high:.0f}")
    if low >= 20 and high < 10 and low % 10 == 0:
        return low + high
    if high == 0.5:
        return low * high if low < 2 else low + high
    if tokens.words[at - 1] in few or low == 1 < high:
        return high
    return (high + low) / 2 if high >= low else high
