"""Which findings a message names, before anyone judges whether they are there."""

from bot.clinical.vocabulary import Finding
from bot.knowledge.finding_words import ALSO, APART, DENIED, LISTED, LOOK_ALIKE
from bot.knowledge.word_tables import Table
from bot.reading.index import PhraseIndex
from bot.reading.patterns import Grammar
from bot.reading.phrases import Match, PhraseBook
from bot.reading.tokens import Tokens


class FindingBook:
    """The lexicon's phrases for findings, with what only looks like one.

    core_words: the words that name a finding by themselves, which misspellings are corrected towards.
    links, beside: what joins the items of a list, and what stands next to an item that counts only there.
    """

    def __init__(
        self,
        phrases: Table,
        *,
        grammar: Grammar,
        index: PhraseIndex | None = None,
        links: frozenset[str] = frozenset(),
        beside: frozenset[str] = frozenset(),
    ) -> None:
        self._book = PhraseBook(phrases, grammar=grammar, index=index)
        self._links = links
        self._beside = beside
        self.vocabulary = self._book.vocabulary
        alone = [
            grammar.parse(name, phrase) for name, listed in phrases.items() for phrase in listed if " " not in phrase
        ]
        self.core_words: frozenset[str] = frozenset().union(*[pattern.vocabulary for pattern in alone])

    def find(self, tokens: Tokens) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
        """The findings in reading order, without those a longer phrase explains away; and the look-alikes."""
        everything = self._book.find(tokens)
        found = tuple([match for match in everything if not _is_listed(match) or self._is_item(tokens, match)])
        return without_swallowed(tokens, found), tuple([match for match in found if match.label == LOOK_ALIKE])

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
        if before is None or match.start >= before.end:
            last[match.label] = len(found)
            found.append(match)
        elif match.end > before.end:
            found[last[match.label]] = _joined(before, match)
    return tuple(found)


def _joined(one: Match, other: Match) -> Match:
    return Match(one.label, one.start, other.end, f"{one.phrase} + {other.phrase}", one.own | other.own)
