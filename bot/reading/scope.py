"""How far a cue reaches: which words a denial passes, and which stop it."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bot.knowledge.cues import Cues
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

REACH = 30
AFTER_REACH = 10
EXCEPTION_REACH = 6
FORWARD = frozenset({"deny", "deny_verb", "resolved_before", "past_before", "uncertain_before", "hypothetical_before"})
"""Kinds of cue that reach what follows them; they swallow one another, as those that reach back do."""
WHOLE = frozenset({"deny", "deny_verb", "resolved_before"})
"""Kinds that may not run across two clauses."""
BACKWARD = frozenset({"deny_after", "resolved_after", "uncertain_after", "exception_after", "affirm_after", "returns"})
HYPOTHESIS_REACH = 9
GIVEN_REACH = 4
SHORTLY_BEFORE = 4
RETURN_REACH = 3


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

    def earlier(self, tokens: Tokens, match: Match, kind: str) -> Match | None:
        """The last cue of that kind before the match, in its sentence."""
        found = self.by_kind.get(kind, ())
        at = bisect_right(found, match.start, key=_end) - 1
        return found[at] if at >= 0 and _same(tokens, found[at], match) else None

    def supposes(self, tokens: Tokens, match: Match) -> Match | None:
        """The question or worry that the match is the object of, in its clause."""
        cue = self.earlier(tokens, match, "hypothetical_before")
        if cue is None or match.start - cue.end > HYPOTHESIS_REACH:
            return None
        if tokens.clauses[cue.end - 1] != tokens.clauses[match.start]:
            return None
        return None if self._is_given(tokens, match) else cue

    def _is_given(self, tokens: Tokens, match: Match) -> bool:
        """Whether "my headaches" or "this neck pain" is taken for granted in the question."""
        before = match.start - 1
        owned = before >= 0 and tokens.words[before] in self.words.given
        if match.end - match.start > 1 or (tokens.words[match.start] in self.words.no_nouns and not owned):
            return False
        while before > match.start - GIVEN_REACH and before > 0 and tokens.words[before] not in self.words.presupposing:
            if tokens.words[before] not in self.passable:
                return False
            before -= 1
        return before >= 0 and tokens.words[before] in self.words.given

    def later(self, tokens: Tokens, match: Match, kind: str) -> Match | None:
        """The first cue of that kind after the match, in its sentence."""
        found = self.by_kind.get(kind, ())
        at = bisect_left(found, match.end, key=_start)
        return found[at] if at < len(found) and _same(tokens, found[at], match) else None

    def returning(self, tokens: Tokens, match: Match) -> bool:
        """Whether what is said to be over has come back: "it went, but it's back"; another finding between owns it."""
        cue = self.later(tokens, match, "returns")
        if cue is None or cue.start - match.end > REACH:
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
    kept = _outermost([cue for cue in whole if not _inside(tokens, owner.get(cue.start), cue)])
    return Marks(
        cues=tuple([cue for cue in kept if cue.label != "mask"]),
        ending={cue.end - 1: cue for cue in kept if cue.label in FORWARD and cue.label != "hypothetical_before"},
        starting={cue.start: cue for cue in kept if cue.label.endswith("_after")},
        masks=tuple([cue for cue in kept if cue.label == "mask"]),
        masked=frozenset([at for cue in kept if cue.label == "mask" for at in range(cue.start, cue.end)]),
        items=frozenset(owner),
        words=cues,
        passable=passable,
        by_kind=_by_kind(kept),
    )


def before(tokens: Tokens, marks: Marks, match: Match, kinds: tuple[str, ...], *, unknown: int) -> Match | None:
    """The cue of those kinds that reaches the match from before it."""
    if marks.by_kind.keys().isdisjoint(kinds):
        return None
    strange, at = 0, match.start - 1
    shared = marks.ending.get(match.start)
    if shared is not None and shared.label in kinds and shared.start < match.start:
        return shared
    if kinds == ("uncertain_before",) and at >= 0 and tokens.words[at] in marks.words.presupposing:
        return None
    while at >= max(0, match.start - REACH) and _joined(tokens, at):
        cue = marks.ending.get(at)
        if cue is not None and cue.label in kinds:
            return cue if _reaches(tokens, marks, cue, match, strange) else None
        if at in marks.items:
            strange = 0
        elif at in marks.masked or _stops(tokens, marks, at):
            return None
        elif tokens.words[at] not in marks.passable:
            strange += 1
            if strange > unknown:
                return None
        at -= 1
    return None


def after(tokens: Tokens, marks: Marks, match: Match, kind: str) -> Match | None:
    """The cue of that kind that follows the match with nothing but passable words between."""
    if kind not in marks.by_kind:
        return None
    last = min(len(tokens.words), match.end + AFTER_REACH)
    listed = False
    for at in range(match.end, last):
        if tokens.sentences[at] != tokens.sentences[at - 1] and not _asked(tokens, match, at):
            return None
        cue = marks.starting.get(at)
        if cue is not None and cue.label == kind and not (listed and not _means_all(tokens, marks, cue)):
            return None if _belongs_forward(tokens, marks, cue) else cue
        if at in marks.items and _is_list(tokens, marks, match, at):
            listed = listed or at - 1 not in marks.items or tokens.pauses[at]
            continue
        if at in marks.items or at in marks.masked or at in marks.ending:
            return None
        if tokens.words[at] not in marks.passable or tokens.words[at] in marks.words.blockers:
            return None
    return None


def _is_list(tokens: Tokens, marks: Marks, match: Match, at: int) -> bool:
    """Whether only "and", "or" and commas stand between the match and word `at`, which is of another finding."""
    words = marks.words
    return all(spot in marks.items or tokens.words[spot] in words.listing for spot in range(match.end, at))


def _means_all(tokens: Tokens, marks: Marks, cue: Match) -> bool:
    """Whether the cue speaks of every finding listed before it: "swelling and numbness: no to BOTH"."""
    return not marks.words.all_of_them.isdisjoint(tokens.words[cue.start : cue.end])


def within(marks: Marks, match: Match, kinds: tuple[str, ...]) -> Match | None:
    """A cue of those kinds in a gap of the match itself: "foot does NOT feel cold"."""
    for at in range(match.start, match.end):
        cue = marks.ending.get(at)
        if cue is not None and cue.label in kinds and cue.start > match.start:
            return cue
    return None


def around(tokens: Tokens, marks: Marks, match: Match, kind: str) -> Match | None:
    """The cue of that kind that the match stands in, or ends in: "NOT tender ANY LONGER"."""
    found = marks.by_kind.get(kind, ())
    last = bisect_left(found, match.end, key=_start)
    for cue in found[max(0, last - SHORTLY_BEFORE) : last]:
        if match.end < cue.end and tokens.words[cue.start] not in match.own:
            return cue
    return None


def excepted(tokens: Tokens, marks: Marks, match: Match) -> bool:
    """Whether a denial of the match has an exception: "no pain UNLESS I run"; another finding between owns it."""
    cue = marks.later(tokens, match, "exception_after")
    if cue is None or cue.start - match.end > HYPOTHESIS_REACH:
        return False
    between = range(match.end, cue.start)
    told = any(at in marks.items for at in between)
    return not told or all(at in marks.items or tokens.words[at] in marks.words.passable for at in between)


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
        return overlap and cue.label != "mask" and (opens or other.end - other.start >= cue.end - cue.start)
    return other.contains(cue) and any({other.label, cue.label} <= group for group in (FORWARD, BACKWARD))


def _in_one_clause(tokens: Tokens, cue: Match) -> bool:
    """Whether the cue runs over no clause's end; its own last word may open one: "everything BUT the sweating"."""
    last = max(cue.start, cue.end - 2)
    return tokens.clauses[cue.start] == tokens.clauses[last]


