"""Dates a patient names ("since Tuesday", "from September 1st", "since 2015") as days before today."""

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.knowledge.word_tables import Durations, Table
from bot.reading.tokens import Tokens

LONGEST_STORY = 12
STRICT_STORY = 4
OLDEST_YEAR = 1930
MID, LATE = 15, 25
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def days_since(
    tokens: Tokens, at: int, *, words: Durations, small: Table, today: date, age: int | None = None
) -> float | None:
    """Days from the date named after word `at` ("since Tuesday", "since I fell in May"); None when no date follows.

    After a word that also leads to places ("from T12 to L3") the date must follow at once.
    """
    told = False
    reach = STRICT_STORY if tokens.words[at] in small["date_at_once"] else LONGEST_STORY
    last = min(len(tokens.words), at + 1 + reach)
    grown = _since_age(tokens, at, age, small["grown"]) if age else None
    if grown is not None:
        return grown
    for place in range(at + 1, last):
        if tokens.sentences[place] != tokens.sentences[at]:
            return None
        days = _date_at(tokens, place, words=words, small=small, today=today)
        if days is not None and (not told or tokens.words[place - 1] in small["date_led"]):
            return days
        told = told or tokens.words[place] not in small["date_skipped"]
    return None


def days_since_then(tokens: Tokens, at: int, *, words: Durations, small: Table, today: date) -> float | None:
    """Days from the date told before "since then", "ever since": "a baby on May 3. It has hurt since THEN"."""
    beside = (*tokens.words[at - 1 : at], *tokens.words[at + 1 : at + 2])
    if tokens.words[at] not in small["since_then"] or set(small["then"]).isdisjoint(beside):
        return None
    for place in range(at - 1, max(-1, at - 2 * LONGEST_STORY), -1):
        if tokens.sentences[at] - tokens.sentences[place] > 1:
            return None
        if tokens.words[place] in words.weekdays or tokens.words[place] in words.months:
            planned = tokens.words[place - 1] in small["date_ahead"] or _is_planned(tokens, place, words)
            return None if planned else _date_at(tokens, place, words=words, small=small, today=today)
    return None


def told_today(tokens: Tokens, *, words: Durations, small: Table, today: date) -> tuple[date, frozenset[int]]:
    """The day that the patient says it is ("so today's Tuesday") and where; else `today`."""
    for word in set(small["today"]) & tokens.distinct:
        for at in tokens.positions[word]:
            near = [place for place in (at + 1, at + 2, at - 1) if 0 <= place < len(tokens.words)]
            told = [place for place in near if tokens.words[place] in words.weekdays]
            if told:
                day = int(words.weekdays[tokens.words[told[0]]])
                return today - timedelta(days=(today.weekday() - day) % 7), frozenset((at, told[0]))
    return today, frozenset()


def event_date(tokens: Tokens, at: int, *, words: Durations, small: Table, today: date) -> float | None:
    """Days since the weekday or month at `at` when it is told as the past; None of plans, habits and deadlines."""
    word = tokens.words[at]
    day = _day_before(tokens, at, small["date_skipped"]) if word in words.months else None
    before = tokens.words[at - 1] if at else ""
    if (
        day is None
        and before not in small["date_told"]
        and (word in small["date_doubtful"] or not _is_day(words, at, tokens))
    ):
        return None
    if before in small["date_ahead"]:
        return None
    if _is_planned(tokens, at, words):
        return None
    return _date_at(tokens, at, words=words, small=small, today=today)


def _is_planned(tokens: Tokens, at: int, words: Durations) -> bool:
    """Whether words of plans or habits stand beside the date, with no comma between.

    What swelled up AGAIN on Wednesday is told all the same.
    """
    near = beside(tokens, at)
    planned = near & words.planned
    return bool(planned) and (not planned <= words.repeated or near.isdisjoint(words.started | words.injured))


def beside(tokens: Tokens, at: int) -> frozenset[str]:
    """The words of the clause around `at`, as far as no comma stands between."""
    first, last = at, at + 1
    while first > 0 and at - first < LONGEST_STORY and not tokens.pauses[first] and _same(tokens, first - 1, at):
        first -= 1
    while (
        last < len(tokens.words) and last - at < LONGEST_STORY and not tokens.pauses[last] and _same(tokens, last, at)
    ):
        last += 1
    return frozenset(tokens.words[first:last])


def _same(tokens: Tokens, one: int, other: int) -> bool:
    return tokens.clauses[one] == tokens.clauses[other]


def _is_day(words: Durations, at: int, tokens: Tokens) -> bool:
    """Whether a weekday, or a month with its day after it, stands at `at`: these need no word before them."""
    follows = tokens.words[at + 1 : at + 2]
    return tokens.words[at] in words.weekdays or bool(follows and _day_of(follows[0]))


