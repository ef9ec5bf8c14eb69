"""A book of phrases and where they occur in a message, at a cost that depends on the message alone."""

from collections.abc import Iterable, Mapping

from bot.reading.index import Match, PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.tokens import Tokens

__all__ = ["NO_GRAMMAR", "Match", "PhraseBook", "covered"]

NO_GRAMMAR = Grammar(lists={}, inflections={})


class PhraseBook:
    """Phrases by label; each is tried only where its rarest word occurs in the message, beside the right neighbour.

    A phrase is words separated by blanks; `a|b` alternatives; `word?` may be missing; `{name}` a named word list;
    `...3` a gap of up to three words, never across a sentence end; `numb~` the word in all its inflections.
    Books with one `index` look their phrases up together.
    """

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]],
        *,
        grammar: Grammar = NO_GRAMMAR,
        index: PhraseIndex | None = None,
    ) -> None:
        patterns = [grammar.parse(label, phrase) for label, listed in phrases.items() for phrase in listed]
        self._index = index or PhraseIndex()
        self._number = self._index.add(patterns, resuming=grammar.resuming)
        self.vocabulary: frozenset[str] = frozenset().union(
            *[element.words for pattern in patterns for element in pattern.elements]
        )

    def find(self, tokens: Tokens) -> tuple[Match, ...]:
        """Every match, in reading order; of matches with one label the longest of those that overlap."""
        return self._index.matches(tokens, self._number)


def covered(matches: Iterable[Match]) -> frozenset[int]:
    """Every word that lies inside one of the matches."""
    return frozenset([at for match in matches for at in range(match.start, match.end)])
