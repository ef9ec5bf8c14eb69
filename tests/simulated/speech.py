"""How a persona types: words picked by a seeded generator, with the typing mistakes and the filler of their style."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bot.knowledge.strict_yaml import parse
from tests.simulated.persona import Persona

SHORTEST_MISTYPED = 5
"""Shorter words are typed right: their mistakes make other words."""
MISTYPED = 0.12
"""Share of the longer words that a `typos` person types wrong."""
NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "o": "p", "t": "y", "n": "m", "s": "d", "r": "t", "l": "k", "u": "i"}


@cache
def common() -> dict[str, Any]:
    """What the program says for any persona."""
    words: dict[str, Any] = parse((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
    return words


class Speech:
    """One persona's way to type, in one conversation."""

    def __init__(self, persona: Persona, chance: Random) -> None:
        self._persona, self._chance = persona, chance
        self._filler = list(persona.says.filler) if "rambling" in persona.style else []
        chance.shuffle(self._filler)

    def pick(self, words: Sequence[str]) -> str:
        """One of these words."""
        return self._chance.choice(words)

    def common(self, key: str) -> str:
        """One of the program's own words for this."""
        return self.pick(common()[key])

    def typed(self, text: str) -> str:
        """The text as they type it: filler before or after it, letters missed and swapped."""
        if self._filler and self._chance.random() < 0.7:
            filler = self._filler.pop()
            text = f"{filler}. {text}" if self._chance.random() < 0.5 else f"{text}. {filler}"
        if "typos" in self._persona.style:
            text = re.sub(r"[A-Za-z]+", lambda word: self._mistyped(word[0]), text)
        return text

    def joined(self, parts: Sequence[str]) -> str:
        """The parts in one message."""
        joiner = self.common("joiners")
        return joiner.join(parts)

    def _mistyped(self, word: str) -> str:
        if len(word) < SHORTEST_MISTYPED or self._chance.random() >= MISTYPED:
            return word
        at = self._chance.randrange(1, len(word) - 1)
        before, letter, next_letter, after = word[:at], word[at], word[at + 1], word[at + 2 :]
        mistakes = (
            before + next_letter + letter + after,
            before + next_letter + after,
            before + letter + letter + next_letter + after,
            before + NEIGHBOURS.get(letter, letter) + next_letter + after,
        )
        return self._chance.choice(mistakes)
