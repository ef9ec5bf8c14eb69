"""Stretches of time in a message, and which of several is the one that the complaint has lasted."""

from dataclasses import dataclass

from bot.reading.tokens import Tokens

AFTER_DATE = 8
"""Words after a date within which a length says the same over again: "since January, so around THREE MONTHS"."""


@dataclass(frozen=True)
class Stretch:
    """A time as said: at which word, how many days, and whether something marks it as the complaint's.

    is_date: told as a date, whose days are counted from today. is_vague: without a number, as "for months".
    """

    at: int
    days: float
    marked: bool = True
    is_date: bool = False
    is_vague: bool = False


def told_instead(tokens: Tokens, said: tuple[Stretch, ...], first: Stretch, told: tuple[int, ...]) -> Stretch | None:
    """The length that counts in place of a date told before it: said right after it, or beside a finding it lacks.

    What a patient counts is surer than what is counted from today: "since January so around three months". And of
    "off work since Monday, foot pain for 6 weeks" the weeks are the pain's.
    """
    later = [stretch for stretch in said if stretch.at > first.at and not stretch.is_date and stretch.days >= 1]
    if not first.is_date or not later:
        return None
    near = [one for one in later if one.at - first.at <= AFTER_DATE and _same(tokens, one.at, first.at)]
    if near and not any(first.at < at < near[0].at for at in told):
        return near[0]
    if _tells(tokens, first, told):
        return None
    return next((one for one in later if one.marked and _tells(tokens, one, told)), None)


def _same(tokens: Tokens, one: int, other: int) -> bool:
    return tokens.sentences[one] == tokens.sentences[other]


def _tells(tokens: Tokens, stretch: Stretch, told: tuple[int, ...]) -> bool:
    """Whether a finding of the patient stands between the same pauses as the time."""
    return any(_same(tokens, at, stretch.at) and not _is_cut(tokens, *sorted((at, stretch.at))) for at in told)


def _is_cut(tokens: Tokens, first: int, last: int) -> bool:
    return any(tokens.pauses[first + 1 : last + 1])
