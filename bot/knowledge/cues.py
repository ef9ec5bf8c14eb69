"""The cues of a language: words that deny, date, doubt or reassign what stands near them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = (
    "mask",
    "deny",
    "deny_verb",
    "deny_after",
    "resolved_before",
    "resolved_after",
    "resolved_later",
    "resolved_around",
    "over_later",
    "relief",
    "left_over",
    "returns",
    "exception_after",
    "exception_near",
    "affirm_after",
    "past_before",
    "past_near",
    "past_around",
    "hypothetical_before",
    "hypothetical_after",
    "hypothetical_around",
    "uncertain_before",
    "uncertain_after",
    "someone",
    "someone_mentioned",
    "written_for",
    "myself",
    "likewise",
    "mine_too",
    "unlike",
    "expected",
    "came_true",
    "never_was",
    "none_of_it",
)
"""mask: words that look like a cue and are none ("not only"). cues.yml explains each other kind beside its list."""


@dataclass(frozen=True)
class Cues:
    """Cue phrases by kind, and the words that let a denial through or stop it."""

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passable: frozenset[str] = frozenset()
    blockers: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    no_nouns: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    bare_denials: frozenset[str] = frozenset()
    after_bare: frozenset[str] = frozenset()
    noun_denials: frozenset[str] = frozenset()
    presupposing: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    listing: frozenset[str] = frozenset()
    all_of_them: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    myself: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    after_answer: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    after_end: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    doing: frozenset[str] = frozenset()
    closing_denials: frozenset[str] = frozenset()
