"""The cues of a message that count, by where they begin and end: longer ones and masks have swallowed the rest."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bot.knowledge.cues import Cues
from bot.knowledge.finding_words import DENIED
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

REACH = 30
HYPOTHESIS_REACH = 9
GIVEN_REACH = 4
RETURN_REACH = 3
NEAR = 2
"""Words between the first and the last of a mask that is one thing though a comma stands in it: "the others, no"."""
SUBJECT_REACH = 4
FORWARD = frozenset(
    {"deny", "deny_verb", "left_over", "resolved_before", "past_before", "uncertain_before", "hypothetical_before"}
)
"""Kinds of cue that reach what follows them; they swallow one another, as those that reach back do."""
BACKWARD = frozenset({"deny_after", "resolved_after", "uncertain_after", "exception_after", "affirm_after", "returns"})
WHOLE = frozenset({"deny", "deny_verb", "resolved_before"})
"""Kinds that may not run across two clauses."""
ENDING = frozenset({"resolved_after", "over_later"})
"""Kinds whose last word a mask takes away: "and now it's GONE BLACK"."""
UNMASKED = frozenset({"mask", "relief", "unlike"})
CLOSING = frozenset({"unlike", "never_was", "came_true", "over_later", "likewise"})
"""Kinds that are whole statements: "mine don't" is none in "mine don't bend"."""


@dataclass(frozen=True)
class Marks:
    """The cues of a message by where they begin and end, and the words that cues and findings cover."""

    cues: tuple[Match, ...]
    ending: dict[int, Match]
    starting: dict[int, Match]
    masks: tuple[Match, ...]
    masked: frozenset[int]
    items: frozenset[int]
    words: Cues
    passable: frozenset[str]
    by_kind: dict[str, tuple[Match, ...]]

    def earlier(self, tokens: Tokens, match: Match, kind: str, *, shared: int = 0) -> Match | None:
        """The last cue of that kind before the match, in its sentence; it may share that many words with it."""
        found = self.by_kind.get(kind, ())
        at = bisect_right(found, match.start + shared, key=_end) - 1
        return found[at] if at >= 0 and _same(tokens, found[at], match) else None

    def supposes(self, tokens: Tokens, match: Match) -> Match | None:
        """The question or worry that the match is the object of, in its clause; its verb may be theirs in common."""
        cue = self.earlier(tokens, match, "hypothetical_before", shared=1)
        if cue is None or match.start - cue.end > HYPOTHESIS_REACH:
            return None
        if tokens.clauses[cue.end - 1] != tokens.clauses[match.start] or self._turns(tokens, cue.end, match.start):
            return None
        given = cue.end <= match.start and self.is_given(tokens, match, first=cue.end - 1)
        return None if given else cue

    def _turns(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether the writer comes back to themselves after a comma: "need information on prices, MY knee is sore"."""
        turns = range(first, last + 1)
        return any(tokens.pauses[at] and tokens.words[at] in self.words.myself for at in turns)

    def is_given(self, tokens: Tokens, match: Match, *, first: int) -> bool:
        """Whether "my headaches" or "this neck pain" is taken for granted in a question, of which `first` is a word."""
        before = match.start - 1
        owned = before >= 0 and tokens.words[before] in self.words.given
        if match.end - match.start > 1 and not (owned and tokens.words[match.end - 1] in self.words.named):
            return False
        if tokens.words[match.start] in self.words.no_nouns and not owned:
            return False
        first = max(match.start - GIVEN_REACH, first, 0)
        while before > first and tokens.words[before] not in self.words.presupposing:
            if tokens.words[before] not in self.passable or tokens.words[before] in self.words.either:
                return False
            before -= 1
        return before >= 0 and tokens.words[before] in self.words.given

    def later(self, tokens: Tokens, match: Match, kind: str) -> Match | None:
        """The first cue of that kind after the match, in its sentence."""
        cue = self.first(match.end, kind)
        return cue if cue is not None and _same(tokens, cue, match) else None

    def first(self, start: int, kind: str) -> Match | None:
        """The first cue of that kind from word `start` on."""
        found = self.by_kind.get(kind, ())
        at = bisect_left(found, start, key=start_of)
        return found[at] if at < len(found) else None

    def following(self, tokens: Tokens, match: Match, kind: str, *, reach: int = REACH) -> Match | None:
        """The first cue of that kind after the match, in its sentence or at the beginning of the next."""
        cue = self.first(match.end, kind)
        if cue is None or cue.start - match.end > reach:
            return None
        ahead = tokens.sentences[cue.start] - tokens.sentences[match.end - 1]
        return cue if ahead == 0 or (ahead == 1 and _opens(tokens, cue)) else None

    def returning(self, tokens: Tokens, match: Match, ended: Match) -> bool:
        """Whether what is said to be over has come back: "it went, but it's back"; another finding between owns it."""
        cue = self.first(max(match.end, ended.start), "returns")
        if cue is None or not _same(tokens, cue, match) or cue.start - match.end > REACH:
            return False
        if any(at in self.items for at in range(cue.end, cue.end + RETURN_REACH)):
            return False
        return not any(at in self.items for at in range(match.end, cue.start))

    def near(self, tokens: Tokens, match: Match, kind: str) -> Match | None:
        """A cue of that kind in the match's sentence, before or after."""
        return self.earlier(tokens, match, kind) or self.later(tokens, match, kind)


