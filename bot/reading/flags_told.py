"""How a message tells of a sign: of whom, of now or long ago, as a question, or beside another complaint."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

RECENT, NOW, MINE, GOSSIP = "time_recent", "time_now", "mine_instead", "gossip"
SUPPOSED, OVER_SINCE, LONG_PAST, COMPLAINT = "hypothetical", "over_since", "long_past", "other_complaint"
CENTURIES = ("19", "20")


@dataclass(frozen=True)
class Told:
    """The telling of one message, by the time and person concepts named in it.

    someone: for each word whether it speaks of a person other than the writer; empty when nobody else comes in.
    """

    tokens: Tokens
    said: Mapping[str, tuple[Match, ...]]
    someone: tuple[bool, ...]

    def is_recent(self, match: Match) -> bool:
        """Whether the sentence of the match says that it is recent or worse."""
        return self._beside(RECENT, match)

    def is_now(self, match: Match) -> bool:
        """Whether the sentence of the match speaks of now."""
        return self._beside(NOW, match)

    def is_supposed(self, match: Match) -> bool:
        """Whether it is only asked about: "if I ever lost feeling", with no word of when it happened."""
        return self._beside(SUPPOSED, match) and not self.is_recent(match)

    def is_gossip(self, match: Match) -> bool:
        """Whether what is told of another person is of long ago, or only stands beside the writer's own complaint."""
        if not self._is_of_another(match):
            return False
        if self._is_fresh(match):
            return bool(self.said.get(MINE)) and not self.is_recent(match)
        return self._tells_own() or self._beside(GOSSIP, match)

    def is_over(self, match: Match) -> bool:
        """Whether it is told as something of long ago that has been well since."""
        if not self._is_long_past(match) or self.is_now(match):
            return False
        here = self._sentence(match)
        return any(0 <= self._sentence(one) - here <= 1 for one in self.said.get(OVER_SINCE, ()))

    def _is_of_another(self, match: Match) -> bool:
        return bool(self.someone) and self.someone[match.start]

    def _tells_own(self) -> bool:
        own = [one for one in self.said.get(COMPLAINT, ()) if not self._is_of_another(one)]
        return bool(own) or bool(self.said.get(MINE))

    def _is_fresh(self, match: Match) -> bool:
        """Whether the sentence of the match or one beside it speaks of now or of lately."""
        here = self._sentence(match)
        said = [one for name in (RECENT, NOW) for one in self.said.get(name, ())]
        return any(abs(self._sentence(one) - here) <= 1 for one in said)

    def _is_long_past(self, match: Match) -> bool:
        here = self._sentence(match)
        years = [at for at, word in enumerate(self.tokens.words) if _is_year(word)]
        return self._beside(LONG_PAST, match) or any(self.tokens.sentences[at] == here for at in years)

    def _beside(self, name: str, match: Match) -> bool:
        here = self._sentence(match)
        return any(self._sentence(one) == here for one in self.said.get(name, ()))

    def _sentence(self, match: Match) -> int:
        return self.tokens.sentences[match.start]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in CENTURIES
