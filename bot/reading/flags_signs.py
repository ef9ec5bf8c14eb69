"""Which concepts of the flag rules a message names, and which of these places count."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.clinical.vocabulary import About, Presence
from bot.knowledge.flag_book import FlagBook, Kind
from bot.reading.flags_told import Told
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.presence import Judgement, PresenceJudge, Scopes
from bot.reading.tokens import Tokens

LONGEST_QUOTE = 25
FARTHEST_DENIAL = 6
"""A denial farther away than this clears a flag only through a list of things denied."""
DENIALS = "denials"
"""The word list of every word that denies; a phrase that holds one says its denial itself."""
AFFIRMS, GOES, GOES_OFF = TURNS = ("affirms", "goes", "goes_off")
"""Words that begin a new statement after a denial; words of going, and what follows them where they mean an end."""
LOOK_ALIKES = "look_alikes"
"""The concept of expressions that only sound like a sign and swallow every sign that lies inside them."""
OVER = ("resolved_before", "resolved_after")
FELT = (Kind.SIGN, Kind.EVENT)


class SignFinder:
    """Finds the concepts of the rules in messages; built once."""

    def __init__(self, book: FlagBook, judge: PresenceJudge, *, inflections: Mapping[str, tuple[str, ...]]) -> None:
        grammar = Grammar(lists=book.lists, inflections=inflections)
        self._needs = tuple({frozenset(rule.all_of) for rule in book.rules})
        raising = frozenset().union(*self._needs)
        phrases = {one.name: one.phrases for one in book.concepts.values()}
        self._raising = PhraseBook({name: phrases[name] for name in phrases.keys() & raising}, grammar=grammar)
        self._beside = PhraseBook({name: phrases[name] for name in phrases.keys() - raising}, grammar=grammar)
        self._judge = judge
        self._lists = {name: frozenset(book.lists.get(name, ())) for name in (DENIALS, *TURNS)}
        self._kinds = {name: one.kind for name, one in book.concepts.items()}
        felt = [one for one in book.concepts.values() if one.kind in FELT]
        self.telling = frozenset([one.name for one in felt if not one.plain])
        """The concepts of what is felt or has happened that ordinary complaints hardly ever name."""
        self.vocabulary = self._raising.vocabulary | self._beside.vocabulary

    def find(self, tokens: Tokens, *, newest: int = 0) -> "Signs":
        """The concepts named in the message; `newest` is the first word of the newest message in joined text.

        What stands beside the signs (times, persons, vetoes) is looked for only where a rule may be fulfilled.
        """
        said = _by_name(self._raising.find(tokens))
        is_complete = any(needed <= said.keys() for needed in self._needs)
        if is_complete:
            said = _with_beside(said, self._beside.find(tokens))
        return Signs(tokens, said, self._kinds, self._judge, self._lists, newest, is_complete)

    def completed(self, signs: "Signs") -> "Signs":
        """The same with what stands beside signs (times, persons), though no rule needs it."""
        if signs.is_complete:
            return signs
        said = _with_beside(signs.said, self._beside.find(signs.tokens))
        return replace(signs, said=said, is_complete=True)


@dataclass
class Signs:
    """The concepts one message names; judgements are made when a rule asks for them.

    newest: in joined text the first word of the newest message, else 0. is_complete: what stands beside signs was
    looked for too.
    """

    tokens: Tokens
    said: Mapping[str, tuple[Match, ...]]
    kinds: Mapping[str, Kind]
    judge: PresenceJudge
    lists: Mapping[str, frozenset[str]]
    newest: int = 0
    is_complete: bool = False
    _scopes: Scopes | None = None
    _judged: dict[Match, Judgement] = field(default_factory=dict)

    def counting(self, name: str) -> tuple[Match, ...]:
        """The places where a concept is named and counts."""
        found = self.said.get(name, ())
        if self.kinds[name] is Kind.WORD and not self.newest:
            return found
        return tuple([match for match in found if self._counts(match)])

    def lasting(self, name: str) -> tuple[Match, ...]:
        """The places where a concept counts, or counted and has passed again."""
        return tuple([match for match in self.said.get(name, ()) if self._counts(match) or self._passed(match)])

    def is_doubtful(self, match: Match) -> bool:
        """Whether the patient is not sure of it, or only asks what would be."""
        if self.kinds[match.label] is Kind.WORD:
            return False
        if self.told.is_supposed(match):
            return True
        judgement = self.judgement(match)
        return judgement.presence is Presence.UNKNOWN and judgement.about is About.PATIENT

    def judgement(self, match: Match) -> Judgement:
        """What the words around a match say of it; a far denial and one inside the phrase itself clear nothing."""
        if match not in self._judged:
            found = self.scopes.judge(match)
            if self._is_own(match, found.span):
                found = Judgement(Presence.PRESENT)
            elif found.presence is Presence.ABSENT and self._is_no_denial(match, found.span):
                found = Judgement(Presence.PRESENT, found.about)
            self._judged[match] = found
        return self._judged[match]

    def quote(self, words: tuple[Match, ...]) -> str:
        """The words that raised a flag, as written."""
        start, end = min(one.start for one in words), max(one.end for one in words)
        if end - start <= LONGEST_QUOTE:
            return self.tokens.quote(start, end)
        spans = sorted({(one.start, one.end) for one in words})
        return " … ".join(dict.fromkeys(self.tokens.quote(*span) for span in spans))

    @property
    def scopes(self) -> Scopes:
        """The cues of the message, looked for once; phrases that deny by themselves make no list of denials."""
        if self._scopes is None:
            signs = [one for name, found in self.said.items() if self.kinds[name] is not Kind.WORD for one in found]
            plain = [one for one in signs if one.own.isdisjoint(self.lists[DENIALS])]
            self._scopes = self.judge.scopes(self.tokens, tuple(sorted(plain, key=_in_order)))
        return self._scopes

    @property
    def told(self) -> Told:
        """How the message tells of whom and of when."""
        return Told(self.tokens, self.said, self.scopes.persons.someone)

    def _counts(self, match: Match) -> bool:
        judgement, kind, told = self.judgement(match), self.kinds[match.label], self.told
        if judgement.presence is Presence.ABSENT:
            return False
        if kind is Kind.WORD:
            return True
        if judgement.about is About.HYPOTHETICAL:
            return told.is_recent(match)
        if kind is not Kind.DEED and told.is_gossip(match):
            return False
        if kind is not Kind.HISTORY and told.is_over(match):
            return False
        return kind is not Kind.SIGN or judgement.about is not About.PAST or told.is_now(match)

    def _passed(self, match: Match) -> bool:
        judgement = self.judgement(match)
        if judgement.presence is not Presence.ABSENT or judgement.about is not About.PATIENT:
            return False
        cues = [cue for kind in OVER for cue in self.scopes.marks.by_kind.get(kind, ())]
        return any((cue.start, cue.end) == judgement.span for cue in cues)

    def _is_own(self, match: Match, span: tuple[int, int] | None) -> bool:
        """Whether the cue is made of the phrase's own words, or stands in one that denies by itself."""
        if span is None or span[0] < match.start or match.end < span[1]:
            return False
        return not match.own.isdisjoint((*self.tokens.words[slice(*span)], *self.lists[DENIALS]))

    def _is_no_denial(self, match: Match, span: tuple[int, int] | None) -> bool:
        if span is None:
            return False
        if self._goes_on(span):
            return True
        between = range(span[1], match.start)
        if not self.lists[AFFIRMS].isdisjoint(self.tokens.words[span[1] : match.start]):
            return True
        return len(between) > FARTHEST_DENIAL and self.scopes.marks.items.isdisjoint(between)

    def _goes_on(self, span: tuple[int, int]) -> bool:
        """Whether a word of going is followed by where or how, and ends nothing: "the needle WENT in"."""
        at = span[1]
        words, sentences = self.tokens.words, self.tokens.sentences
        if words[at - 1] not in self.lists[GOES] or at >= len(words) or sentences[at] != sentences[at - 1]:
            return False
        return not self.tokens.pauses[at] and words[at] not in self.lists[GOES_OFF]


def _by_name(matches: tuple[Match, ...]) -> dict[str, tuple[Match, ...]]:
    named: dict[str, list[Match]] = {}
    for match in matches:
        named.setdefault(match.label, []).append(match)
    return {name: tuple(found) for name, found in named.items()}


def _with_beside(said: Mapping[str, tuple[Match, ...]], beside: tuple[Match, ...]) -> dict[str, tuple[Match, ...]]:
    """What the rules need and what stands beside it, without the signs that a look-alike swallows."""
    named = _by_name(beside)
    swallowing = named.get(LOOK_ALIKES, ())
    if not swallowing:
        return {**said, **named}
    left = {name: tuple([one for one in found if not _is_inside(one, swallowing)]) for name, found in said.items()}
    return {**{name: found for name, found in left.items() if found}, **named}


def _is_inside(match: Match, others: tuple[Match, ...]) -> bool:
    return any(other.start <= match.start and match.end <= other.end for other in others)


def _in_order(match: Match) -> tuple[int, int]:
    return match.start, -match.end
