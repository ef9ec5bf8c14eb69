"""Whether a time or a date is that of the complaint's beginning, or of a visit, an operation or a plan."""

from bot.knowledge.word_tables import Durations, Table
from bot.reading.dates import beside
from bot.reading.tokens import Tokens

VISIT_REACH = 9
VISIT_AHEAD = 6
SINCE_AHEAD = 16
BEGUN_REACH = 12
AFTER_REACH = 2


class Beginnings:
    """Tells what the words around a time say of it; built once from the words of a language."""

    def __init__(self, words: Durations, *, small: Table) -> None:
        self._all_visits = words.visits
        self._visits = words.visits - words.eventful
        self._eventful = words.eventful
        self._onset = words.started | words.injured
        self._after = frozenset(small["date_after"])
        self._given_up, self._because_of = frozenset(small["given_up"]), frozenset(small["because_of"])
        self._since, self._denying = frozenset(small["since_then"]), frozenset(small["denying"])
        self.vocabulary = self._onset | words.eventful

    def has_begun(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether something is said to have begun or happened near these words."""
        sentence = tokens.sentences[start]
        around = beside(tokens, start)
        after = _clause_after(tokens, end)
        if not self._onset.isdisjoint(around | after) or not self._eventful.isdisjoint(after):
            return True
        if not self._visits.isdisjoint(around | after):
            return False
        reach = range(max(0, start - BEGUN_REACH), min(end + BEGUN_REACH, len(tokens.words)))
        near = {tokens.words[at] for at in reach if tokens.sentences[at] == sentence}
        return not self._onset.isdisjoint(near) or not self._eventful.isdisjoint(near)

    def is_after(self, tokens: Tokens, at: int, told: tuple[int, ...]) -> bool:
        """Whether a finding of the sentence came after what was done that day: "sore AFTER Wednesday's run"."""
        led = not self._after.isdisjoint(tokens.words[max(0, at - AFTER_REACH) : at])
        return led and any(tokens.sentences[found] == tokens.sentences[at] for found in told)

    def goes_on(self, tokens: Tokens, after: int) -> bool:
        """Whether what happened then goes on: "gave birth a year ago and it has hurt since", not "never since"."""
        ahead = range(after, min(len(tokens.words), after + SINCE_AHEAD))
        return any(
            tokens.words[at] in self._since
            and tokens.words[at - 1] not in self._denying
            and tokens.sentences[at] == tokens.sentences[after - 1]
            for at in ahead
        )

    def is_visit(self, tokens: Tokens, after: int, told: tuple[int, ...]) -> bool:
        """Whether "ten days ago" tells of a visit or an operation rather than of the complaint."""
        first = max(0, after - VISIT_REACH)
        last = min(len(tokens.words), after + VISIT_AHEAD)
        if self._gave_up(tokens, first, after) or self.goes_on(tokens, after):
            return False
        if not self._onset.isdisjoint(tokens.words[first:last]):
            return False
        clause = tokens.clauses[after - 1]
        if any(tokens.words[at] in self._all_visits and tokens.clauses[at] == clause for at in range(first, after)):
            return True
        if any(tokens.clauses[found] == clause for found in told):
            return False
        return any(tokens.words[at] in self._visits and tokens.clauses[at] == clause for at in range(after, last))

    def _gave_up(self, tokens: Tokens, first: int, after: int) -> bool:
        """Whether the patient gave something up because of the complaint: "quit golf a month ago because of it"."""
        told, why = tokens.words[first:after], tokens.words[after + 1 : after + 3]
        return not self._given_up.isdisjoint(told) and not self._because_of.isdisjoint(why)


def _clause_after(tokens: Tokens, end: int) -> frozenset[str]:
    """The words of the clause that begins at `end`, when it goes on with what stands before: "Monday I coughed"."""
    follows = end < len(tokens.words) and tokens.sentences[end] == tokens.sentences[end - 1]
    if not follows or tokens.pauses[end] or tokens.clauses[end] == tokens.clauses[end - 1]:
        return frozenset()
    return beside(tokens, end)
