"""The word tables of a lexicon that have a shape of their own: places, durations and precautions."""

from collections.abc import Mapping
from dataclasses import dataclass

Table = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Places:
    """Words for regions, organs, sides, the spine's surroundings and what only looks like a place."""

    regions: Table
    organs: Table
    muscle_words: tuple[str, ...]
    near_spine: tuple[str, ...]
    sides: Table
    side_masks: tuple[str, ...]
    compared_sides: tuple[str, ...]
    masks: tuple[str, ...]
    asides: tuple[str, ...]
    not_asides: tuple[str, ...]
    healthy_after: tuple[str, ...]
    healthy_before: tuple[str, ...]


@dataclass(frozen=True)
class Durations:
    """Words for stretches of time and dates, in days."""

    units: Mapping[str, float]
    short_units: frozenset[str]
    numbers: Mapping[str, float]
    weak_numbers: frozenset[str]
    between: frozenset[str]
    bare: Mapping[str, float]
    openers: frozenset[str]
    phrases: Table
    begun: Table
    masks: tuple[str, ...]
    unmasks: tuple[str, ...]
    started: frozenset[str]
    injured: frozenset[str]
    eventful: frozenset[str]
    planned: frozenset[str]
    repeated: frozenset[str]
    visits: frozenset[str]
    marking: frozenset[str]
    marked_after: frozenset[str]
    numbering: frozenset[str]
    short_stays: frozenset[str]
    weekdays: Mapping[str, float]
    months: Mapping[str, float]
    seasons: Mapping[str, float]
    since: frozenset[str]


@dataclass(frozen=True)
class PrecautionWords:
    """Condition and drug names by precaution, and the words that take one back."""

    phrases: Table
    masks: tuple[str, ...]
    stops: frozenset[str]


@dataclass(frozen=True)
class BackgroundWords:
    """What a complaint is like, whether it is new or old, who pays.

    claim_words, other_numbers: words that say that a number is a claim's, or is not.
    """

    qualities: Table
    onset: Table
    payer: Table
    claim_words: tuple[str, ...]
    other_numbers: tuple[str, ...]


@dataclass(frozen=True)
class CorrectionWords:
    """What sets right what was understood before: `spoken` is looked for in the text, `phrases` by kind in its words.

    objecting: words that begin a message that objects; elsewhere: those that open what else it is.
    beside: words that say nothing else beside what is set right.
    subjects: words before which "take" or "drop" asks for nothing.
    ahead: words before a time to come; other_times: words beside a time that is none of the complaint's.
    """

    spoken: tuple[str, ...]
    phrases: Table
    objecting: frozenset[str]
    beside: frozenset[str]
    subjects: frozenset[str]
    ahead: frozenset[str]
    other_times: frozenset[str]
    elsewhere: frozenset[str]
