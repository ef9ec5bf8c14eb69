"""How long the complaint has lasted, in days, as said: "for two weeks", "since Tuesday", "on and off for years"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.word_tables import Durations, Table
from bot.reading.counts import count_before
from bot.reading.dates import beside, days_since, days_since_then, event_date, is_year, since_year, told_today
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook, covered
from bot.reading.tokens import Tokens

MASK = "mask"
UNMASK = "unmask"
VISIT_REACH = 9
VISIT_AHEAD = 6
SINCE_AHEAD = 16
BEGUN = "+begun"
BEGUN_REACH = 12
AFTER_REACH = 2
WHOLE_DAY = 24
LONG = 12
"""Words after which a time that nothing marks as the complaint's is no duration when no finding is told."""


@dataclass(frozen=True)
class Story:
    """What else the message says, as far as it tells what a time is the time of.

    told: words where findings of the patient begin that are there; untold: those denied, over or another's.
    someone: whether another person is spoken of at each word; empty when nobody else is.
    """

    told: tuple[int, ...] = ()
    untold: tuple[int, ...] = ()
    someone: tuple[bool, ...] = ()
    age: int | None = None


@dataclass(frozen=True)
class Stretch:
    """A time as said: at which word, how many days, and whether something marks it as the complaint's."""

    at: int
    days: float
    marked: bool = True


NO_STORY = Story()


