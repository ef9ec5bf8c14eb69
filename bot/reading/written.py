"""The words of a message on their way into Tokens: what goes out again, and where sentences end."""

import re
from dataclasses import dataclass, field
from operator import eq
from typing import NamedTuple

from bot.knowledge.word_rules import WordRules

_SENTENCE_END = re.compile(r"(?<!\.)\.(?!\.)|[!?;\n]|\u2026\s*\n")
_PAUSE = re.compile(r"[,:()\[\]\u2013\u2014\u2026\"]|\.\.|\s-+\s|--")


class Spelt(NamedTuple):
    """A written word: as typed in lower case, in the variant that is used here, without its misspelling, its length.

    is_odd: it may be a number with its unit, or go together with the word before.
    """

    typed: str
    variant: str
    word: str
    size: int
    is_odd: bool


NO_WORD = Spelt("", "", "", 0, False)


@dataclass
class Written:
    """The words of a message on their way into Tokens, one list for each thing known of them.

    variants: what the next word may be joined to.
    """

    text: str
    words: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pauses: list[bool] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def add(self, spelt: Spelt, start: int, end: int) -> None:
        """Puts a word behind the others."""
        self.words.append(spelt.word)
        self.variants.append(spelt.variant)
        self.starts.append(start)
        self.ends.append(end)

    def mark_sentences(self) -> None:
        """Numbers the sentences, and says where a comma, bracket or dash stands before a word."""
        text, size = self.text, len(self.words)
        self.pauses, self.sentences = [False] * size, [0] * size
        sentence, end = 0, 0
        for at, start in enumerate(self.starts):
            if start != end + 1 or text[end] != " ":
                between = text[end:start]
                if at and _ends_sentence(text, end, start, between):
                    sentence += 1
                self.pauses[at] = _PAUSE.search(between) is not None
            self.sentences[at] = sentence
            end = self.ends[at]

    def keep(self, kept: list[int]) -> None:
        """Leaves out every word but these."""
        self.words = [self.words[at] for at in kept]
        self.starts = [self.starts[at] for at in kept]
        self.ends = [self.ends[at] for at in kept]
        self.pauses = [self.pauses[at] for at in kept]
        self.sentences = [self.sentences[at] for at in kept]


def _ends_sentence(text: str, end: int, start: int, between: str) -> bool:
    if between == "." and text[end - 1 : end].isdigit() and text[start].isdigit():
        return False
    return _SENTENCE_END.search(between) is not None


def without_fillers(words: Written, rules: WordRules) -> list[int]:
    """The words to keep; a pause before a filler goes to the word behind it."""
    kept: list[int] = []
    filling, after = rules.filling, 0
    for at, word in enumerate(words.words):
        size = _filler_size(words, at, rules) if at >= after and word in filling else 0
        if size:
            after = at + size
            if after < len(words.words):
                words.pauses[after] |= words.pauses[at] and bool(kept)
        elif at >= after:
            kept.append(at)
    return kept or list(range(len(words.words)))


def _filler_size(words: Written, at: int, rules: WordRules) -> int:
    """How many words of filler begin here; one that ends its sentence is an answer ("kind of.") and stays."""
    if words.words[at] in rules.fillers:
        return 1
    last = at + 2
    if last < len(words.words) and words.sentences[last] == words.sentences[at]:
        return 2 if (words.words[at], words.words[at + 1]) in rules.filler_pairs else 0
    return 0


def may_repeat(words: list[str]) -> bool:
    """Whether some word follows itself, at once or after one other."""
    return any(map(eq, words, words[1:])) or any(map(eq, words, words[2:]))


def without_stutters(words: Written) -> list[int]:
    """The words to keep: of a word said twice the second, of two words said twice ("it is it is") the first two."""
    kept: list[int] = []
    said, sentences = words.words, words.sentences
    for at, word in enumerate(said):
        if kept and said[kept[-1]] == word and not word.isdigit() and sentences[kept[-1]] == sentences[at]:
            words.pauses[at] = words.pauses[kept[-1]]
            kept[-1] = at
            continue
        kept.append(at)
        if len(kept) > 3 and said[kept[-3]] == word and _says_twice(words, kept):
            del kept[-2:]
    return kept


def _says_twice(words: Written, kept: list[int]) -> bool:
    """Whether the last two words repeat the two before them."""
    first, _, again, last = kept[-4:]
    if words.words[first] != words.words[again] or words.sentences[first] != words.sentences[last]:
        return False
    return not words.words[last].isdigit() and not words.pauses[again]
