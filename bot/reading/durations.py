"""How long the complaint has lasted, in days, as said: "for two weeks", "since Tuesday", "on and off for years"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.word_tables import Durations, Table
from bot.reading.beginnings import Beginnings
from bot.reading.counts import count_before
from bot.reading.dates import days_since, days_since_then, event_date, is_year, since_year, told_today
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook, covered
from bot.reading.stretches import Stretch, told_instead
from bot.reading.tokens import Tokens

MASK = "mask"
UNMASK = "unmask"
BEGUN = "+begun"
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
        self._beginnings = Beginnings(words, small=small)
        begun = {name + BEGUN: listed for name, listed in words.begun.items()}
        held = {MASK: words.masks, UNMASK: words.unmasks}
        self._book = PhraseBook({**words.phrases, **begun, **held}, grammar=own, index=index)
        units = {word for word in words.units if len(word) > 3}
        self.vocabulary = self._book.vocabulary | self._beginnings.vocabulary | units

    def read(self, tokens: Tokens, *, today: date, story: Story = NO_STORY) -> int | None:
        """Days since the first-mentioned complaint began; None when the message does not say."""
        return self.chosen(tokens, self.said(tokens, today=today, story=story), story=story)

    def said(self, tokens: Tokens, *, today: date, story: Story = NO_STORY) -> tuple[Stretch, ...]:
        """Every stretch of time that may be the complaint's."""
        today, named = told_today(tokens, words=self._words, small=self._small, today=today)
        said = [stretch for stretch in self._stretches(tokens, today, story) if _is_mine(tokens, stretch, story)]
        return tuple([stretch for stretch in said if stretch.at not in named])

    def units(self, tokens: Tokens) -> dict[int, float]:
        """Every unit of a day and more, and its days, wherever it stands: "months, not weeks"."""
        each = {at: self._words.units.get(word, 0.0) for at, word in enumerate(tokens.words)}
        return {at: days for at, days in each.items() if days >= 1}

    def chosen(self, tokens: Tokens, said: tuple[Stretch, ...], *, story: Story) -> int | None:
        """Of the stretches said the days of the one that tells how long it has been so."""
        chosen = [stretch for stretch in said if stretch.marked]
        if not chosen and (story.told or len(tokens.words) <= LONG):
            chosen = list(said)
        if not chosen:
            return None
        first = min(chosen, key=_place)
        return round((told_instead(tokens, said, first, story.told) or first).days)

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
        begun = self._beginnings.has_begun
        for at in sorted([at for word in self._dated & tokens.distinct for at in tokens.positions[word]]):
            if at not in masked and (begun(tokens, at, at + 1) or self._beginnings.is_after(tokens, at, story.told)):
                days = event_date(tokens, at, words=self._words, small=self._small, today=today)
                if days is not None:
                    yield Stretch(at, days)
        for at in sorted([at for word in tokens.distinct if is_year(word, today) for at in tokens.positions[word]]):
            if at not in masked and self._beginnings.goes_on(tokens, at + 1) and begun(tokens, at, at + 1):
                yield Stretch(at, since_year(int(tokens.words[at]), today))

    def _counts(self, tokens: Tokens, match: Match) -> bool:
        """Whether "last week" says when it began; other phrases always count."""
        return not match.label.endswith(BEGUN) or self._beginnings.has_begun(tokens, match.start, match.end)

    def _at(self, tokens: Tokens, at: int, masked: frozenset[int], today: date, story: Story) -> Stretch | None:
        if tokens.words[at] in self._words.since:
            days = days_since(tokens, at, words=self._words, small=self._small, today=today, age=story.age)
            if days is None:
                days = days_since_then(tokens, at, words=self._words, small=self._small, today=today)
            return None if days is None else Stretch(at, days, is_date=True)
        unit, after = self._words.units[tokens.words[at]], _follows(tokens, at)
        is_ago = bool(after) and after[0] in self._small["ago"]
        if is_ago and self._beginnings.is_visit(tokens, at + 1, story.told):
            return None
        count, first = count_before(tokens, at, masked, words=self._words, small=self._small)
        if count is None:
            days, bare = self._numbered(tokens, at), self._bare(tokens, at)
            days = days or bare
            return None if days is None else Stretch(at, days, is_vague=days == bare)
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
            return self._beginnings.has_begun(tokens, at, at + 1)
        if _stands_alone(tokens, first, at):
            return True
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
        if number in self._small["past_one"] or not _follows(tokens, at):
            return 0.0
        count = float(number) if number.isdecimal() and len(number) < 3 else self._words.numbers.get(number)
        days = self._words.units.get(smaller, unit)
        return count * days if count is not None and count >= 1 and days < unit else 0.0

    def _bare(self, tokens: Tokens, at: int) -> float | None:
        """ "for years", "months of tingling": a plural without a number."""
        word = tokens.words[at]
        if word in self._words.short_units or word not in self._words.bare:
            return None
        led = at > 0 and tokens.words[at - 1] in self._words.openers
        followed = at + 1 < len(tokens.words) and tokens.words[at + 1] in self._small["of_or_now"]
        return self._words.bare[word] if word.endswith("s") and (led or followed) else None


def _place(stretch: Stretch) -> int:
    return stretch.at


def _follows(tokens: Tokens, at: int) -> tuple[str, ...]:
    """The word after `at` when it is of the same sentence: in "I roll many hours. Now it hurts" nothing follows."""
    after = tokens.words[at + 1 : at + 2]
    return after if after and tokens.sentences[at + 1] == tokens.sentences[at] else ()


def _stands_alone(tokens: Tokens, first: int, at: int) -> bool:
    """Whether the number and its unit are all that stands between two pauses: "red little points, 5 DAYS." """
    opens = first > 0 and (tokens.pauses[first] or tokens.sentences[first - 1] != tokens.sentences[first])
    end = at + 1
    return opens and (end == len(tokens.words) or tokens.pauses[end] or tokens.sentences[end] != tokens.sentences[at])


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
