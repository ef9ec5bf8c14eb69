"""What was and is no more: endings told later than the finding, fears that did not come true, what a cure left over."""

from bot.reading.marks import REACH, Marks
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

END_REACH = 14
VERB_REACH = 3
NOW_REACH = 6
ENDINGS = ("resolved_before", "resolved_after", "resolved_around", "resolved_later", "over_later")
CURES = ("relief", *ENDINGS)


def ended_later(tokens: Tokens, marks: Marks, match: Match) -> Match | None:
    """The words that end a finding told in the past, with no other finding between: "was numb, but THAT'S GONE"."""
    cue = marks.following(tokens, match, "over_later", reach=END_REACH)
    if cue is None or not _is_next(tokens, marks, match, cue):
        return None
    return cue if is_past(tokens, marks, match) else None


def feared_only(tokens: Tokens, marks: Marks, match: Match) -> Match | None:
    """The denial of what was only expected: "thought it would be swollen but IT NEVER WAS"."""
    if "never_was" not in marks.by_kind or marks.earlier(tokens, match, "expected") is None:
        return None
    cue = marks.following(tokens, match, "never_was", reach=END_REACH)
    return cue if cue is not None and _is_next(tokens, marks, match, cue) else None


def relieved(tokens: Tokens, marks: Marks, left: Match) -> bool:
    """Whether something was cured before the words "but not", so that they name what was left: "but NOT THE PAIN"."""
    return any(marks.earlier(tokens, left, kind) is not None for kind in CURES)


def is_past(tokens: Tokens, marks: Marks, match: Match) -> bool:
    """Whether the match is told of the past: "WAS a bit numb", "the pain WAS bad", "it ACHED"."""
    past, words, clauses = marks.words.past, tokens.words, tokens.clauses
    after = range(match.start, min(match.end + VERB_REACH, len(words)))
    if any(words[at] in past and clauses[at] == clauses[match.start] for at in after):
        return True
    at, first = match.start - 1, max(0, match.start - REACH)
    while at >= first and clauses[at] == clauses[match.start] and words[at] in marks.passable and words[at] not in past:
        at -= 1
    return at >= first and clauses[at] == clauses[match.start] and words[at] in past


def outlived(tokens: Tokens, marks: Marks, match: Match, denied: Match, span: tuple[int, int]) -> bool:
    """Whether the match is of the past, and what denies the same finding elsewhere says that this is over now."""
    if not is_past(tokens, marks, match):
        return False
    ends = [marks.first(span[0], kind) for kind in ENDINGS]
    if any(cue is not None and cue.start == span[0] for cue in ends):
        return True
    between = tokens.words[max(match.end, denied.start - NOW_REACH) : denied.end + VERB_REACH]
    return match.end <= denied.start and not marks.words.present.isdisjoint(between)


def _is_next(tokens: Tokens, marks: Marks, match: Match, cue: Match) -> bool:
    """Whether no finding stands between, but those that are listed with the match."""
    between = range(match.end, cue.start)
    told = [at for at in between if at in marks.items]
    return not told or all(
        at in marks.items or tokens.words[at] in marks.words.listing for at in range(match.end, told[-1])
    )
