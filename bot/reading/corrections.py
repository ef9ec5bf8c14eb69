"""What a message sets right in what was understood before it: the side, the place, the time, the findings."""

from operator import attrgetter

from bot.clinical.reading import NO_CORRECTION, Correction
from bot.knowledge.word_tables import CorrectionWords, Table
from bot.reading.corrected_findings import corrected_findings
from bot.reading.corrected_places import CorrectedPlaces
from bot.reading.corrected_side import SideWords, corrected_side
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.stances import Stance, StanceReader, Stances
from bot.reading.tokens import Tokens
from bot.reading.told import Told

LONGEST = 60
"""Words of a message that may set something right; a longer one tells a story of its own."""
SHORT, SHORT_STORY = 8, 12
OBJECTION = 16
"""Words of a message that does nothing but object."""


TAKING_OFF = ("off", "off_around", "off_after", "protest", "turned")


class CorrectionReader:
    """Reads corrections; built once from the words of a language."""

    def __init__(
        self, words: CorrectionWords, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None
    ) -> None:
        self._stances = StanceReader(words, grammar=grammar, index=index)
        self._words = words
        self._and = frozenset(small["and_more"])
        self._sides = SideWords(frozenset((*small["determiners"], *small["links"])), self._and)
        self.vocabulary = self._stances.vocabulary

    def read(self, tokens: Tokens, told: Told) -> Correction | None:
        """What the message sets right; None when that is nothing."""
        if not 0 < len(tokens.words) <= LONGEST:
            return None
        items = _items(told)
        stances = self._stances.read(tokens, items)
        if not items and not stances.has("other"):
            return None
        places = CorrectedPlaces.of(tokens, told, stances)
        findings = corrected_findings(tokens, told, stances)
        marked = stances.turns or bool(places.other) or any(not stances.of[first].affirms for first, _ in items)
        adds = self._adds(tokens, stances)
        side, other = corrected_side(tokens, told.where, stances, words=self._sides)
        brief = len(tokens.words) <= SHORT
        found = Correction(
            side=side if marked or adds or brief else None,
            other_side=other and side is None,
            places=places.it,
            not_places=places.other,
            unsore=places.unsore,
            anew=not adds and places.anew(marked=marked),
            only=any(stances.of[place.start] is Stance.ONLY for place in told.where.places if place.counts),
            adds=adds,
            duration_days=self._days(tokens, told, stances),
            not_days=_days_off(told, stances),
            unit_days=_unit(told, stances),
            gone=findings.gone,
            there=findings.there,
            repeated=findings.repeated,
        )
        return None if found == NO_CORRECTION else found

    def objects(self, tokens: Tokens) -> bool:
        """Whether a short message objects to what was understood: "wait, no", "sorry, I meant"."""
        if not 0 < len(tokens.words) <= OBJECTION:
            return False
        stances = self._stances.read(tokens, ())
        return bool(stances.spoken) or stances.has("turns")

    def takes_off(self, tokens: Tokens) -> bool:
        """Whether a short message may take something off that was understood, by whatever bare word it names it."""
        if not 0 < len(tokens.words) <= OBJECTION:
            return False
        stances = self._stances.read(tokens, ())
        return any(stances.has(kind) for kind in TAKING_OFF)

    def _adds(self, tokens: Tokens, stances: Stances) -> bool:
        """Whether something comes on top of what is known; an "and" does so at the beginning."""
        added = [
            match for match in stances.every("added") if match.start == 0 or tokens.words[match.start] not in self._and
        ]
        return bool(added) or stances.has("not_only")

    def _days(self, tokens: Tokens, told: Told, stances: Stances) -> int | None:
        """The days of the time that it is: said to be it, said by itself, only said before, or all that is told."""
        times = sorted(told.times, key=attrgetter("at"))
        meant = [time for time in times if stances.of[time.at] is Stance.MEANT]
        plain = [time for time in times if stances.of[time.at] in (Stance.PLAIN, Stance.ONLY)]
        plain = [time for time in plain if not (time.at and tokens.words[time.at - 1] in self._words.ahead)]
        bare = [time for time in plain if time.at in stances.bare]
        mine = [time for time in times if stances.of[time.at] is Stance.MINE]
        told_of = [time for time in plain if not self._is_other_time(tokens, time.at)]
        opposed = stances.turns or len(plain) < len(times)
        for found in (meant, bare, mine, told_of if opposed else []):
            if found:
                return round(found[0].days)
        return told.days if told_of and not told.matches and len(tokens.words) <= SHORT_STORY else None

    def _is_other_time(self, tokens: Tokens, at: int) -> bool:
        """Whether the sentence of a time tells of something else or asks: "away for three weeks"."""
        sentence = [
            word for word, number in zip(tokens.words, tokens.sentences, strict=True) if number == tokens.sentences[at]
        ]
        return not self._words.other_times.isdisjoint(sentence)


def _days_off(told: Told, stances: Stances) -> int | None:
    """The days of a time that is denied or taken off."""
    off = [time for time in told.times if stances.of[time.at] in (Stance.DENIED, Stance.OFF, Stance.PROTEST)]
    return round(off[0].days) if off else None


def _items(told: Told) -> tuple[tuple[int, int], ...]:
    """Everything that may be set right, from first to last word, in reading order."""
    found = [(place.start, place.end) for place in told.where.places]
    found += [(at, at + 1) for at in told.where.every_side]
    found += [(time.at, time.at + 1) for time in told.times]
    found += [(at, at + 1) for at in told.units]
    found += [(match.start, match.end) for match in told.matches]
    return tuple(sorted(found))


def _unit(told: Told, stances: Stances) -> int | None:
    """The unit that is meant where no number is said: "months, not weeks"."""
    affirmed = [days for at, days in told.units.items() if stances.of[at].affirms and at in stances.bare]
    firmly = stances.turns or any(stances.of[at] is not Stance.PLAIN for at in told.units)
    return round(affirmed[-1]) if affirmed and firmly and not told.times else None
