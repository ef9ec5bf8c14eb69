"""How far a cue reaches: which words a denial passes, and which stop it."""

from bisect import bisect_left

from bot.reading.marks import HYPOTHESIS_REACH, REACH, Marks, start_of
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

AFTER_REACH = 10
SHORTLY_BEFORE = 4


def before(tokens: Tokens, marks: Marks, match: Match, kinds: tuple[str, ...], *, unknown: int) -> Match | None:
    """The cue of those kinds that reaches the match from before it."""
    if marks.by_kind.keys().isdisjoint(kinds):
        return None
    strange, at = 0, match.start - 1
    shields = match.start in marks.masked  # "used to GO NUMB": the mask is the match's own
    shared = marks.ending.get(match.start)
    if shared is not None and shared.label in kinds and shared.start < match.start:
        return shared
    if kinds == ("uncertain_before",) and at >= 0 and _is_presupposed(tokens, marks, at):
        return None
    while at >= max(0, match.start - REACH) and _joined(tokens, at):
        cue = marks.ending.get(at)
        if cue is not None and cue.label in kinds:
            return cue if _reaches(tokens, marks, cue, match, strange) else None
        if _halts(tokens, marks, at, shields=shields):
            return None
        if at in marks.items:
            strange, shields = 0, shields or at in marks.masked
        elif at not in marks.masked and _is_strange(tokens, marks, at, match):
            strange += 1
            if strange > unknown:
                return None
        at -= 1
    return None


def _is_presupposed(tokens: Tokens, marks: Marks, at: int) -> bool:
    """Whether word `at` takes for granted what follows; not as part of a cue ("no idea of THE sweat or THE heat")."""
    if tokens.words[at] not in marks.words.presupposing or at in marks.ending:
        return False
    return not (at > 1 and tokens.words[at - 1] in marks.words.either and at - 2 in marks.items)


def _halts(tokens: Tokens, marks: Marks, at: int, *, shields: bool) -> bool:
    """Whether nothing from before word `at` reaches over it; `shields`: a mask there is the finding's own."""
    if at in marks.items:
        return tokens.words[at] in marks.words.openers and tokens.pauses[at]
    return (at in marks.masked and not shields) or _stops(tokens, marks, at)


def _is_strange(tokens: Tokens, marks: Marks, at: int, match: Match) -> bool:
    """Whether word `at` is none of those that a denial passes freely."""
    return tokens.words[at] not in marks.passable and not _is_alternative(tokens, marks, at, match)


def _is_alternative(tokens: Tokens, marks: Marks, at: int, match: Match) -> bool:
    """Whether word `at` is listed with the match: "isn't RED or swollen", "doesn't LOCK, CLICK or swell"."""
    listed = tokens.words[at + 1] in marks.words.either or tokens.pauses[at + 1]
    return listed and not marks.words.either.isdisjoint(tokens.words[at + 1 : match.end + 1])


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
        if _leads_to(tokens, marks, at, kind):
            continue
        if at in marks.items or at in marks.masked or at in marks.ending:
            return None
        if tokens.words[at] not in marks.passable or tokens.words[at] in marks.words.blockers:
            return None
    return None


def _leads_to(tokens: Tokens, marks: Marks, at: int, kind: str) -> bool:
    """Whether word `at` is an answer right before an ending: "the tingling? NO, that's gone"."""
    ending = marks.starting.get(at + 1)
    answers = kind == "resolved_after" and tokens.words[at] in marks.words.bare_denials
    return answers and ending is not None and ending.label == kind


def _of_another(marks: Marks, cue: Match) -> bool:
    """Whether the exception is only another finding: "not tender, BUT IT DOES ache", "SOME numbness IN my toe"."""
    inside = any(at in marks.items for at in range(cue.start + 1, cue.end - 1))
    return cue.start not in marks.items and (inside or cue.end in marks.items)


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
    last = bisect_left(found, match.end, key=start_of)
    for cue in found[max(0, last - SHORTLY_BEFORE) : last]:
        if match.end < cue.end and tokens.words[cue.start] not in match.own:
            return cue
    return None


