"""Whether a finding is said to be there, denied, over, only imagined, uncertain, or another person's."""

from dataclasses import dataclass

from bot.clinical.vocabulary import About, Presence
from bot.knowledge.cues import Cues
from bot.knowledge.finding_words import DENIED
from bot.reading.findings import is_upon_asking
from bot.reading.index import PhraseIndex
from bot.reading.marks import Marks, mark
from bot.reading.past import ended_later, feared_only, outlived, relieved
from bot.reading.patterns import Grammar
from bot.reading.persons import Persons, find_persons
from bot.reading.phrases import NO_GRAMMAR, Match, PhraseBook
from bot.reading.scope import after, around, before, excepted, within
from bot.reading.tokens import Tokens

DENIALS = ("deny", "deny_verb", "left_over")
AFFIRMING = ("affirm_after", "came_true")
PERSON_REACH = 12
UNDOING = (*DENIALS, "resolved_before", "past_before")


@dataclass(frozen=True)
class Judgement:
    """What the words around a match say of it; `cue` is the phrase that decided, `span` its words in the tokens."""

    presence: Presence
    about: About = About.PATIENT
    cue: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Scopes:
    """The cues of one message, ready to judge every match in it."""

    tokens: Tokens
    marks: Marks
    persons: Persons

    def judge(self, match: Match) -> Judgement:
        """Presence and owner of the match; PRESENT and PATIENT when no cue reaches it."""
        found = _said(self, match)
        if found.about is About.PATIENT and self.persons.is_someone_else(match):
            return _compared(self, match) or Judgement(found.presence, About.SOMEONE_ELSE, found.cue, found.span)
        if found.about is About.HYPOTHETICAL:
            return _none_of_it(self, match) or found
        return found

    def judge_all(self, matches: tuple[Match, ...]) -> tuple[Judgement, ...]:
        """Each match judged; what was there once and is said to be gone elsewhere in the message is over."""
        judged = tuple([self.judge(match) for match in matches])
        gone = {_finding(match): (match, each) for match, each in zip(matches, judged, strict=True) if _is_gone(each)}
        if not gone:
            return judged
        return tuple([_settled(self, *each, gone.get(_finding(each[0]))) for each in zip(matches, judged, strict=True)])


class PresenceJudge:
    """Finds the cues of a message; built once from the cues of a language.

    passable: words of places and qualities, which a denial passes on its way to a finding.
    """

    def __init__(
        self,
        cues: Cues,
        *,
        passable: frozenset[str] = frozenset(),
        grammar: Grammar = NO_GRAMMAR,
        index: PhraseIndex | None = None,
    ) -> None:
        self._book = PhraseBook(cues.phrases, grammar=grammar, index=index)
        self._cues = cues
        self._passable = passable | cues.passable
        self.vocabulary = self._book.vocabulary | self._passable | cues.blockers | cues.openers

    def scopes(self, tokens: Tokens, matches: tuple[Match, ...] = ()) -> Scopes:
        """The cues of the message; `matches` are the findings in it, which a list of denials runs through."""
        marks = mark(tokens, self._book.find(tokens), matches, cues=self._cues, passable=self._passable)
        return Scopes(tokens, marks, find_persons(tokens, marks.cues, matches, words=self._cues))


def judge(scopes: Scopes, match: Match) -> Judgement:
    """The judgement of one match, as Scopes.judge gives it."""
    return scopes.judge(match)


def _is_gone(judged: Judgement) -> bool:
    return judged.presence is Presence.ABSENT and judged.about is About.PATIENT and judged.span is not None


def _finding(match: Match) -> str:
    return match.label.removesuffix(DENIED)


def _settled(scopes: Scopes, match: Match, judged: Judgement, gone: tuple[Match, Judgement] | None) -> Judgement:
    """A past mention becomes absent where the last denial of its finding says that it is over now."""
    if gone is None or judged.presence is not Presence.PRESENT or judged.about is not About.PATIENT:
        return judged
    other, denied = gone
    if denied.span is None or not outlived(scopes.tokens, scopes.marks, match, other, denied.span):
        return judged
    return Judgement(Presence.ABSENT, About.PATIENT, denied.cue, denied.span)


