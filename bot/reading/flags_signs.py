"""Which concepts of the flag rules a message names, and what the words around each say of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.clinical.vocabulary import About, Presence
from bot.knowledge.flag_book import FlagBook, Kind
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.presence import Judgement, PresenceJudge, Scopes
from bot.reading.scope import own_words
from bot.reading.tokens import Tokens

LONGEST_QUOTE = 25
CENTURIES = ("19", "20")
RECENT, NOW, MINE, GOSSIP = "time_recent", "time_now", "mine_instead", "gossip"
HYPOTHETICAL, OVER_SINCE, LONG_PAST = "hypothetical", "over_since", "long_past"
OVER = ("resolved_before", "resolved_after")


class SignFinder:
    """Finds the concepts of the rules in messages; built once."""

    def __init__(self, rules: FlagBook, judge: PresenceJudge, *, inflections: Mapping[str, tuple[str, ...]]) -> None:
        phrases = {one.name: [_spelt_out(phrase, rules.lists) for phrase in one.phrases] for one in rules.concepts.values()}
        self._book = PhraseBook(phrases, grammar=Grammar(lists={}, inflections=inflections))
        self._judge = judge
        self._kinds = {name: one.kind for name, one in rules.concepts.items()}
        self.vocabulary = self._book.vocabulary

    def find(self, tokens: Tokens, *, newest: int = 0) -> "Signs":
        """Every concept named in the message; `newest` is the first word of the newest message in joined text."""
        said: dict[str, list[Match]] = {}
        for match in self._book.find(tokens):
            said.setdefault(match.label, []).append(match)
        return Signs(tokens, {name: tuple(found) for name, found in said.items()}, self._kinds, self._judge, newest)


@dataclass
class Signs:
    """The concepts one message names; judgements are made when a rule asks for them.

    newest: in joined text the first word of the newest message, else 0.
    """

    tokens: Tokens
    said: Mapping[str, tuple[Match, ...]]
    kinds: Mapping[str, Kind]
    judge: PresenceJudge
    newest: int = 0
    _scopes: Scopes | None = None
    _judged: dict[Match, Judgement] = field(default_factory=dict)

    def counting(self, name: str) -> tuple[Match, ...]:
        """The places where a concept is named and counts."""
        kind = self.kinds[name]
        found = self.said.get(name, ())
        if kind is Kind.WORD and not self.newest:
            return found
        return tuple([match for match in found if self._counts(match, kind)])

    def lasting(self, name: str) -> tuple[Match, ...]:
        """The places where a concept counts, or counted and has passed again."""
        return tuple([match for match in self.said.get(name, ()) if self._counts(match, self.kinds[name]) or self._passed(match)])

    def is_doubtful(self, match: Match) -> bool:
        """Whether the patient is not sure of it, or only asks what would be."""
        if self.kinds[match.label] is Kind.WORD:
            return False
        if self._beside(HYPOTHETICAL, match) and not self.recent(match):
            return True
        judgement = self.judgement(match)
        return judgement.presence is Presence.UNKNOWN and judgement.about is About.PATIENT

    def judgement(self, match: Match) -> Judgement:
        """What the words around a match say of it."""
        if self._scopes is None:
            signs = [one for name, found in self.said.items() if self.kinds[name] is not Kind.WORD for one in found]
            self._scopes = self.judge.scopes(self.tokens, tuple(sorted(signs, key=lambda one: (one.start, -one.end))))
        if match not in self._judged:
            found = self._scopes.judge(match)
            if found.presence is Presence.ABSENT and self._says_it_itself(match, found):
                found = Judgement(Presence.PRESENT, found.about)
            self._judged[match] = found
        return self._judged[match]

    def _says_it_itself(self, match: Match, found: Judgement) -> bool:
        """Whether the denial is part of the phrase ("can't lift") rather than of what stands around it."""
        if found.span is None or found.span[0] < match.start or match.end < found.span[1]:
            return False
        return not own_words(match.phrase).isdisjoint(self.tokens.words[slice(*found.span)])

    def quote(self, words: tuple[Match, ...]) -> str:
        """The words that raised a flag, as written."""
        start, end = min(one.start for one in words), max(one.end for one in words)
        if end - start <= LONGEST_QUOTE:
            return self.tokens.quote(start, end)
        spans = sorted({(one.start, one.end) for one in words})
        return " … ".join(dict.fromkeys(self.tokens.quote(*span) for span in spans))

    def recent(self, match: Match) -> bool:
        """Whether the sentence of the match says that it is recent or worse."""
        return self._beside(RECENT, match)

    def _beside(self, name: str, match: Match) -> bool:
        sentence = self.tokens.sentences[match.start]
        return any(self.tokens.sentences[one.start] == sentence for one in self.said.get(name, ()))

    def _counts(self, match: Match, kind: Kind) -> bool:
        judgement = self.judgement(match)
        if judgement.presence is Presence.ABSENT:
            return False
        if judgement.about is About.HYPOTHETICAL:
            return self.recent(match)
        if judgement.about is About.SOMEONE_ELSE or self._is_gossip(match):
            return False
        if kind is not Kind.HISTORY and self._is_over(match):
            return False
        return kind is not Kind.SIGN or judgement.about is not About.PAST or self._beside(NOW, match)

    def _is_gossip(self, match: Match) -> bool:
        """Whether it is told of another person, of long ago or beside the writer's own complaint."""
        if self._scopes is None or not self._scopes.persons.someone or not self._scopes.persons.someone[match.start]:
            return False
        return bool(self.said.get(MINE)) or (self._beside(GOSSIP, match) and not self.recent(match))

    def _is_over(self, match: Match) -> bool:
        """Whether it is told as something of long ago that has been well since."""
        over = [self.tokens.sentences[one.start] for one in self.said.get(OVER_SINCE, ())]
        here = self.tokens.sentences[match.start]
        return self._is_long_past(match) and any(0 <= one - here <= 1 for one in over) and not self._beside(NOW, match)

    def _is_long_past(self, match: Match) -> bool:
        here = self.tokens.sentences[match.start]
        years = [at for at, word in enumerate(self.tokens.words) if len(word) == 4 and word.isdigit() and word[:2] in CENTURIES]
        return self._beside(LONG_PAST, match) or any(self.tokens.sentences[at] == here for at in years)

    def _passed(self, match: Match) -> bool:
        judgement = self.judgement(match)
        if judgement.presence is not Presence.ABSENT or judgement.about is not About.PATIENT or self._scopes is None:
            return False
        marks = self._scopes.marks
        cues = [cue for kind in OVER for cue in marks.by_kind.get(kind, ())]
        return any(self.tokens.quote(cue.start, cue.end) == judgement.cue for cue in cues)


def _spelt_out(phrase: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """The phrase with the words of its lists, so that it is seen which denials are its own."""
    return re.sub(r"\{(\w+)\}", lambda named: "|".join(lists.get(named[1], (named[0],))), phrase)
