"""What a message says as an answer: yes, no or unsure, and what that means for the findings that were asked about."""

from dataclasses import dataclass

from bot.clinical.vocabulary import Answer, Finding, Presence
from bot.knowledge.word_tables import Table
from bot.reading.asking import ASKS, FIRM, asks_back, wonders
from bot.reading.in_a_row import last_in_row, stands_alone
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.picking import Picker
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
    "yes_alone": Answer.YES,
    "yes_soft": Answer.YES,
    "no": Answer.NO,
    "no_alone": Answer.NO,
    "no_asked": Answer.NO,
    "no_soft": Answer.NO,
    "unsure": Answer.UNSURE,
}
"""What each list of answer words means; soft ones answer only where something was asked, or in a short message;
those of no_asked ("looks fine") answer only for findings that were asked about."""
ASKED = "no_asked"
ALONE = "_alone"
"""Answers only where they end their sentence: "I don't", not "I don't ride"."""
TAKEN_BACK = "taken_back"
"""A "no" to how it was asked that goes on to describe it: yes, unless the message speaks of something else."""
LIKENED = "likened"
"""A likeness; of the pain asked about it speaks even with a word of another finding: "it's more of a tightness"."""
REST_SAID = ("rest_open", "nothing_else")
"""What is said of the rest, wherever it stands: that it is not known, or that there is nothing."""
SELECTING = ("not_only", "everything_but", "nothing_but", "only", "both", "neither", *REST_SAID)
"""How a message picks from a list, the surest first."""
OFF_TOPIC = "off_topic"
TAKES_BACK = ("though", "course")
ASIDE_SAID = "aside"
"""Words about something else: "tired all the time" tells nothing of what was asked about."""
NOT_SELECTING = (ASIDE_SAID, "limits")
"""Words that hold one of those and pick nothing: "ONLY WHEN I press it"."""
SWALLOWS = frozenset({*MEANING, ASIDE_SAID, "course"})
"""Inside a longer phrase of these an answer word answers nothing: "no comment", "it never stops"."""


class AnswerReader:
    """Reads a message in the light of a question."""

    def __init__(self, words: Table, *, grammar: Grammar, small: Table, index: PhraseIndex | None = None) -> None:
        self._book = PhraseBook(words, grammar=grammar, index=index)
        self.picker = Picker(small)
        self._question_led = frozenset(small["question_led"])
        self._tags = frozenset(small["tags"])
        self._standing = frozenset(small["standing"])
        self._after_answer = frozenset(small["after_answer"])
        self.vocabulary = self._book.vocabulary

    def read(self, tokens: Tokens) -> Said:
        """The bare answer that the message begins with, or corrects itself to."""
        found = self._book.find(tokens)
        aside = asks_back(tokens, found, led=self._question_led, tags=self._tags)
        if aside:
            return Said(None, aside)
        said = _answers(tokens, found)
        first = _opening(tokens, said)
        if first is None:
            return _describes(found)
        first = last_in_row(tokens, said, first, after=self._after_answer)
        if _takes_back(found, first):
            return Said(Answer.YES, TAKEN_BACK, first.start, len(tokens.words))
        chosen = _corrected(tokens, found, said, first)
        return Said(MEANING[chosen.label], chosen.label.removesuffix(ALONE), chosen.start, chosen.end)

    def wonders(self, tokens: Tokens, said: Said) -> bool:
        """Whether the message begins by asking what was meant, so that it names findings only to ask."""
        return said.kind == ASKS or wonders(tokens, self._book.find(tokens))

    def found(self, tokens: Tokens) -> tuple[Match, ...]:
        """Every phrase of the answers' lists in the message."""
        return self._book.find(tokens)

    def selects(self, tokens: Tokens) -> str:
        """How a message picks from a list that was asked about, by the label of its words; empty when it does not."""
        found = self._book.find(tokens)
        longer = [match for match in found if match.label in (*SELECTING, *NOT_SELECTING)]
        own = [match for match in longer if not any(other.contains(match) for other in longer)]
        labels = {match.label for match in own}
        for kind in REST_SAID:
            if kind in labels:
                return kind
        early = {match.label for match in own if match.start <= OPENING}
        chosen = next((kind for kind in SELECTING if kind in early), "")
        return chosen or ("only" if "nothing_but" in labels else "")

    def bare(self, said: Said, tokens: Tokens, denied: tuple[tuple[int, int], ...], *, told: bool) -> Answer | None:
        """The answer that the message gives in so many words, whatever was asked; None when it only tells something.

        denied: the words that deny a finding in the message; a "no" among them ("no swelling") answers nothing else.
        told: whether the message speaks of findings; picking one of a list ("just the pain") denies what was asked.
        """
        short = len(tokens.words) <= SHORT_ANSWER
        if said == NOTHING_SAID and told and short and self.selects(tokens) == "only":
            return Answer.NO
        if said.kind not in MEANING or said.kind == ASKED or said.start > 1:
            return None
        if any(start <= said.start < end for start, end in denied):
            return None
        return MEANING[said.kind] if self._is_meant(said, tokens, brief=short and not told) else None

    def _is_meant(self, said: Said, tokens: Tokens, *, brief: bool) -> bool:
        alone = stands_alone(tokens, said.end)
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