def excepted(tokens: Tokens, marks: Marks, match: Match) -> bool:
    """Whether a denial of the match has an exception: "no pain UNLESS I run"; another finding between owns it."""
    cue = marks.later(tokens, match, "exception_after") or marks.later(tokens, match, "exception_near")
    if cue is not None and cue.label == "exception_near" and tokens.clauses[cue.start] != tokens.clauses[match.start]:
        return False
    if cue is None or cue.start - match.end > HYPOTHESIS_REACH or _of_another(marks, cue):
        return False
    between = range(match.end, cue.start)
    told = any(at in marks.items for at in between)
    return not told or all(at in marks.items or tokens.words[at] in marks.words.passable for at in between)


def _joined(tokens: Tokens, at: int) -> bool:
    """Whether word `at` and the next stand in one clause."""
    return tokens.clauses[at] == tokens.clauses[at + 1]


def _stops(tokens: Tokens, marks: Marks, at: int) -> bool:
    word = tokens.words[at]
    if word in marks.words.blockers or (word in marks.words.myself and at - 1 in marks.items):
        return True
    linked = at > 0 and tokens.words[at - 1] in marks.words.linked
    return word in marks.words.openers and (tokens.pauses[at] or linked)


def _reaches(tokens: Tokens, marks: Marks, cue: Match, match: Match, strange: int) -> bool:
    between = tokens.pauses[cue.end : match.start + 1]
    if cue.end - cue.start == 1 and tokens.words[cue.start] in marks.words.bare_denials and between[:1] == (True,):
        return False
    if tokens.words[cue.end - 1] in marks.words.answering and tokens.words[cue.end] in marks.words.after_answer:
        return False
    if cue.label == "deny_verb":
        return strange == 0
    listed = any(between) or any(at in marks.items for at in range(cue.end, match.start))
    if tokens.words[cue.start] in marks.words.noun_denials and listed and match.start > cue.end:
        return tokens.words[match.start] not in marks.words.no_nouns and not _is_done(tokens, marks, match)
    return True


def _is_done(tokens: Tokens, marks: Marks, match: Match) -> bool:
    """Whether the match is what several things do, not a name: "no swelling, JOINTS ACHE"."""
    if tokens.words[match.end - 1] not in marks.words.doing:
        return False
    subject = match.start - 1 if match.end - match.start == 1 else match.end - 2
    return tokens.words[subject] == "feet" or tokens.words[subject].endswith("s")


def _asked(tokens: Tokens, match: Match, at: int) -> bool:
    """Whether the match ends a question that word `at` answers: "pain? no"."""
    return "?" in tokens.text[tokens.ends[at - 1] : tokens.starts[at]]


def _belongs_forward(tokens: Tokens, marks: Marks, cue: Match) -> bool:
    """Whether a bare "no" denies what follows it rather than what stands before."""
    at = cue.end
    if cue.label == "uncertain_after":
        ahead = marks.by_kind.get("uncertain_before", ())
        return any(other.start < cue.end and cue.end < other.end for other in ahead)
    if cue.label != "deny_after":
        leads = marks.ending.get(at - 1)
        return at in marks.items and leads is not None and leads.label == "resolved_before" and not tokens.pauses[at]
    if cue.end - cue.start > 1 or tokens.words[cue.start] in marks.words.closing_denials:
        return _item_ahead(tokens, marks, at)
    if at >= len(tokens.words) or tokens.pauses[at] or "/" in tokens.text[tokens.ends[at - 1] : tokens.starts[at]]:
        return False
    looks_back = marks.words.bare_denials | marks.words.after_bare
    if _ends_in_denial(tokens, marks, at):
        return False
    return tokens.sentences[at] == tokens.sentences[at - 1] and tokens.words[at] not in looks_back


def _ends_in_denial(tokens: Tokens, marks: Marks, at: int) -> bool:
    """Whether the list closes with an answer, so that each "no" looks back: "swelling no, numbness no"."""
    last = at
    while (
        last + 1 < len(tokens.words) and tokens.sentences[last + 1] == tokens.sentences[at] and last - at < AFTER_REACH
    ):
        last += 1
    said = marks.starting.get(last)
    answers = tokens.words[last] in marks.words.bare_denials or (said is not None and said.label == "affirm_after")
    return answers and last - 1 in marks.items


def _item_ahead(tokens: Tokens, marks: Marks, at: int) -> bool:
    """Whether another finding follows in the same clause, for which the denial is meant."""
    for ahead in range(at, min(at + 5, len(tokens.words))):
        if tokens.sentences[ahead] != tokens.sentences[at - 1] or tokens.pauses[ahead]:
            return False
        if ahead in marks.items:
            return True
    return False
