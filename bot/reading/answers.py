"""What a message says as an answer: yes, no or unsure, and what that means for the findings that were asked about."""

from dataclasses import dataclass

from bot.clinical.vocabulary import Answer, Finding, Presence
from bot.knowledge.word_tables import Table
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.tokens import Tokens

OPENING = 3
"""How far from the start an answer may begin."""
SHORT_ANSWER = 8


@dataclass(frozen=True)
class Said:
    """An answer with the words that give it; `kind` says how it was worded."""

    answer: Answer | None
    kind: str = ""
    start: int = 0
    end: int = 0


NOTHING_SAID = Said(None)
MEANING = {
    "yes": Answer.YES,
    "yes_soft": Answer.YES,
    "no": Answer.NO,
    "no_soft": Answer.NO,
    "unsure": Answer.UNSURE,
}
"""What each list of answer words means; soft ones answer only where something was asked, or in a short message."""


class AnswerReader:
    """Reads a message in the light of a question."""

    def __init__(self, words: Table, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None) -> None:
        self._book = PhraseBook(words, grammar=grammar, index=index)
        self._standing = frozenset(small["standing"])
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens) -> Said:
        """The bare answer that the message begins with, or corrects itself to."""
        found = self._book.find(tokens)
        if _asks_back(tokens, found):
            return Said(None, "digression")
        last = len(tokens.words)
        said = [match for match in found if match.label in MEANING and (match.start <= OPENING or match.end == last)]
        said = _outermost(said)
        first = _opening(tokens, said)
        if first is None:
            return _describes(tokens, found)
        if MEANING[first.label] is Answer.NO and _takes_back(found, first):
            return Said(Answer.YES, "content", first.start, len(tokens.words))
        chosen = _corrected(tokens, said, first)
        return Said(MEANING[chosen.label], chosen.label, chosen.start, chosen.end)

    def selects(self, tokens: Tokens) -> str:
        """How a message picks from a list that was asked about, by the label of its words; empty when it does not."""
        found = self._book.find(tokens)
        kinds = {match.label for match in found if match.start <= OPENING}
        for kind in ("not_only", "everything_but", "nothing_but", "only", "both", "neither"):
            if kind in kinds:
                return kind
        return "only" if any(match.label == "nothing_but" for match in found) else ""

    def bare(self, said: Said, tokens: Tokens, denied: tuple[tuple[int, int], ...], *, told: bool) -> Answer | None:
        """The answer that the message gives in so many words, whatever was asked; None when it only tells something.

        denied: the words that deny a finding in the message; a "no" among them ("no swelling") answers nothing else.
        told: whether the message speaks of findings; picking one of a list ("just the pain") denies what was asked.
        """
        short = len(tokens.words) <= SHORT_ANSWER
        if said == NOTHING_SAID and told and short and self.selects(tokens) == "only":
            return Answer.NO
        if said.kind not in MEANING or said.start > 1 or any(at[0] <= said.start < at[1] for at in denied):
            return None
        return MEANING[said.kind] if self._is_meant(said, tokens, brief=short and not told) else None

    def _is_meant(self, said: Said, tokens: Tokens, *, brief: bool) -> bool:
        alone = _stands_alone(tokens, said)
        if said.kind in ("yes", "yes_soft") and tokens.words[said.start] in self._standing:
            return alone and (brief or said.kind == "yes")
        if said.kind in ("yes", "no"):
            return said.end - said.start == 1 or alone or brief
        return brief and said.start == 0


def applied(said: Said, asked: tuple[Finding, ...], mentioned: frozenset[Finding]) -> dict[Finding, Presence]:
    """What the answer means for the findings asked about that the message does not itself speak of."""
    meant = {Answer.YES: Presence.PRESENT, Answer.NO: Presence.ABSENT, Answer.UNSURE: Presence.UNKNOWN}
    if said.answer is None:
        return {}
    return {finding: meant[said.answer] for finding in asked if finding not in mentioned}


def _stands_alone(tokens: Tokens, said: Said) -> bool:
    """Whether the answer ends its sentence or a pause follows: "it does", not "it does swell"."""
    if said.end >= len(tokens.words):
        return True
    return tokens.pauses[said.end] or tokens.clauses[said.end] != tokens.clauses[said.end - 1]


def _asks_back(tokens: Tokens, found: tuple[Match, ...]) -> bool:
    return any(match.label == "digression" and match.start <= 1 for match in found) and _is_question(tokens)


def _is_question(tokens: Tokens) -> bool:
    return "?" in tokens.text or len(tokens.words) <= 12


def _outermost(said: list[Match]) -> list[Match]:
    """Answers that lie in no longer answer: "no doubt" is no "no"."""
    return [match for match in said if not any(other.contains(match) for other in said if other is not match)]


def _opening(tokens: Tokens, said: list[Match]) -> Match | None:
    early = [match for match in said if match.start <= OPENING]
    if not early and said and said[-1].label in ("yes", "no") and tokens.pauses[said[-1].start]:
        return said[-1]
    if not early:
        return None
    firm = [match for match in early if match.label in ("yes", "no") or match.end - match.start > 1]
    strong = [match for match in early if not match.label.endswith("_soft") and match in firm]
    return (strong or firm or early)[0]


def _corrected(tokens: Tokens, said: list[Match], first: Match) -> Match:
    """The answer after "actually" or a new start, when the message takes its first one back."""
    last = said[-1]
    ends = last.start >= first.end and last.end == len(tokens.words)
    if not ends or MEANING[last.label] is MEANING[first.label]:
        return first
    return last if _begins_anew(tokens, last, first) else first


def _begins_anew(tokens: Tokens, last: Match, first: Match) -> bool:
    """Whether the last answer is a statement of its own: a new sentence, after "but", or a plain yes or no."""
    if tokens.sentences[last.start] != tokens.sentences[first.start] or tokens.pauses[last.start]:
        return True
    if last.end - last.start == 1 and last.label in ("yes", "no"):
        return True
    return tokens.clauses[last.start] != tokens.clauses[last.start - 1]


def _takes_back(found: tuple[Match, ...], first: Match) -> bool:
    """Whether a "no" to the wording goes on to say that it is there: "no, it's not that bad but ..."."""
    return any(match.label == "though" and match.start >= first.end for match in found)


def _describes(tokens: Tokens, found: tuple[Match, ...]) -> Said:
    """A message that describes what it was asked about says yes without the word."""
    content = [match for match in found if match.label == "content"]
    if content:
        return Said(Answer.YES, "content", content[0].start, content[0].end)
    return NOTHING_SAID