def _answers(tokens: Tokens, found: tuple[Match, ...]) -> list[Match]:
    """The answers at the start and at the end that lie in no longer phrase: "no doubt" is no "no"."""
    last = len(tokens.words)
    longer = [match for match in found if match.label in SWALLOWS]
    anew = [match.end for match in found if match.label == "correction"]
    said = [
        match
        for match in longer
        if match.label in MEANING and (match.start <= OPENING or match.end == last or match.start in anew)
    ]
    return [
        match
        for match in said
        if (not match.label.endswith(ALONE) or stands_alone(tokens, match.end))
        and not any(other.contains(match) for other in longer)
    ]


def _opening(tokens: Tokens, said: list[Match]) -> Match | None:
    early = [match for match in said if match.start <= OPENING]
    if not early and said and _is_firm(said[-1]) and _is_fresh(tokens, said[-1].start):
        return said[-1]
    if not early:
        return None
    firm = [match for match in early if _is_firm(match) or match.end - match.start > 1]
    strong = [match for match in early if not match.label.endswith("_soft") and match in firm]
    return (strong or firm or early)[0]


def _is_firm(match: Match) -> bool:
    return match.label == ASKED or match.label.removesuffix(ALONE) in FIRM


def _is_fresh(tokens: Tokens, at: int) -> bool:
    """Whether something new begins at word `at`, or with the "so" or "but" before it."""
    return any(tokens.pauses[near] or tokens.clauses[near] != tokens.clauses[near - 1] for near in (at, at - 1))


def _corrected(tokens: Tokens, found: tuple[Match, ...], said: list[Match], first: Match) -> Match:
    """The answer after "actually" or a new start, when the message takes its first one back."""
    turns = {match.end for match in found if match.label == "correction" and match.start >= first.end}
    after = [match for match in said if match.label in FIRM and match.start in turns]
    if after:
        return after[-1]
    later = [match for match in said if match.start >= first.end]
    if not later or later[-1].end < len(tokens.words) or _only_excuses(first, later[-1]):
        return first
    meant = MEANING[later[-1].label]
    anew = [match for match in _agreeing(later, meant) if _begins_anew(tokens, match, first)]
    return anew[0] if anew and meant is not MEANING[first.label] else first


def _agreeing(said: list[Match], meant: Answer) -> list[Match]:
    """The answers at the end that all mean the same: "no; maybe a bit in the evening"."""
    others = [at for at, match in enumerate(said) if MEANING[match.label] is not meant]
    return said[others[-1] + 1 if others else 0 :]


def _only_excuses(first: Match, last: Match) -> bool:
    """Whether the last words are no answer after "not sure": "I haven't checked, I am sorry"."""
    return first.label == "unsure" and last.label.endswith(ALONE)


def _begins_anew(tokens: Tokens, last: Match, first: Match) -> bool:
    """Whether the last answer is a statement of its own: a new sentence, after "but", or a plain yes or no."""
    if tokens.sentences[last.start] != tokens.sentences[first.start] or tokens.pauses[last.start]:
        return True
    if last.end - last.start == 1 and last.label in ("yes", "no"):
        return True
    return tokens.clauses[last.start] != tokens.clauses[last.start - 1]


def _takes_back(found: tuple[Match, ...], first: Match) -> bool:
    """Whether a "no" to the wording goes on to say that it is there: "no, it's not that bad but ...".

    One who is not sure of the wording says so before or after: "it comes and goes, I couldn't tell you".
    """
    if MEANING[first.label] is Answer.UNSURE:
        return any(match.label == "course" for match in found)
    telling = TAKES_BACK if MEANING[first.label] is Answer.NO else ()
    no = [match for match in found if MEANING.get(match.label) is Answer.NO]
    denied = {at for match in no for at in range(match.start + 1, match.end)}
    denied.update([at for match in found if match.label == ASIDE_SAID for at in range(match.start, match.end)])
    return any(match.start >= first.end and match.label in telling and match.start not in denied for match in found)


def _describes(found: tuple[Match, ...]) -> Said:
    """A message that describes what it was asked about says yes without the word."""
    astray = any(match.label == OFF_TOPIC for match in found)
    for kind in ("course",) if astray else (LIKENED, "course", "content"):
        for match in found:
            if match.label == kind:
                return Said(Answer.YES, LIKENED if kind == LIKENED else "content", match.start, match.end)
    return Said(None, OFF_TOPIC) if astray else NOTHING_SAID
