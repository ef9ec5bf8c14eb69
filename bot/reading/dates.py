"""Dates a patient names ("since Tuesday", "from September 1st", "since 2015") as days before today."""

import re
from datetime import date, timedelta

from bot.knowledge.word_tables import Durations, Table
from bot.reading.tokens import Tokens

LONGEST_STORY = 12
OLDEST_YEAR = 1930
MID, LATE = 15, 25
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def days_since(tokens: Tokens, at: int, *, words: Durations, small: Table, today: date) -> float | None:
    """Days from the date named after word `at` ("since Tuesday", "since I fell in May"); None when no date follows."""
    told = False
    last = min(len(tokens.words), at + 1 + LONGEST_STORY)
    for place in range(at + 1, last):
        if tokens.sentences[place] != tokens.sentences[at]:
            return None
        days = _date_at(tokens, place, words=words, small=small, today=today)
        if days is not None and (not told or tokens.words[place - 1] in small["date_led"]):
            return days
        told = told or tokens.words[place] not in small["date_skipped"]
    return None


def _date_at(tokens: Tokens, at: int, *, words: Durations, small: Table, today: date) -> float | None:
    word = tokens.words[at]
    if word in words.weekdays:
        return (today.weekday() - int(words.weekdays[word])) % 7 or 7
    if word in words.months:
        return _since_month(tokens, at, int(words.months[word]), _part_of_month(tokens, at, small), today)
    if word in words.seasons:
        return _back(today, int(words.seasons[word]), 1)
    day = _ORDINAL.fullmatch(word)
    if day is not None and 1 <= int(day[1]) <= 31:
        return _since_day(int(day[1]), today)
    if word.isdecimal() and len(word) == 4 and OLDEST_YEAR <= int(word) <= today.year:
        return max((today - date(int(word), 7, 1)).days, 30)
    return None


def _since_day(day: int, today: date) -> float | None:
    """Days since that day of this month or the last."""
    if day <= today.day:
        return today.day - day
    last_month = date(today.year, today.month, 1) - timedelta(days=1)
    return today.day + last_month.day - min(day, last_month.day)


def _part_of_month(tokens: Tokens, at: int, small: Table) -> int:
    """The day that a month begins on, or that its middle or end is taken for."""
    before = tokens.words[max(0, at - 2) : at]
    if any(word in small["date_late"] for word in before):
        return LATE
    return MID if any(word in small["date_mid"] for word in before) else 1


def _since_month(tokens: Tokens, at: int, month: int, begins: int, today: date) -> float:
    day, year = begins if month != today.month else min(today.day, 1), None
    for word in tokens.words[at + 1 : at + 3]:
        number = word.rstrip("stndrh")
        if not number.isdecimal():
            break
        if len(number) == 4 and OLDEST_YEAR <= int(number) <= today.year:
            year = int(number)
        elif len(number) <= 2 and 1 <= int(number) <= 28:
            day = int(number)
    if year is not None:
        return max((today - date(year, month, day)).days, 0)
    return _back(today, month, day)


def _back(today: date, month: int, day: int) -> float:
    """Days to the latest such day that is not in the future."""
    then = date(today.year, month, day)
    if then > today:
        then = date(today.year - 1, month, day)
    return (today - then).days
