"""Which findings a message names, before anyone judges whether they are there."""

from bot.clinical.vocabulary import Finding
from bot.knowledge.finding_words import ALSO, APART, ASKED, DENIED, LISTED, LOOK_ALIKE
from bot.knowledge.word_tables import Table
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.tokens import Tokens

WORDS = ("links", "beside_item", "going_on", "turning")
"""The lists of small words that it is told by."""
NEAR = 2
"""Words between two denials of one finding that are one."""


class FindingBook:
    """The lexicon's phrases for findings, with what only looks like one.

    core_words: the words that name a finding by themselves, which misspellings are corrected towards.
    small: what joins the items of a list, what stands next to an item that counts only there, words before
    which "nothing" denies the rest ("sore when I press, nothing ELSE"), and words that end a denial: "no, JUST sore".
    answering: how phrases are read that count only upon asking; their denials may follow a comma.
    """

    def __init__(
        self,
        phrases: Table,
        *,
        grammar: Grammar,
        answering: Grammar | None = None,
        index: PhraseIndex | None = None,
        small: Table | None = None,
    ) -> None:
        usual = {name: listed for name, listed in phrases.items() if not name.endswith(ASKED)}
        asked = {name: listed for name, listed in phrases.items() if name.endswith(ASKED)}
        self._book = PhraseBook(usual, grammar=grammar, index=index)
        self._asked = PhraseBook(asked, grammar=answering or grammar, index=index)
        words = small or {}
        self._links, self._beside, self._going_on, self._turning = [frozenset(words.get(name, ())) for name in WORDS]
        self.vocabulary = self._book.vocabulary | self._asked.vocabulary
        alone = [
            grammar.parse(name, phrase) for name, listed in usual.items() for phrase in listed if " " not in phrase
        ]
        self.core_words: frozenset[str] = frozenset().union(*[pattern.vocabulary for pattern in alone])

    def find(
        self, tokens: Tokens, asked: tuple[Finding, ...] = (), *, denied: tuple[Finding, ...] = ()
    ) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
        """The findings in reading order, without those a longer phrase explains away; and the look-alikes.

        asked: the findings asked about, for which more words count; denied: those for which more denials count.
        """
        everything = self._book.find(tokens)
        if asked or denied:
            everything += self._upon_asking(tokens, asked, denied)
        found = tuple([match for match in everything if not _is_listed(match) or self._is_item(tokens, match)])
        return without_swallowed(tokens, found), tuple([match for match in found if match.label == LOOK_ALIKE])

    def _upon_asking(
        self, tokens: Tokens, asked: tuple[Finding, ...], denied: tuple[Finding, ...]
    ) -> tuple[Match, ...]:
        """The matches of those phrases that count only upon asking."""
        wanted = {finding.value + group for finding in asked for group in ("", DENIED)}
        wanted.update([finding.value + DENIED for finding in denied])
        found = [
            match._replace(label=match.label.removesuffix(ASKED), phrase=f"{ASKED} {match.phrase}")
            for match in self._asked.find(tokens)
        ]
        return tuple([match for match in found if match.label in wanted and self._ends(tokens, match)])

    def _ends(self, tokens: Tokens, match: Match) -> bool:
        """Whether a denial is whole: it leads to none of the rest, and runs over no "just" and no "except"."""
        if not match.label.endswith(DENIED):
            return True
        leads_on = match.end < len(tokens.words) and tokens.words[match.end] in self._going_on
        return not leads_on and self._turning.isdisjoint(set(tokens.words[match.start : match.end]) - match.own)

    def _is_item(self, tokens: Tokens, match: Match) -> bool:
        """Whether the match is one item of a list, next to an item that can be its fellow: "red, HOT, throbbing"."""
        before, after = self._item_before(tokens, match.start), self._item_after(tokens, match.end)
        return before is not None and after is not None and not self._beside.isdisjoint((before, after))

    def _item_before(self, tokens: Tokens, start: int) -> str | None:
        """The word of the list that ends before this place; "" at a sentence's beginning, None inside a phrase."""
        at, parted = start, False
        while at and tokens.sentences[at - 1] == tokens.sentences[start]:
            parted = parted or tokens.pauses[at]
            if tokens.words[at - 1] not in self._links:
                return tokens.words[at - 1] if parted or at < start else None
            at -= 1
        return ""

    def _item_after(self, tokens: Tokens, end: int) -> str | None:
        """The word of the list that begins at this place; "" at a sentence's end, None inside a phrase."""
        at, parted = end, False
        while at < len(tokens.words) and tokens.sentences[at] == tokens.sentences[end - 1]:
            parted = parted or tokens.pauses[at]
            if tokens.words[at] not in self._links:
                return tokens.words[at] if parted or at > end else None
            at += 1
        return ""


