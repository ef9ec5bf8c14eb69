"""Which of the findings asked about an answer means: all, none, just one, all but one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.clinical.reading import Mention
from bot.clinical.vocabulary import Answer, Finding, Presence
from bot.reading.answers import LIKENED, NOTHING_SAID, TAKEN_BACK, AnswerReader, Said, applied
from bot.reading.asking import ASIDE
from bot.reading.picking import Picked, is_bare
from bot.reading.places import Where
from bot.reading.tokens import Tokens

MANY = 4
"""From so many on what only describes ("at night", "right by the spine") answers for none of those asked about."""
BRIEF = 10
"""In a message up to this long, "yes, swelling" answers for the swelling alone."""
OPPOSITE = {Presence.PRESENT: Presence.ABSENT, Presence.ABSENT: Presence.PRESENT}
ONLY = ("only", "nothing_but")
LOOSE = (*ONLY, "both", "not_only")
"""Words of a long message that need not be about the list: "everything hurts when I", "only a bit sore when I"."""


@dataclass(frozen=True)
class Told:
    """What a message says itself: the presence of the findings it names, the words that deny, and its places."""

    mentioned: Mapping[Finding, Presence]
    denied: tuple[tuple[int, int], ...]
    where: Where


@dataclass(frozen=True)
class Selected:
    """The presence of each finding asked about that the message's own mentions leave open.

    of_list: whether the message says so of the whole list ("none of them", "the rest no"), and not just yes or no.
    """

    meant: Mapping[Finding, Presence]
    of_list: bool = False


def select(answers: AnswerReader, tokens: Tokens, said: Said, *, asked: tuple[Finding, ...], told: Told) -> Selected:
    """What the answer means for the findings asked about that the message does not itself speak of."""
    mentioned = told.mentioned
    rest = tuple([finding for finding in asked if finding not in mentioned])
    if not rest or said.kind in ASIDE:
        return Selected({})
    kind = answers.selects(tokens)
    if kind == "rest_open":
        return Selected(dict.fromkeys(rest, Presence.UNKNOWN), of_list=True)
    found = answers.found(tokens)
    picked = answers.picker.pick(tokens, found, asked, frozenset(mentioned))
    if picked is not None:
        whole = kind in ONLY or (is_bare(tokens, found) and _lists(len(picked), asked))
        return Selected(_without(_completed(picked, rest, kind, whole=whole), mentioned), of_list=True)
    by_kind = _by_kind(kind, rest, mentioned, said)
    if by_kind:
        return Selected(by_kind, of_list=kind not in LOOSE or len(tokens.words) <= BRIEF)
    return Selected(_by_answer(tokens, said, asked, rest, told))


def without_excepted(answers: AnswerReader, tokens: Tokens, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions; those are absent that a sentence leaves out: "everything except the swelling, the heat"."""
    if answers.selects(tokens) != "everything_but":
        return mentions
    cut = next(match for match in answers.found(tokens) if match.label == "everything_but").end - 1
    last = max(at for at, number in enumerate(tokens.sentences) if number == tokens.sentences[cut])
    left_out = range(tokens.ends[cut], tokens.ends[last])
    return tuple([replace(one, presence=Presence.ABSENT) if one.start in left_out else one for one in mentions])


def _without(picked: Picked, mentioned: Mapping[Finding, Presence]) -> Picked:
    return {finding: presence for finding, presence in picked.items() if finding not in mentioned}


def _completed(picked: Picked, rest: tuple[Finding, ...], kind: str, *, whole: bool) -> Picked:
    """The picks with what they mean for the rest: "only the first", "all but the last"."""
    if kind == "everything_but":
        return {finding: OPPOSITE[picked.get(finding, Presence.ABSENT)] for finding in {*rest, *picked}}
    return {**dict.fromkeys(rest, Presence.ABSENT), **picked} if whole else picked


def _lists(count: int, asked: tuple[Finding, ...]) -> bool:
    """Whether a bare list of so many leaves out some of those asked about on purpose: two of three."""
    return 2 <= count < len(asked)


def _by_kind(kind: str, rest: tuple[Finding, ...], mentioned: Mapping[Finding, Presence], said: Said) -> Picked:
    named = Presence.PRESENT in mentioned.values()
    if kind in ("both", "not_only") and mentioned and len(rest) >= MANY:
        return {}
    if kind == "not_only" or (kind == "both" and said.answer not in (Answer.NO, Answer.UNSURE)):
        return dict.fromkeys(rest, Presence.PRESENT)
    if kind == "neither" or (kind == "nothing_else" and mentioned) or (kind in ONLY and named):
        return dict.fromkeys(rest, Presence.ABSENT)
    return dict.fromkeys(rest, Presence.PRESENT) if kind == "everything_but" else {}


def _by_answer(
    tokens: Tokens, said: Said, asked: tuple[Finding, ...], rest: tuple[Finding, ...], told: Told
) -> dict[Finding, Presence]:
    named = [told.mentioned[finding] for finding in asked if finding in told.mentioned]
    if _says_neither(said) and _is_bare_list(tokens, named, asked):
        return dict.fromkeys(rest, Presence.ABSENT)
    if named and _is_of_the_named(tokens, said, named, told):
        return {}
    if len(asked) >= MANY and not _answers_many(said, named):
        return {}
    if said.kind == LIKENED and told.mentioned:
        rest = tuple([finding for finding in rest if finding is Finding.PAIN])
    return applied(_by_place(said, told), rest, frozenset(told.mentioned))


def _answers_many(said: Said, named: list[Presence]) -> bool:
    """Whether a plain answer may be meant of a long list: "no", "yes", but no "sometimes", and no yes beside a name."""
    if said.answer is Answer.YES:
        return said.kind == "yes" and said.start <= 1 and not named
    return said.answer is not None and (said.kind == "no" or not named)


def _says_neither(said: Said) -> bool:
    return said.answer is None or said.kind in ("content", LIKENED)


def _is_bare_list(tokens: Tokens, named: list[Presence], asked: tuple[Finding, ...]) -> bool:
    """Whether the message only lists some of those asked about: "warmth and swelling"."""
    listed = Presence.ABSENT not in named and _lists(len(named), asked)
    return listed and len(tokens.words) <= 2 * len(named) + 1


def _is_of_the_named(tokens: Tokens, said: Said, named: list[Presence], told: Told) -> bool:
    """Whether yes or no is said of what the message names, not of all: "swelling, yes", "no swelling"."""
    if any(start <= said.start < end for start, end in told.denied):
        return True
    return said.answer is Answer.YES and len(tokens.words) <= BRIEF and Presence.PRESENT in named


def _by_place(said: Said, told: Told) -> Said:
    """A place alone says yes: "my ankles". A message that speaks of other findings says nothing of these."""
    if said.kind == TAKEN_BACK and told.mentioned:
        return Said(Answer.NO, "no", said.start, said.start + 1)
    if said.kind == "content" and told.mentioned:
        return Said(None)
    if said == NOTHING_SAID and told.where.places and not told.mentioned:
        return Said(Answer.YES, "content")
    return said
