"""Which place belongs to which finding: by closeness, prepositions, lists and "it"."""

from dataclasses import dataclass

from bot.knowledge.finding_words import LOOK_ALIKE
from bot.knowledge.word_tables import Table
from bot.reading.complaint import complaints
from bot.reading.phrases import Match
from bot.reading.places import Place
from bot.reading.tokens import Tokens

CLAUSE_COST = 6
PAUSE_COST = 2
SHORT_SENTENCE = 8
THERE_REACH = 5


@dataclass(frozen=True)
class AttachmentWords:
    """The small words by which places and findings hang together."""

    links: frozenset[str]
    back_references: frozenset[str]
    pronouns: frozenset[str]
    there: frozenset[str]
    travelling: frozenset[str]
    denying: frozenset[str]
    listing: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]

    @classmethod
    def of(cls, small: Table, *, prepositions: frozenset[str]) -> "AttachmentWords":
        """The words out of a lexicon's small words."""
        return cls(
            links=frozenset(small["links"]),
            back_references=frozenset(small["back_references"]),
            pronouns=frozenset(small["pronouns"]),
            there=frozenset(small["there"]),
            travelling=frozenset(small["travelling"]),
            denying=frozenset(small["denying"]),
            listing=frozenset(small["listing"]),
            determiners=frozenset(small["determiners"]),
            prepositions=prepositions,
        )


def attach(
    tokens: Tokens,
    findings: tuple[Match, ...],
    alike: tuple[Match, ...],
    places: tuple[Place, ...],
    *,
    words: AttachmentWords,
) -> tuple[tuple[Place, ...], ...]:
    """For each finding its places, in reading order; look-alikes ("hot flashes all over") draw places to themselves."""
    places = complaints(tokens, findings, places, words.pronouns)
    together = sorted((*findings, *alike), key=_start) if alike else findings
    owned = _attach(tokens, tuple(together), places, words)
    return tuple([found for match, found in zip(together, owned, strict=True) if match.label != LOOK_ALIKE])


def _start(match: Match) -> int:
    return match.start


def _attach(
    tokens: Tokens, findings: tuple[Match, ...], places: tuple[Place, ...], words: AttachmentWords
) -> tuple[tuple[Place, ...], ...]:
    owned: list[list[Place]] = [[] for _ in findings]
    groups = _groups(tokens, findings, places, words)
    left = 0
    previous: tuple[Place, int] | None = None
    for place in places:
        while left < len(findings) and findings[left].start < place.end:
            left += 1
        chosen = _choose(tokens, findings, place, left, words)
        if previous is not None and _is_listed(tokens, previous[0], place, findings, left, words):
            chosen = previous[1]
        if chosen is not None:
            previous = (place, chosen)
            for at in groups[chosen]:
                owned[at].append(place)
    _inherit(tokens, findings, owned, words)
    return tuple([tuple(found) for found in owned])


def _choose(
    tokens: Tokens, findings: tuple[Match, ...], place: Place, right: int, words: AttachmentWords
) -> int | None:
    """The finding that the place belongs to; `right` is the first finding that begins after it."""
    sentence = tokens.sentences[place.start]
    before = right - 1 if right and _sentence(tokens, findings[right - 1]) == sentence else None
    after = right if right < len(findings) and _sentence(tokens, findings[right]) == sentence else None
    if before is None and after is None:
        return _neighbour(tokens, findings, place, right, words)
    if before is None or after is None:
        return after if before is None else before
    led = _is_led(tokens, place, words)
    cost_before = _cost(tokens, findings[before].end, place.start)
    cost_after = _cost(tokens, place.end, findings[after].start) + (2 if led else 0)
    if led and cost_before < CLAUSE_COST:
        cost_before = min(cost_before, 1)
    return before if cost_before <= cost_after - (0 if led else 1) else after


def _neighbour(
    tokens: Tokens, findings: tuple[Match, ...], place: Place, right: int, words: AttachmentWords
) -> int | None:
    """For a place in a short sentence without a finding ("It's my knee."): the finding of the sentence beside it."""
    sentence = tokens.sentences[place.start]
    follows = right < len(findings) and _sentence(tokens, findings[right]) == sentence + 1
    if follows and _says_it(tokens, findings[right], words):
        return right
    if _length(tokens, place.start) > SHORT_SENTENCE and not _travels(tokens, place.start, words):
        return None
    if right and _sentence(tokens, findings[right - 1]) == sentence - 1:
        return right - 1
    return right if follows else None


