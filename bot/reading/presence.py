"""Whether a finding is said to be there, denied, over, only imagined, uncertain, or another person's."""

from dataclasses import dataclass

from bot.clinical.vocabulary import About, Presence
from bot.knowledge.cues import Cues
from bot.knowledge.lexicon import DENIED
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.persons import Persons, find_persons
from bot.reading.phrases import NO_GRAMMAR, Match, PhraseBook
from bot.reading.scope import Marks, after, around, before, excepted, mark, within
from bot.reading.tokens import Tokens

DENIALS = ("deny", "deny_verb")
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
            likewise = self.marks.later(self.tokens, match, "likewise")
            if likewise is not None:
                return _by(self.tokens, likewise, Presence.PRESENT, About.PATIENT)
            return Judgement(found.presence, About.SOMEONE_ELSE, found.cue, found.span)
        return found


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
        return Scopes(tokens, marks, find_persons(tokens, marks.cues, matches, myself=self._cues.myself))


def judge(scopes: Scopes, match: Match) -> Judgement:
    """The judgement of one match, as Scopes.judge gives it."""
    return scopes.judge(match)


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
    if cue is not None and after(tokens, marks, match, "deny_after") is None:
        return _by(tokens, cue, Presence.UNKNOWN, About.HYPOTHETICAL)
    cue = before(tokens, marks, match, ("uncertain_before",), unknown=2)
    cue = cue or after(tokens, marks, match, "uncertain_after")
    return None if cue is None else _by(tokens, cue, Presence.UNKNOWN, About.PATIENT)


def _over(scopes: Scopes, match: Match) -> Judgement | None:
    """Gone, or of long ago."""
    tokens, marks = scopes.tokens, scopes.marks
    cue = before(tokens, marks, match, ("resolved_before",), unknown=0) or after(tokens, marks, match, "resolved_after")
    cue = cue or within(marks, match, ("resolved_before",)) or around(tokens, marks, match, "resolved_around")
    if cue is not None and not marks.returning(tokens, match):
        return _by(tokens, cue, Presence.ABSENT, About.PATIENT)
    cue = before(tokens, marks, match, ("past_before",), unknown=1)
    ended = marks.later(tokens, match, "resolved_later") if cue is not None else None
    if ended is not None:
        return _by(tokens, ended, Presence.ABSENT, About.PATIENT)
    if cue is not None and marks.later(tokens, match, "returns") is not None:
        return _by(tokens, cue, Presence.PRESENT, About.PATIENT)
    cue = cue or marks.near(tokens, match, "past_near") or around(tokens, marks, match, "past_near")
    return None if cue is None else _by(tokens, cue, Presence.PRESENT, About.PAST)


def _denied_by_name(scopes: Scopes, match: Match) -> Judgement:
    """What "pain-free" says: absent, unless that itself is denied, over or excepted ("no longer pain-free")."""
    tokens, marks = scopes.tokens, scopes.marks
    plain = marks.words.denying.isdisjoint(tokens.words[match.start : match.end])
    undone = before(tokens, marks, match, UNDOING, unknown=1) if plain else None
    if undone is not None and any(tokens.pauses[undone.end : match.start + 1]):
        undone = None
    hidden = plain and not marks.masked.isdisjoint(range(match.start, match.end))
    holds = undone is None and not hidden and not excepted(tokens, marks, match)
    return _by(tokens, undone or match, Presence.ABSENT if holds else Presence.PRESENT, About.PATIENT)


def _denied(scopes: Scopes, match: Match) -> Judgement | None:
    tokens, marks = scopes.tokens, scopes.marks
    own = tokens.words[match.start] in marks.words.noun_denials
    cue = None if own else before(tokens, marks, match, DENIALS, unknown=3)
    cue = cue or within(marks, match, DENIALS)
    if cue is None:
        cue = after(tokens, marks, match, "deny_after")
    if cue is None or after(tokens, marks, match, "affirm_after") is not None:
        return None
    if excepted(tokens, marks, match):
        return _by(tokens, cue, Presence.PRESENT, About.PATIENT)
    return _by(tokens, cue, Presence.ABSENT, About.PATIENT)


def _by(tokens: Tokens, cue: Match, presence: Presence, about: About) -> Judgement:
    return Judgement(presence, about, tokens.quote(cue.start, cue.end), (cue.start, cue.end))
