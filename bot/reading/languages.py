"""Which language a message is written in, where it is not the clinic's, and which of its words are no English.

Conservative: a foreign name, street, drug or greeting in an English message leaves it English; several function words
of a language, or its script in a good part of the message, make it that language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Set

from bot.knowledge.languages import LanguageSigns

MOSTLY = 0.4
"""Share of a message from which a script that is not Latin makes its language."""
LETTERS_OF_A_WORD = 2
"""Scripts without spaces: about so many letters make a word."""
SEVERAL = 2
"""So many words that only one language has are no accident."""
SHORTEST = 3
"""Words of a message in which one such word is enough, if half of it is that language and none of it is English."""
MANY = 3
"""So many such words between two commas, with no English among them, are a sentence of that language."""

_WORD = re.compile(r"[^\W\d_]+['’]?")
_PAUSE = re.compile(r"[.,;:!?\n]+")
_RUN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LAST_LATIN = 0x24F
_VIETNAMESE = range(0x1E00, 0x1F00)
"""Latin letters with two marks."""


class LanguageReader:
    """Tells languages apart by script and function words; `english` are the words the reader knows."""

    def __init__(self, signs: Iterable[LanguageSigns], *, english: Set[str]) -> None:
        self._by_words = tuple(one for one in signs if one.words)
        self._by_script = tuple(one for one in signs if one.script)
        self._foreign = frozenset(word for one in self._by_words for word in one.words)
        self._shared = self._foreign.union(*[one.weak for one in self._by_words])
        self._english = english

    def language_of(self, text: str) -> str | None:
        """The tag of the language, None where it is the clinic's or too little is said to tell."""
        return self._of_script(text) or self._of_words(text)

    def _of_words(self, text: str) -> str | None:
        words = self._words(text)
        if self._foreign.isdisjoint(words):
            return None
        return self._told_by(words) or next(filter(None, map(self._sentence_in, _PAUSE.split(text))), None)

    def _sentence_in(self, part: str) -> str | None:
        words = self._words(part)
        if sum(word in self._foreign for word in words) < MANY or any(self._is_english_only(word) for word in words):
            return None
        return self._told_by(words)

    def unfamiliar(self, text: str) -> tuple[str, ...]:
        """The words of the message that are no English; a slip of the pen is among them."""
        words = [run.replace("’", "'") for run in _RUN.findall(text.casefold())]
        return tuple(word for word in words if not self._is_english(word))

    def _is_english(self, word: str) -> bool:
        if word in self._foreign:
            return False
        plain = word.replace("'", "")
        return plain in self._english or word in self._english or plain.removesuffix("s") in self._english

    def _of_script(self, text: str) -> str | None:
        if text.isascii():
            return None
        others = [letter for letter in text if letter.isalpha() and not _is_latin(letter)]
        if not others:
            return None
        latin = sum(_is_latin(word[0]) for word in _WORD.findall(text))
        share = len(others) / LETTERS_OF_A_WORD
        if share < MOSTLY * (share + latin):
            return None
        fitting = Counter({one.id: sum(map(one.writes, others)) for one in self._by_script})
        most = max(fitting.values(), default=0)
        likely = [one for one in self._by_script if most and fitting[one.id] == most]
        own = {one.id: sum(letter in one.letters for letter in others) for one in likely}
        return max(own, key=lambda id: own[id], default=None)

    def _words(self, text: str) -> list[str]:
        words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
        return [word if word in self._foreign else word.rstrip("'") for word in words]

    def _is_english_only(self, word: str) -> bool:
        return word in self._english and word not in self._shared

    def _told_by(self, words: list[str]) -> str | None:
        best = max(self._by_words, key=lambda one: (_strong(one, words), _score(one, words)))
        strong, score = _strong(best, words), _score(best, words)
        english = sum(word in self._english and word not in best.words | best.weak for word in words)
        is_short = len(words) >= SHORTEST and strong and not english and 2 * score >= len(words)
        return best.id if is_short or (strong >= SEVERAL and score > english) else None


def _strong(signs: LanguageSigns, words: list[str]) -> int:
    return sum(word in signs.words for word in words)


def _score(signs: LanguageSigns, words: list[str]) -> int:
    return sum(word in signs.words or word in signs.weak for word in words)


def _is_latin(letter: str) -> bool:
    return ord(letter) <= _LAST_LATIN or ord(letter) in _VIETNAMESE
