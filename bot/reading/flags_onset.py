"""Whether what raises a flag is new, long-standing and checked, or long-standing only, by the words around it."""

from datetime import date

from bot.clinical.vocabulary import Onset
from bot.knowledge.flag_book import Kind
from bot.reading.flags_signs import FELT, Signs
from bot.reading.flags_told import RECENT
from bot.reading.phrases import Match

WORSE, LONG, MONTHS, SAME, AGO = "time_worse", "time_long", "time_months", "time_same", "time_ago"
CHECKED, OTHER_COMPLAINT = "checked", "other_complaint"
OLDEST_YEAR = 1930


def onset_of(signs: Signs, words: tuple[Match, ...], *, slow: bool, today: date) -> Onset:
    """New unless the words near the sign say that it is long-standing and do not say that it has changed.

    slow: an illness that creeps up, which months do not make old.
    """
    spoken = tuple([word for word in words if signs.kinds[word.label] in FELT]) or words
    told = tuple([word for word in words if signs.kinds[word.label] is Kind.HISTORY])
    return onset_of_words(signs, spoken, told, slow=slow, today=today)


def onset_of_words(
    signs: Signs, spoken: tuple[Match, ...], told: tuple[Match, ...], *, slow: bool, today: date
) -> Onset:
    """The same for any words that tell of the sign, beside those that tell of an older history."""
    if _is_worse(signs, spoken):
        return Onset.NEW
    lasting = _is_said(signs, LONG, spoken, told) or _names_a_year(signs, spoken, told, today=today)
    lasting = lasting or (not slow and _is_said(signs, MONTHS, spoken, told))
    same = _is_said(signs, SAME, spoken, ())
    if not (lasting or same):
        return Onset.NEW
    return Onset.OLD if _near(signs, CHECKED, spoken, after=2) else Onset.UNCLEAR


def _is_worse(signs: Signs, words: tuple[Match, ...]) -> bool:
    calm = signs.said.get(SAME, ())
    said = (*signs.said.get(WORSE, ()), *signs.said.get(RECENT, ()))
    worse = [one for one in said if not any(_inside(one, other) for other in (*calm, *words))]
    return any(_sentence(signs, one) == _sentence(signs, word) for one in worse for word in words)


def _inside(one: Match, other: Match) -> bool:
    return other.start <= one.start and one.end <= other.end


def _is_said(signs: Signs, name: str, words: tuple[Match, ...], told: tuple[Match, ...]) -> bool:
    """In the sentence of the sign, or in the next one where that speaks of no other complaint."""
    past = signs.said.get(AGO, ())
    for one in signs.said.get(name, ()):
        ended = one.end - one.start == 1 and any(_inside(one, other) for other in past)
        if ended or _belongs_to(told, one.start, words):
            continue
        for word in words:
            distance = _sentence(signs, one) - _sentence(signs, word)
            if distance == 0 or (distance == 1 and not _speaks_of_another(signs, _sentence(signs, one))):
                return True
    return False


def _speaks_of_another(signs: Signs, sentence: int) -> bool:
    return any(_sentence(signs, one) == sentence for one in signs.said.get(OTHER_COMPLAINT, ()))


def _near(signs: Signs, name: str, words: tuple[Match, ...], *, after: int) -> bool:
    first = min(_sentence(signs, word) for word in words)
    last = max(_sentence(signs, word) for word in words)
    return any(first - 1 <= _sentence(signs, one) <= last + after for one in signs.said.get(name, ()))


def _belongs_to(told: tuple[Match, ...], at: int, words: tuple[Match, ...]) -> bool:
    """Whether a time word stands nearer to the history that is told than to the sign itself."""
    distance = min((_words_between(one, at) for one in told), default=None)
    return distance is not None and distance <= min(_words_between(word, at) for word in words)


def _words_between(match: Match, at: int) -> int:
    return max(match.start - at, at - match.end + 1, 0)


def _names_a_year(signs: Signs, words: tuple[Match, ...], told: tuple[Match, ...], *, today: date) -> bool:
    """A year before this one in the sentence of the sign: "since 2015"."""
    sentences = {_sentence(signs, word) for word in words}
    tokens = signs.tokens
    years = [at for at, word in enumerate(tokens.words) if _is_past_year(word, today=today)]
    return any(tokens.sentences[at] in sentences and not _belongs_to(told, at, words) for at in years)


def _is_past_year(word: str, *, today: date) -> bool:
    return len(word) == 4 and word.isdigit() and OLDEST_YEAR <= int(word) < today.year


def _sentence(signs: Signs, match: Match) -> int:
    return signs.tokens.sentences[match.start]