def without_swallowed(tokens: Tokens, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Matches outside look-alikes and outside longer phrases, except phrases that let shorter ones count."""
    kept: list[Match] = []
    longer: list[Match] = []
    for match in sorted(_not_apart(matches), key=lambda found: (found.start, -found.end, found.label != LOOK_ALIKE)):
        longer = [other for other in longer if other.end > match.start]
        if match.label != LOOK_ALIKE and not any(_swallows(tokens, other, match) for other in longer):
            kept.append(match._replace(label=match.label.removesuffix(ALSO).removesuffix(LISTED)))
        if match.label == LOOK_ALIKE or not (match.label.endswith((ALSO, LISTED)) or _pauses(tokens, match)):
            longer.append(match)
    return _without_repeats(_denials_first(kept))


def _not_apart(matches: tuple[Match, ...]) -> list[Match]:
    """Without what overlaps a phrase that says it is none of that finding: "hurts when I lean" in "lean forward"."""
    apart = [match for match in matches if match.label.endswith(APART)]
    if not apart:
        return list(matches)
    undone = {(match.label.removesuffix(APART), at) for match in apart for at in _words_of(match)}
    others = [match for match in matches if not match.label.endswith(APART)]
    return [match for match in others if not any((_bare(match.label), at) in undone for at in _words_of(match))]


def finding_of(match: Match) -> Finding:
    """The finding that a match names."""
    return Finding(match.label.removesuffix(DENIED))


def _bare(label: str) -> str:
    return label.removesuffix(ALSO).removesuffix(DENIED).removesuffix(LISTED)


def is_upon_asking(match: Match) -> bool:
    """Whether the words count only where the finding was asked about."""
    return match.phrase.startswith(ASKED)


def denies(match: Match) -> bool:
    """Whether the words themselves deny the finding: "painless"."""
    return match.label.endswith(DENIED)


def _is_listed(match: Match) -> bool:
    """Whether the phrase counts only as an item of a list."""
    return match.label.endswith(LISTED)


def _pauses(tokens: Tokens, match: Match) -> bool:
    """Whether a comma or dash stands inside the match, so that it may hold a list."""
    return any(tokens.pauses[match.start + 1 : match.end])


def _swallows(tokens: Tokens, other: Match, match: Match) -> bool:
    """Whether the longer phrase names the match's words itself, and does not only skip them in a gap."""
    if match.start < other.start or other.end < match.end:
        return False
    if other.label != LOOK_ALIKE and tokens.words[match.start] not in other.own:
        return False
    return other.contains(match) or (other.label == LOOK_ALIKE and match.end - match.start == 1)


def _denials_first(kept: list[Match]) -> list[Match]:
    """Without what a denial of the same finding overlaps: "not warm to touch" denies, "warm to touch" goes."""
    denied = {(match.label, at) for match in kept if denies(match) for at in range(match.start, match.end)}
    return [match for match in kept if not any((match.label + DENIED, at) in denied for at in _words_of(match))]


def _words_of(match: Match) -> range:
    return range(match.start, match.end)


def _without_repeats(kept: list[Match]) -> tuple[Match, ...]:
    """Matches of one finding that overlap, put together."""
    last: dict[str, int] = {}
    found: list[Match] = []
    for match in kept:
        before = found[last[match.label]] if match.label in last else None
        if before is None or (match.start >= before.end and not _goes_on(before, match)):
            last[match.label] = len(found)
            found.append(match)
        elif match.end > before.end:
            found[last[match.label]] = _joined(before, match)
    return tuple(found)


def _goes_on(one: Match, other: Match) -> bool:
    """Whether the second denial goes on with the first, which then is no denial of it: "isn't sore to touch, fine"."""
    return one.label.endswith(DENIED) and other.start - one.end <= NEAR


def _joined(one: Match, other: Match) -> Match:
    return Match(one.label, one.start, other.end, f"{one.phrase} + {other.phrase}", one.own | other.own)