def _travels(tokens: Tokens, at: int, words: AttachmentWords) -> bool:
    """Whether the sentence tells where "it" goes, however long: "It goes into my shoulders and down both arms"."""
    first = at
    while first > 0 and tokens.sentences[first - 1] == tokens.sentences[at] and at - first < THERE_REACH * 3:
        first -= 1
    opening = tokens.words[first : first + THERE_REACH]
    told = not words.pronouns.isdisjoint(opening[:2]) and words.denying.isdisjoint(opening)
    return told and not words.travelling.isdisjoint(opening)


def _says_it(tokens: Tokens, match: Match, words: AttachmentWords) -> bool:
    """Whether the match's sentence begins with "it" and so speaks of what was named before."""
    first = match.start
    while first > 0 and tokens.sentences[first - 1] == tokens.sentences[match.start] and match.start - first < 6:
        first -= 1
    if words.pronouns & set(tokens.words[first : first + 2]):
        return True
    return bool(words.there & set(tokens.words[match.end : match.end + THERE_REACH]))


def _length(tokens: Tokens, at: int) -> int:
    first = last = at
    while first > 0 and tokens.sentences[first - 1] == tokens.sentences[at] and at - first <= SHORT_SENTENCE:
        first -= 1
    while (
        last + 1 < len(tokens.words)
        and tokens.sentences[last + 1] == tokens.sentences[at]
        and last - at <= SHORT_SENTENCE
    ):
        last += 1
    return last - first + 1


def _sentence(tokens: Tokens, match: Match) -> int:
    return tokens.sentences[match.start]


def _is_led(tokens: Tokens, place: Place, words: AttachmentWords) -> bool:
    """Whether a preposition leads to the place: "in my left knee"."""
    for at in range(place.start - 1, max(-1, place.start - 5), -1):
        if tokens.words[at] in words.prepositions:
            return True
        if tokens.words[at] not in words.determiners:
            return False
    return False


def _cost(tokens: Tokens, start: int, end: int) -> int:
    if end <= start:
        return 0
    pauses = sum(tokens.pauses[start : min(end + 1, start + 40)])
    clauses = tokens.clauses[min(end, len(tokens.words) - 1)] - tokens.clauses[start - 1 if start else 0]
    return end - start + PAUSE_COST * pauses + CLAUSE_COST * clauses


def _is_listed(
    tokens: Tokens, last: Place, place: Place, findings: tuple[Match, ...], right: int, words: AttachmentWords
) -> bool:
    """Whether the place goes on a list that the last one began, and no finding stands between or follows directly."""
    between = range(last.end, place.start)
    if len(between) > 4 or tokens.sentences[last.start] != tokens.sentences[place.start]:
        return False
    if not all(tokens.words[at] in words.listing for at in between):
        return False
    if right and findings[right - 1].start >= last.end:
        return False
    follows_directly = right < len(findings) and 0 <= findings[right].start - place.end <= 1
    return not (follows_directly and _is_after(findings, right, last))


def _is_after(findings: tuple[Match, ...], right: int, last: Place) -> bool:
    """Whether a finding also stands before the list, so that the next one may own its last place."""
    return right > 0 and findings[right - 1].end <= last.start


def _groups(
    tokens: Tokens, findings: tuple[Match, ...], places: tuple[Place, ...], words: AttachmentWords
) -> list[range]:
    """For each finding the run of findings it is listed with: "numbness and tingling"."""
    taken = {at for place in places for at in range(place.start, place.end)}
    starts: list[int] = []
    for at, match in enumerate(findings):
        linked = at > 0 and _is_linked(tokens, findings[at - 1], match, taken, words)
        starts.append(starts[-1] if linked else at)
    ends: dict[int, int] = {first: at + 1 for at, first in enumerate(starts)}
    return [range(first, ends[first]) for first in starts]


def _is_linked(tokens: Tokens, one: Match, other: Match, taken: set[int], words: AttachmentWords) -> bool:
    between = range(one.end, other.start)
    if len(between) > 4 or _sentence(tokens, one) != _sentence(tokens, other):
        return False
    return all(tokens.words[at] in words.links and at not in taken for at in between)


def _inherit(tokens: Tokens, findings: tuple[Match, ...], owned: list[list[Place]], words: AttachmentWords) -> None:
    """A finding without a place takes the last one's when it speaks of "it" or "there"."""
    for at in range(1, len(findings)):
        if not owned[at] and owned[at - 1] and _refers_back(tokens, findings[at - 1], findings[at], words):
            owned[at] = list(owned[at - 1])


def _refers_back(tokens: Tokens, one: Match, other: Match, words: AttachmentWords) -> bool:
    if _sentence(tokens, other) - _sentence(tokens, one) > 1 or other.start - one.end > 20:
        return False
    return any(word in words.back_references for word in tokens.words[one.end : other.end + 2])