def _said(scopes: Scopes, match: Match) -> Judgement:
    unreal = _unreal(scopes, match)
    if unreal is not None:
        return unreal
    if match.label.endswith(DENIED):
        return _denied_by_name(scopes, match)
    return _over(scopes, match) or _denied(scopes, match) or Judgement(Presence.PRESENT)


def _unreal(scopes: Scopes, match: Match) -> Judgement | None:
    """Hypothetical, or open: not said to be so."""
    tokens, marks = scopes.tokens, scopes.marks
    cue = marks.supposes(tokens, match) or marks.later(tokens, match, "hypothetical_after")
    cue = cue or _in_general(tokens, marks, match)
    if cue is not None and not _is_answered(scopes, match, cue):
        return _by(tokens, cue, Presence.UNKNOWN, About.HYPOTHETICAL)
    cue = before(tokens, marks, match, ("uncertain_before",), unknown=2)
    cue = cue or after(tokens, marks, match, "uncertain_after")
    return None if cue is None else _by(tokens, cue, Presence.UNKNOWN, About.PATIENT)


def _in_general(tokens: Tokens, marks: Marks, match: Match) -> Match | None:
    """The general question that the match stands in: "IS tingling A SIGN OF ms?"; not "is this tingling a sign of"."""
    cue = around(tokens, marks, match, "hypothetical_around")
    return None if cue is None or marks.is_given(tokens, match, first=cue.start) else cue


def _is_answered(scopes: Scopes, match: Match, question: Match) -> bool:
    """Whether what was asked or expected is decided after all: "expected it to hurt, AND IT DOES"."""
    tokens, marks = scopes.tokens, scopes.marks
    if after(tokens, marks, match, "deny_after") is not None or feared_only(tokens, marks, match) is not None:
        return True
    if after(tokens, marks, match, "came_true") is not None or _is_mine_too(tokens, marks, match):
        return True
    denial = before(tokens, marks, match, DENIALS, unknown=3)
    return denial is not None and denial.start >= question.end and any(tokens.pauses[question.end : denial.start + 1])


def _is_mine_too(tokens: Tokens, marks: Marks, match: Match) -> bool:
    """Whether the writer goes on with their own: "does anyone else get cramps? MINE started in June"."""
    mine = marks.first(match.end, "mine_too")
    return mine is not None and tokens.sentences[mine.start] - tokens.sentences[match.start] <= 1


def _over(scopes: Scopes, match: Match) -> Judgement | None:
    """Gone, or of long ago."""
    tokens, marks = scopes.tokens, scopes.marks
    cue = before(tokens, marks, match, ("resolved_before",), unknown=0) or after(tokens, marks, match, "resolved_after")
    cue = cue or within(marks, match, ("resolved_before",)) or around(tokens, marks, match, "resolved_around")
    if cue is not None and not marks.returning(tokens, match, cue):
        return _by(tokens, cue, Presence.ABSENT, About.PATIENT)
    cue = before(tokens, marks, match, ("past_before",), unknown=1)
    ended = marks.following(tokens, match, "resolved_later") if cue is not None else None
    if ended is not None:
        return _by(tokens, ended, Presence.ABSENT, About.PATIENT)
    if cue is not None and marks.later(tokens, match, "returns") is not None:
        return _by(tokens, cue, Presence.PRESENT, About.PATIENT)
    cue = cue or marks.near(tokens, match, "past_near") or around(tokens, marks, match, "past_near")
    cue = cue or _long_ago(scopes, match)
    if cue is not None:
        return _by(tokens, cue, Presence.PRESENT, About.PAST)
    return _ended(scopes, match)