class DurationReader:
    """Reads stretches of time; built once from the words of a language."""

    def __init__(self, words: Durations, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None) -> None:
        self._small = small
        numbers = tuple([name for name in words.numbers if name not in words.weak_numbers])
        digits = tuple([str(number) for number in range(1, 100)])
        own = Grammar({**grammar.lists, "n": numbers + digits}, grammar.inflections)
        self._words = words
        self._telling = frozenset([*words.units, *words.since])
        self._dated = frozenset([*words.weekdays, *words.months])
        self._visits = words.visits - words.eventful
        self._onset = words.started | words.injured
        self._after = frozenset(small["date_after"])
        begun = {name + BEGUN: listed for name, listed in words.begun.items()}
        held = {MASK: words.masks, UNMASK: words.unmasks}
        self._book = PhraseBook({**words.phrases, **begun, **held}, grammar=own, index=index)
        self.vocabulary = (
            self._book.vocabulary | self._onset | words.eventful | {word for word in words.units if len(word) > 3}
        )

    def read(self, tokens: Tokens, *, today: date, story: Story = NO_STORY) -> int | None:
        """Days since the first-mentioned complaint began; None when the message does not say."""
        today, named = told_today(tokens, words=self._words, small=self._small, today=today)
        said = [stretch for stretch in self._stretches(tokens, today, story) if _is_mine(tokens, stretch, story)]
        said = [stretch for stretch in said if stretch.at not in named]
        chosen = [stretch for stretch in said if stretch.marked]
        if not chosen and (story.told or len(tokens.words) <= LONG):
            chosen = said
        return round(min(chosen, key=_place).days) if chosen else None

    def _stretches(self, tokens: Tokens, today: date, story: Story) -> Iterator[Stretch]:
        found = self._book.find(tokens)
        kept = covered([match for match in found if match.label == UNMASK])
        masks = [match for match in found if match.label == MASK and not _pauses(tokens, match)]
        masked = covered(masks) - kept
        told = [match for match in found if match.label not in (MASK, UNMASK) and match.start not in masked]
        told = [match for match in told if self._counts(tokens, match)]
        for match in told:
            yield Stretch(match.start, float(match.label.removesuffix(BEGUN)))
        passed = masked | covered([match for match in told if not match.label.endswith(BEGUN)])
        for at in sorted([at for word in self._telling & tokens.distinct for at in tokens.positions[word]]):
            stretch = None if at in passed else self._at(tokens, at, masked, today, story)
            if stretch is not None:
                yield stretch
        yield from self._events(tokens, masked, today, story)

    def _events(self, tokens: Tokens, masked: frozenset[int], today: date, story: Story) -> Iterator[Stretch]:
        """Days since a date on which something happened: "fell on Tuesday", "slipped on 9 January"."""
        for at in sorted([at for word in self._dated & tokens.distinct for at in tokens.positions[word]]):
            if at not in masked and (self._has_begun(tokens, at, at + 1) or self._is_after(tokens, at, story)):
                days = event_date(tokens, at, words=self._words, small=self._small, today=today)
                if days is not None:
                    yield Stretch(at, days)
        for at in sorted([at for word in tokens.distinct if is_year(word, today) for at in tokens.positions[word]]):
            if at not in masked and self._since_then(tokens, at + 1) and self._has_begun(tokens, at, at + 1):
                yield Stretch(at, since_year(int(tokens.words[at]), today))

    def _is_after(self, tokens: Tokens, at: int, story: Story) -> bool:
        """Whether a finding of the sentence came after what was done that day: "sore AFTER Wednesday's run"."""
        led = not self._after.isdisjoint(tokens.words[max(0, at - AFTER_REACH) : at])
        return led and any(tokens.sentences[told] == tokens.sentences[at] for told in story.told)

    def _counts(self, tokens: Tokens, match: Match) -> bool:
        """Whether "last week" says when it began; other phrases always count."""
        return not match.label.endswith(BEGUN) or self._has_begun(tokens, match.start, match.end)

    def _has_begun(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether something is said to have begun or happened near these words."""
        sentence = tokens.sentences[start]
        reach = range(max(0, start - BEGUN_REACH), min(end + BEGUN_REACH, len(tokens.words)))
        near = {tokens.words[at] for at in reach if tokens.sentences[at] == sentence}
        around = beside(tokens, start)
        goes_on = end < len(tokens.words) and tokens.sentences[end] == sentence and not tokens.pauses[end]
        if not self._onset.isdisjoint(around | beside(tokens, end) if goes_on else around):
            return True
        if not self._visits.isdisjoint(around):
            return False
        return not self._onset.isdisjoint(near) or not self._words.eventful.isdisjoint(near)

    def _at(self, tokens: Tokens, at: int, masked: frozenset[int], today: date, story: Story) -> Stretch | None:
        if tokens.words[at] in self._words.since:
            days = days_since(tokens, at, words=self._words, small=self._small, today=today, age=story.age)
            if days is None:
                days = days_since_then(tokens, at, words=self._words, small=self._small, today=today)
            return None if days is None else Stretch(at, days)
        unit, after = self._words.units[tokens.words[at]], _follows(tokens, at)
        is_ago = bool(after) and after[0] in self._small["ago"]
        if is_ago and self._is_visit(tokens, at + 1, story):
            return None
        count, first = count_before(tokens, at, masked, words=self._words, small=self._small)
        if count is None:
            days = self._numbered(tokens, at) or self._bare(tokens, at)
            return None if days is None else Stretch(at, days)
        if not self._lasts(tokens, at, first, count):
            return None
        days = (count + self._half(tokens, at)) * unit + self._and_more(tokens, at, unit)
        return Stretch(first, days, self._is_marked(tokens, first, at, is_ago, story))

    def _lasts(self, tokens: Tokens, at: int, first: int, count: float) -> bool:
        """Whether a count of days or hours can be a duration: not "a pack a day", "five hours of sleep"."""
        word, before = tokens.words[at], tokens.words[first]
        follows = _follows(tokens, at)
        if first == at - 1 and before in self._small["past_one"] and not word.endswith("s"):
            return first > 0 and tokens.words[first - 1] in self._words.openers
        if follows and follows[0] in self._words.marked_after:
            return True
        if word in self._words.short_stays:
            return (before in self._words.weak_numbers and before not in self._small["articles"]) or count >= WHOLE_DAY
        return word not in self._words.short_units or before not in self._small["articles"]

    def _is_marked(self, tokens: Tokens, first: int, at: int, is_ago: bool, story: Story) -> bool:
        """Whether the words around a number of weeks, or a finding beside it, say that it is the complaint's."""
        sentence = tokens.sentences[at]
        if any(tokens.sentences[told] == sentence for told in story.told):
            return True
        if is_ago:
            return self._has_begun(tokens, at, at + 1)
        around = (*tokens.words[max(0, first - 2) : first + 1], *_follows(tokens, at))
        return not self._words.marking.isdisjoint(around)

    def _numbered(self, tokens: Tokens, at: int) -> float | None:
        """ "its now day 6", "on week three": a unit in the singular with its number after it."""
        led = at > 0 and tokens.words[at - 1] in self._words.numbering
        starts = at == 0 or tokens.pauses[at] or tokens.sentences[at] != tokens.sentences[at - 1]
        number = tokens.words[at + 1] if at + 1 < len(tokens.words) else ""
        if not (led or starts) or tokens.words[at].endswith("s") or tokens.pauses[at + 1 : at + 2] == (True,):
            return None
        count = float(number) if number.isdecimal() and len(number) < 3 else self._words.numbers.get(number)
        return None if count is None or count < 1 else count * self._words.units[tokens.words[at]]

    def _half(self, tokens: Tokens, at: int) -> float:
        return 0.5 if tokens.words[at + 1 : at + 4] == self._small["and_a_half"] else 0.0

    def _and_more(self, tokens: Tokens, at: int, unit: float) -> float:
        """The months of "one year and two months"."""
        place = at + 1 + (tokens.words[at + 1 : at + 2] == self._small["and_more"])
        number, smaller = (*tokens.words[place : place + 2], "", "")[:2]
        count = float(number) if number.isdecimal() and len(number) < 3 else self._words.numbers.get(number)
        days = self._words.units.get(smaller, unit)
        return count * days if count is not None and count >= 1 and days < unit else 0.0

    def _since_then(self, tokens: Tokens, after: int) -> bool:
        """Whether what happened then goes on: "gave birth a year ago and it has hurt since", not "never since"."""
        ahead = range(after, min(len(tokens.words), after + SINCE_AHEAD))
        return any(
            tokens.words[at] in self._small["since_then"]
            and tokens.words[at - 1] not in self._small["denying"]
            and tokens.sentences[at] == tokens.sentences[after - 1]
            for at in ahead
        )

    def _bare(self, tokens: Tokens, at: int) -> float | None:
        """ "for years", "months of tingling": a plural without a number."""
        word = tokens.words[at]
        if word in self._words.short_units or word not in self._words.bare:
            return None
        led = at > 0 and tokens.words[at - 1] in self._words.openers
        followed = at + 1 < len(tokens.words) and tokens.words[at + 1] in self._small["of_or_now"]
        return self._words.bare[word] if word.endswith("s") and (led or followed) else None

    def _is_visit(self, tokens: Tokens, after: int, story: Story) -> bool:
        """Whether "ten days ago" tells of a visit or an operation rather than of the complaint."""
        first = max(0, after - VISIT_REACH)
        last = min(len(tokens.words), after + VISIT_AHEAD)
        if self._since_then(tokens, after) or not self._onset.isdisjoint(tokens.words[first:last]):
            return False
        clause = tokens.clauses[after - 1]
        if any(tokens.words[at] in self._words.visits and tokens.clauses[at] == clause for at in range(first, after)):
            return True
        if any(tokens.clauses[told] == clause for told in story.told):
            return False
        return any(tokens.words[at] in self._visits and tokens.clauses[at] == clause for at in range(after, last))


def _place(stretch: Stretch) -> int:
    return stretch.at


def _follows(tokens: Tokens, at: int) -> tuple[str, ...]:
    """The word after `at` when it is of the same sentence: in "I roll many hours. Now it hurts" nothing follows."""
    after = tokens.words[at + 1 : at + 2]
    return after if after and tokens.sentences[at + 1] == tokens.sentences[at] else ()


def _pauses(tokens: Tokens, match: Match) -> bool:
    """Whether a comma stands inside: "typing all day, 2 months now"."""
    return any(tokens.pauses[match.start + 1 : match.end])


def _is_mine(tokens: Tokens, stretch: Stretch, story: Story) -> bool:
    """Not another person's time, and not that of something denied or over: "no headache for three weeks"."""
    clause, sentence = tokens.clauses[stretch.at], tokens.sentences[stretch.at]
    if any(tokens.sentences[at] == sentence for at in story.told):
        return True
    if story.told and story.someone and story.someone[stretch.at]:
        return False
    return not any(tokens.clauses[at] == clause for at in story.untold)