def mark(
    tokens: Tokens, found: tuple[Match, ...], items: tuple[Match, ...], *, cues: Cues, passable: frozenset[str]
) -> Marks:
    """The cues that stand after longer ones and masks have swallowed the shorter ones inside them."""
    owner = {at: item for item in items for at in range(item.start, item.end)}
    whole = [cue for cue in found if cue.label not in WHOLE or _in_one_clause(tokens, cue)]
    free = [cue for cue in whole if not _inside(tokens, owner.get(cue.start), cue)]
    free = [cue for cue in free if not _borrows(tokens, owner.get(cue.end - 1), cue, cues)]
    masks = [cue for cue in free if cue.label == "mask"]
    free = [cue for cue in free if not _denies_anew(tokens, cue, masks)]
    kept = _outermost([cue for cue in free if not _must_close(tokens, cue, cues) or _closes(tokens, cue, cues)])
    return Marks(
        cues=tuple([cue for cue in kept if cue.label != "mask"]),
        ending={cue.end - 1: cue for cue in kept if cue.label in FORWARD and cue.label != "hypothetical_before"},
        starting={cue.start: cue for cue in kept if cue.label.endswith("_after") or cue.label == "came_true"},
        masks=tuple([cue for cue in kept if cue.label == "mask"]),
        masked=frozenset([at for cue in kept if cue.label == "mask" for at in range(cue.start, cue.end)]),
        items=frozenset(owner),
        words=cues,
        passable=passable,
        by_kind=_by_kind(kept),
    )


def _denies_anew(tokens: Tokens, cue: Match, masks: list[Match]) -> bool:
    """Whether a mask only reaches over a comma to the next denial: "hurts IF I poke it, NOT tight".

    "The rest, no" is one thing and not two, but for "none of the rest, no tingling".
    """
    last = cue.end - 1
    if cue.label != "mask" or not tokens.pauses[last] or last == cue.start:
        return False
    begins_inside = any(one.start < cue.start < one.end for one in masks)
    return begins_inside or last - cue.start > NEAR


def _outermost(found: list[Match]) -> list[Match]:
    """Cues without those that lie inside a longer one."""
    kept: list[Match] = []
    for cue in sorted(found, key=lambda cue: (cue.start, -cue.end)):
        if not any(_swallows(other, cue) for other in kept[-6:]):
            kept[-6:] = [other for other in kept[-6:] if not _swallows(cue, other)]
            kept.append(cue)
    return kept


