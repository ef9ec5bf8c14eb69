"""How a message tells of a sign: of whom, of now or long ago, as a question, or beside another complaint."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

RECENT, NOW, MINE, GOSSIP = "time_recent", "time_now", "mine_instead", "gossip"
SUPPOSED, OVER_SINCE, LONG_PAST, COMPLAINT = "hypothetical", "over_since", "long_past", "other_complaint"
ACUTE, ASKING, OTHER, FIRST = "acute", "asking", "other_person", "first_person"
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

    def is_own(self, match: Match) -> bool:
        """Whether the sentence of the match speaks of the writer."""
        return self._beside(FIRST, match)

    def is_supposed(self, match: Match) -> bool:
        """Whether it is only asked about: "if I ever lost feeling", with no word of when it happened."""
        if self.is_recent(match):
            return False
        return self._beside(SUPPOSED, match) or (self._opens_question(match) and not self._beside(FIRST, match))

    def is_gossip(self, match: Match) -> bool:
        """Whether what is told of another person is of long ago, or only stands beside the writer's own complaint."""
        if not self._is_of_another(match) or self._is_acute(match):
            return False
        return self._tells_own() or self._beside(GOSSIP, match)

    def is_over(self, match: Match) -> bool:
        """Whether it is told as something of long ago that has been well since."""
        if not self._is_long_past(match) or self.is_now(match):
            return False
        here = self._sentence(match)
        return any(0 <= self._sentence(one) - here <= 1 for one in self.said.get(OVER_SINCE, ()))

    def _is_of_another(self, match: Match) -> bool:
        """Whether another person comes in before the match and the writer has not come back since."""
        if self.someone and self.someone[match.start]:
            return True
        here = self._sentence(match)
        came = max([one.end for one in self.said.get(OTHER, ()) if one.end <= match.start], default=None)
        if came is None or here - self.tokens.sentences[came - 1] > 1:
            return False
        return not any(came <= one.start < match.end for one in self.said.get(FIRST, ()))

    def _tells_own(self) -> bool:
        own = [one for one in self.said.get(COMPLAINT, ()) if not self._is_of_another(one)]
        return bool(own) or bool(self.said.get(MINE))

    def _is_acute(self, match: Match) -> bool:
        """Whether the sentence of the match or one beside it speaks of today, so that help may still come in time."""
        here = self._sentence(match)
        return any(abs(self._sentence(one) - here) <= 1 for one in self.said.get(ACUTE, ()))

    def _opens_question(self, match: Match) -> bool:
        here = self._sentence(match)
        return any(
            self.tokens.sentences[one.start] == here
            and (one.start == 0 or self.tokens.sentences[one.start - 1] != here)
            for one in self.said.get(ASKING, ())
        )

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