def _since_age(tokens: Tokens, at: int, age: int, grown: tuple[str, ...]) -> float | None:
    """Years since "I was 16", of a patient who tells their age."""
    for place in range(at + 1, min(len(tokens.words) - 1, at + 5)):
        number = tokens.words[place + 1]
        if tokens.words[place] in grown and number.isdecimal() and 0 < int(number) < age:
            return (age - int(number)) * 365.0
    return None


def _date_at(tokens: Tokens, at: int, *, words: Durations, small: Table, today: date) -> float | None:
    word = tokens.words[at]
    if tokens.words[at + 1 : at + 2] and tokens.words[at + 1] in small["date_onwards"]:
        return None
    if word in words.weekdays:
        numbered = _day_after(tokens, at, words, small)
        if numbered is not None:
            return _since_day(numbered, today)
        return (today.weekday() - int(words.weekdays[word])) % 7 or 7
    if word in words.months:
        begins = _day_before(tokens, at, small["date_skipped"]) or _part_of_month(tokens, at, small)
        return _since_month(tokens, at, int(words.months[word]), begins, today)
    if word in words.seasons:
        return _back(today, int(words.seasons[word]), 1)
    if _names_month(tokens, at, words):
        return None
    day = _ORDINAL.fullmatch(word)
    if day is not None and 1 <= int(day[1]) <= 31:
        return _since_day(int(day[1]), today)
    return since_year(int(word), today) if is_year(word, today) else None


def is_year(word: str, today: date) -> bool:
    """Whether the word is a year of somebody's life."""
    return len(word) == 4 and word.isdecimal() and OLDEST_YEAR <= int(word) <= today.year


def since_year(year: int, today: date) -> float:
    """Days since the middle of that year."""
    return max((today - date(year, 7, 1)).days, 30)


def _day_after(tokens: Tokens, at: int, words: Durations, small: Table) -> int | None:
    """The day of the month said after a weekday without its month: "Friday the 13th"."""
    follows = tokens.words[at + 1 : at + 4]
    if follows and follows[0] in small["date_skipped"]:
        follows = follows[1:]
    found = _ORDINAL.fullmatch(follows[0]) if follows else None
    if found is None or not words.months.keys().isdisjoint(follows[1:]):
        return None
    return int(found[1]) if 1 <= int(found[1]) <= 31 else None


def _day_of(word: str) -> int | None:
    """The day of a month that a word names: "9", "22nd"."""
    found = _DAY.fullmatch(word)
    return int(found[1]) if found is not None and 1 <= int(found[1]) <= 31 else None


def _day_before(tokens: Tokens, at: int, skipped: tuple[str, ...]) -> int | None:
    """The day said before a month: "9 January", "the 22nd of October"."""
    back = at - 1
    if back > 0 and tokens.words[back] in skipped:
        back -= 1
    return _day_of(tokens.words[back]) if back >= 0 and tokens.sentences[back] == tokens.sentences[at] else None


def _names_month(tokens: Tokens, at: int, words: Durations) -> bool:
    """Whether the word is the day of a month that follows, which is read there."""
    return _day_of(tokens.words[at]) is not None and not words.months.keys().isdisjoint(tokens.words[at + 1 : at + 3])


def _since_day(day: int, today: date) -> float | None:
    """Days since that day of this month or the last."""
    if day <= today.day:
        return today.day - day
    last_month = date(today.year, today.month, 1) - timedelta(days=1)
    return today.day + last_month.day - min(day, last_month.day)


def _part_of_month(tokens: Tokens, at: int, small: Table) -> int:
    """The day that a month begins on, or that its middle or end is taken for."""
    before = tokens.words[max(0, at - 2) : at]
    if any(word in small["date_late"] for word in (*before, *tokens.words[at + 1 : at + 2])):
        return LATE
    return MID if any(word in small["date_mid"] for word in before) else 1


def _since_month(tokens: Tokens, at: int, month: int, begins: int, today: date) -> float:
    day, year = begins if month != today.month else min(today.day, begins), None
    for word in tokens.words[at + 1 : at + 3]:
        number = word.rstrip("stndrh")
        if not number.isdecimal():
            break
        if len(number) == 4 and OLDEST_YEAR <= int(number) <= today.year:
            year = int(number)
        elif len(number) <= 2 and 1 <= int(number) <= 31:
            day = int(number)
    if year is not None:
        return max((today - _date(year, month, day)).days, 0)
    return _back(today, month, day)


def _back(today: date, month: int, day: int) -> float:
    """Days to the latest such day that is not in the future."""
    then = _date(today.year, month, day)
    if then > today:
        then = _date(today.year - 1, month, day)
    return (today - then).days


def _date(year: int, month: int, day: int) -> date:
    """That day, or the month's last when it has fewer."""
    return date(year, month, min(day, monthrange(year, month)[1]))