def _inside(tokens: Tokens, item: Match | None, cue: Match) -> bool:
    """Whether the cue is part of a finding's own words ("can't feel"), not in a gap of it ("foot is NOT cold")."""
    if item is None or item.start > cue.start or cue.end > item.end:
        return False
    return tokens.words[cue.start] in item.own


def _by_kind(cues: list[Match]) -> dict[str, tuple[Match, ...]]:
    kinds = {cue.label for cue in cues}
    return {kind: tuple([cue for cue in cues if cue.label == kind]) for kind in kinds}


def _start(cue: Match) -> int:
    return cue.start


def _end(cue: Match) -> int:
    return cue.end


def _joined(tokens: Tokens, at: int) -> bool:
    """Whether word `at` and the next stand in one clause."""
    return tokens.clauses[at] == tokens.clauses[at + 1]


def _stops(tokens: Tokens, marks: Marks, at: int) -> bool:
    word = tokens.words[at]
    if word in marks.words.blockers:
        return True
    linked = at > 0 and tokens.words[at - 1] in marks.words.linked
    return word in marks.words.openers and (tokens.pauses[at] or linked)


def _reaches(tokens: Tokens, marks: Marks, cue: Match, match: Match, strange: int) -> bool:
    between = tokens.pauses[cue.end : match.start + 1]
    if cue.end - cue.start == 1 and tokens.words[cue.start] in marks.words.bare_denials and between[:1] == (True,):
        return False
    if cue.label == "deny_verb":
        return strange == 0
    listed = any(between) or any(at in marks.items for at in range(cue.end, match.start))
    if tokens.words[cue.start] in marks.words.noun_denials and listed and match.start > cue.end:
        return tokens.words[match.start] not in marks.words.no_nouns
    return True