def _ended(scopes: Scopes, match: Match) -> Judgement | None:
    """Of the past, and over as the words that follow say: "was numb for an hour, but THAT'S GONE"."""
    cue = ended_later(scopes.tokens, scopes.marks, match)
    if cue is None or scopes.marks.returning(scopes.tokens, match, cue):
        return None
    return _by(scopes.tokens, cue, Presence.ABSENT, About.PATIENT)


def _long_ago(scopes: Scopes, match: Match) -> Match | None:
    """The story of another time that the match is part of: "HAD a frozen shoulder TEN YEARS AGO"."""
    cue = around(scopes.tokens, scopes.marks, match, "past_around")
    if cue is None or scopes.marks.returning(scopes.tokens, match, cue):
        return None
    return cue


def _compared(scopes: Scopes, match: Match) -> Judgement | None:
    """What the writer says of themselves beside another person: "her legs swell, MINE DON'T", "SO DO I"."""
    likewise = scopes.marks.later(scopes.tokens, match, "likewise")
    if likewise is not None:
        return _by(scopes.tokens, likewise, Presence.PRESENT, About.PATIENT)
    unlike = scopes.marks.following(scopes.tokens, match, "unlike", reach=PERSON_REACH)
    if unlike is not None:
        return _by(scopes.tokens, unlike, Presence.ABSENT, About.PATIENT)
    return _none_of_it(scopes, match)


def _none_of_it(scopes: Scopes, match: Match) -> Judgement | None:
    """Whether the writer denies what was only talked of: "I've read of numbness, but I HAVE NONE OF THAT"."""
    cue = scopes.marks.first(match.end, "none_of_it")
    if cue is None or not scopes.marks.items.isdisjoint(range(cue.end, cue.end + 2)):
        return None
    return _by(scopes.tokens, cue, Presence.ABSENT, About.PATIENT)


def _denied_by_name(scopes: Scopes, match: Match) -> Judgement:
    """What "pain-free" says: absent, unless that itself is denied, over or excepted ("no longer pain-free")."""
    tokens, marks = scopes.tokens, scopes.marks
    plain = marks.words.denying.isdisjoint(tokens.words[match.start : match.end])
    undone = before(tokens, marks, match, UNDOING, unknown=1) if plain else None
    if undone is not None and (any(tokens.pauses[undone.end : match.start + 1]) or _is_apart(marks, undone, match)):
        undone = None
    hidden = plain and not marks.masked.isdisjoint(range(match.start, match.end))
    holds = undone is None and not hidden and not excepted(tokens, marks, match)
    return _by(tokens, undone or match, Presence.ABSENT if holds else Presence.PRESENT, About.PATIENT)


def _is_apart(marks: Marks, undone: Match, match: Match) -> bool:
    """Whether the denial is of something else: "I DON'T think so, it looks the same", "NOT HOT and sweat is normal"."""
    between = range(undone.end, match.start)
    return not marks.items.isdisjoint(between) or (is_upon_asking(match) and len(between) > 1)


def _denied(scopes: Scopes, match: Match) -> Judgement | None:
    tokens, marks = scopes.tokens, scopes.marks
    own = tokens.words[match.start] in marks.words.noun_denials
    cue = None if own else before(tokens, marks, match, DENIALS, unknown=3)
    cue = cue or within(marks, match, DENIALS)
    if cue is not None and cue.label == "left_over" and relieved(tokens, marks, cue):
        return _by(tokens, cue, Presence.PRESENT, About.PATIENT)
    cue = cue or after(tokens, marks, match, "deny_after") or feared_only(tokens, marks, match)
    if cue is None or any(after(tokens, marks, match, kind) is not None for kind in AFFIRMING):
        return None
    if excepted(tokens, marks, match):
        return _by(tokens, cue, Presence.PRESENT, About.PATIENT)
    return _by(tokens, cue, Presence.ABSENT, About.PATIENT)


def _by(tokens: Tokens, cue: Match, presence: Presence, about: About) -> Judgement:
    return Judgement(presence, about, tokens.quote(cue.start, cue.end), (cue.start, cue.end))