def _swallows(other: Match, cue: Match) -> bool:
    """Whether a mask undoes the cue, or a longer cue of its direction contains it."""
    if other.label == "mask":
        overlap = other.start < cue.end and cue.start < other.end
        opens = other.start == cue.start and cue.label in ("deny", "deny_verb")
        goes_on = other.start == cue.end - 1 and cue.label in ENDING
        longer = other.end - other.start >= cue.end - cue.start
        return overlap and cue.label not in UNMASKED and (opens or goes_on or longer)
    return other.contains(cue) and any({other.label, cue.label} <= group for group in (FORWARD, BACKWARD))


def _in_one_clause(tokens: Tokens, cue: Match) -> bool:
    """Whether the cue runs over no clause's end; words that it names may open one: "everything BUT the sweating"."""
    clauses, words = tokens.clauses, tokens.words
    inner = range(cue.start + 1, cue.end - 1)
    return all(clauses[at] == clauses[at - 1] or words[at] in cue.own for at in inner)


def _must_close(tokens: Tokens, cue: Match, words: Cues) -> bool:
    """Whether the cue counts only at the end of a statement: "numbness I HAVEN'T HAD", not "I haven't had a fall"."""
    first = tokens.words[cue.start]
    return cue.label in CLOSING or (cue.label == "deny_after" and (first in words.myself or first in words.closing))


def _closes(tokens: Tokens, cue: Match, words: Cues) -> bool:
    """Whether nothing follows in the statement that the cue ends ("mine don't"), and nothing in it undoes the cue."""
    if any(word in words.denying and word not in cue.own for word in tokens.words[cue.start : cue.end]):
        return False
    at = cue.end
    if at == len(tokens.words) or tokens.pauses[at] or tokens.words[at] in words.closing:
        return True
    if cue.label == "over_later" and tokens.words[at] in words.after_end:
        return True
    return tokens.sentences[at] != tokens.sentences[at - 1] or tokens.clauses[at] != tokens.clauses[at - 1]


def _opens(tokens: Tokens, cue: Match) -> bool:
    """Whether little stands before the cue in its sentence: "A WEEK OF REST cured it"."""
    first = max(0, cue.start - (SUBJECT_REACH if cue.label == "over_later" else 1) - 1)
    return tokens.sentences[first] != tokens.sentences[cue.start]


def _inside(tokens: Tokens, item: Match | None, cue: Match) -> bool:
    """Whether the cue is part of a finding's own words ("can't feel"), not in a gap of it ("foot is NOT cold").

    What denies itself ("isn't hot") still denies what is listed after it.
    """
    if item is None or item.start > cue.start or cue.end > item.end or item.label.endswith(DENIED):
        return False
    return tokens.words[cue.start] in item.own


def _borrows(tokens: Tokens, item: Match | None, cue: Match, words: Cues) -> bool:
    """Whether the cue ends in a denial that is a finding's own first word: "there's NO feeling in my heel".

    A mask that is but a denial and a finding's own words is none: "no CHANGE IN temperature".
    """
    last = cue.end - 1
    if item is not None and cue.label == "mask" and last > item.start == cue.start + 1:
        return tokens.words[cue.start] in words.bare_denials
    if item is None or item.start != last or cue.start == last or item.label.endswith(DENIED):
        return False
    return tokens.words[last] in words.bare_denials and tokens.words[last] in item.own


def _by_kind(cues: list[Match]) -> dict[str, tuple[Match, ...]]:
    kinds = {cue.label for cue in cues}
    return {kind: tuple([cue for cue in cues if cue.label == kind]) for kind in kinds}


def start_of(cue: Match) -> int:
    """Where the cue begins, to sort and search by."""
    return cue.start


def _end(cue: Match) -> int:
    return cue.end


def _same(tokens: Tokens, cue: Match, match: Match) -> bool:
    return tokens.sentences[cue.start] == tokens.sentences[match.start]
