"""Whose finding it is: the writer's, the person's written for, or someone's who is only mentioned."""

from dataclasses import dataclass

from bot.knowledge.cues import Cues
from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

BESIDE_ME = frozenset({"someone_mentioned", "unlike"})
"""Kinds of cue that tell of another person beside the writer, who is the patient."""


@dataclass(frozen=True)
class Persons:
    """Who is spoken of at each word, and whether the message is written for another person."""

    someone: tuple[bool, ...]
    for_someone: bool

    def is_someone_else(self, match: Match) -> bool:
        """Whether the match is about a person who is neither the writer nor the patient written for."""
        if self.for_someone or not self.someone:
            return False
        return self.someone[match.start] and self.someone[match.end - 1]


def find_persons(tokens: Tokens, cues: tuple[Match, ...], matches: tuple[Match, ...], *, words: Cues) -> Persons:
    """Who each word is about; without a word to the contrary, the writer."""
    kinds = {cue.label for cue in cues}
    if not kinds & {"someone", "written_for"}:
        return Persons(someone=(), for_someone=False)
    someone = _someone(tokens, cues, words.myself)
    return Persons(someone, _written_for(tokens, kinds, someone, matches, words))


def _someone(tokens: Tokens, cues: tuple[Match, ...], myself: frozenset[str]) -> tuple[bool, ...]:
    begins = {cue.start: cue for cue in cues if cue.label in ("someone", "myself")}
    other, spoken, at = False, [], 0
    while at < len(tokens.words):
        cue = begins.get(at)
        if cue is not None:
            other = cue.label == "someone"
        elif tokens.words[at] in myself:
            other = False
        size = cue.end - cue.start if cue is not None else 1
        spoken += [other] * size
        at += size
    return tuple(spoken[: len(tokens.words)])


def _written_for(
    tokens: Tokens, kinds: set[str], someone: tuple[bool, ...], matches: tuple[Match, ...], words: Cues
) -> bool:
    """Explicitly, or because only that person's findings are told and nothing marks them as gossip."""
    if "written_for" in kinds:
        return True
    theirs = [someone[match.start] or someone[match.end - 1] for match in matches]
    if not kinds.isdisjoint(BESIDE_ME) or not any(theirs):
        return False
    mine = _my_clauses(tokens, words)
    return all(other or tokens.clauses[match.start] not in mine for other, match in zip(theirs, matches, strict=True))


def _my_clauses(tokens: Tokens, words: Cues) -> set[int]:
    """The clauses in which the writer speaks of themselves, not only asks or looks."""
    following = (*tokens.words[1:], "", "")
    return {
        tokens.clauses[at]
        for at, word in enumerate(tokens.words)
        if word in words.myself and following[at + (following[at] in words.denying)] not in words.asking
    }
