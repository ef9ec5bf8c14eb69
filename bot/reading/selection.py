"""Which of the findings asked about an answer means: all, none, just one, all but one."""

from collections.abc import Mapping

from bot.clinical.vocabulary import Answer, Finding, Presence
from bot.reading.answers import AnswerReader, Said, applied
from bot.reading.places import Where
from bot.reading.tokens import Tokens

LONG = 14
"""A message longer than this that says neither yes nor no answers nothing."""


def select(
    answers: AnswerReader,
    tokens: Tokens,
    said: Said,
    *,
    asked: tuple[Finding, ...],
    mentioned: Mapping[Finding, Presence],
    where: Where,
) -> dict[Finding, Presence]:
    """The presence of each finding asked about that the message's own mentions leave open."""
    rest = tuple([finding for finding in asked if finding not in mentioned])
    if not rest or said.kind == "digression":
        return {}
    kind = answers.selects(tokens)
    if kind == "not_only" or (kind == "both" and said.answer is not Answer.NO):
        return dict.fromkeys(rest, Presence.PRESENT)
    if kind == "neither":
        return dict.fromkeys(rest, Presence.ABSENT)
    named = Presence.PRESENT in mentioned.values()
    if kind in ("only", "nothing_but") and named:
        return dict.fromkeys(rest, Presence.ABSENT)
    if kind == "everything_but":
        return dict.fromkeys(rest, Presence.PRESENT)
    return applied(_by_place(said, mentioned, where), rest, frozenset(mentioned))


def _by_place(said: Said, mentioned: Mapping[Finding, Presence], where: Where) -> Said:
    """A place alone says yes: "my ankles". A message that speaks of other findings says nothing of these."""
    if said.kind == "content" and mentioned:
        return Said(None)
    if said.answer is None and where.places and not mentioned:
        return Said(Answer.YES, "content")
    return said