def _asked(tokens: Tokens, match: Match, at: int) -> bool:
    """Whether the match ends a question that word `at` answers: "pain? no"."""
    return "?" in tokens.text[tokens.ends[at - 1] : tokens.starts[at]]


def _belongs_forward(tokens: Tokens, marks: Marks, cue: Match) -> bool:
    """Whether a bare "no" denies what follows it rather than what stands before."""
    at = cue.end
    if cue.label != "deny_after":
        leads = marks.ending.get(at - 1)
        return at in marks.items and leads is not None and leads.label == "resolved_before" and not tokens.pauses[at]
    if cue.end - cue.start > 1:
        return _item_ahead(tokens, marks, at)
    if at >= len(tokens.words) or tokens.pauses[at]:
        return False
    looks_back = marks.words.bare_denials | marks.words.after_bare
    if _ends_in_denial(tokens, marks, at):
        return False
    return tokens.sentences[at] == tokens.sentences[at - 1] and tokens.words[at] not in looks_back


def _ends_in_denial(tokens: Tokens, marks: Marks, at: int) -> bool:
    """Whether the list closes with its denial, so that each "no" looks back: "swelling no, numbness no"."""
    last = at
    while (
        last + 1 < len(tokens.words) and tokens.sentences[last + 1] == tokens.sentences[at] and last - at < AFTER_REACH
    ):
        last += 1
    return tokens.words[last] in marks.words.bare_denials and last - 1 in marks.items


def _item_ahead(tokens: Tokens, marks: Marks, at: int) -> bool:
    """Whether another finding follows in the same clause, for which the denial is meant."""
    for ahead in range(at, min(at + 5, len(tokens.words))):
        if tokens.sentences[ahead] != tokens.sentences[at - 1] or tokens.pauses[ahead]:
            return False
        if ahead in marks.items:
            return True
    return False


def _same(tokens: Tokens, cue: Match, match: Match) -> bool:
    return tokens.sentences[cue.start] == tokens.sentences[match.start]
