"""Whether a persona taps, sends numbers or types, by their style."""

from enum import Enum
from random import Random

from tests.simulated.persona import Persona


class Way(Enum):
    """A way to answer."""

    TAPS = "taps"
    NUMBERS = "numbers"
    WORDS = "words"


TAPS, NUMBERS, WORDS = Way.TAPS, Way.NUMBERS, Way.WORDS
SHARES = {
    "impatient": (60, 20, 20),
    "terse": (35, 25, 40),
    "rambling": (10, 5, 85),
    "typos": (20, 5, 75),
    "contradicting": (20, 0, 80),
    "changes_mind": (40, 5, 55),
    "youth": (40, 5, 55),
    "proxy": (30, 5, 65),
}
OTHERS = (45, 10, 45)
"""Taps, numbers and words in a hundred answers of people of any other style."""


def way_of(persona: Persona, chance: Random) -> Way:
    """The way of one answer."""
    shares = next((SHARES[style] for style in persona.style if style in SHARES), OTHERS)
    return chance.choices(list(Way), weights=shares)[0]
