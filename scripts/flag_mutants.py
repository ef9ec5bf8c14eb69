"""Negative controls: rules that were damaged on purpose, and whether the messages on file would notice."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Callable, Mapping, Sequence

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import Level
from bot.knowledge.flag_book import FlagRule
from bot.reading.flags import Screen
from bot.reading.flags_together import Rules
from scripts.data_file import read_yaml
from scripts.flag_corpus import READ_ON, ROOT

CASES = ROOT / "tests" / "reading" / "en" / "flags" / "rule_cases.yml"
MUTANTS, SEED = 50, 4

Cases = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Mutant:
    """A damaged rule: which, how it was changed, and whether a message on file notices."""

    rule: str
    change: str
    is_caught: bool


def read_cases() -> Cases:
    """For each rule a message that it raises and, where it has a veto, one that the veto keeps quiet."""
    cases: Cases = read_yaml(CASES)
    return cases


def mutants(screen: Screen, rules: Sequence[FlagRule], *, cases: Cases) -> list[Mutant]:
    """Fifty rules, drawn and damaged by chance but the same at every run, each held against its messages."""
    chance = random.Random(SEED)  # noqa: S311 - to draw the same rules again, no secret
    found = []
    for _ in range(MUTANTS):
        rule = chance.choice(rules)
        change = chance.choice([name for name in CHANGES if rule.none_of or name != LOST_VETO])
        damaged = CHANGES[change](rule, rules)
        found.append(Mutant(rule.id, change, not keeps_its_cases(screen, damaged, meant=rule, case=cases[rule.id])))
    return found


def keeps_its_cases(screen: Screen, rule: FlagRule, *, meant: FlagRule, case: Mapping[str, str]) -> bool:
    """Whether the rule still raises what it was meant to, and nothing more."""
    raised = "raises" not in case or raises(screen, rule, case["raises"], meant=meant)
    return raised and ("quiet" not in case or not raises(screen, rule, case["quiet"], meant=meant))


def raises(screen: Screen, rule: FlagRule, text: str, *, meant: FlagRule) -> bool:
    """Whether this rule alone raises the text at the level of the rule as meant, or asks where that always asks."""
    alone = replace(screen, rules=Rules.of([rule]))
    flags = alone.ruled(screen.hearing.tokens(text), today=READ_ON)
    return any(_is_as_meant(flag, meant) for flag in flags)


def _is_as_meant(flag: RedFlag, meant: FlagRule) -> bool:
    shown = flag.ask if meant.ask else flag.level is meant.level
    return shown and flag.row_level is meant.level


def _lowered(rule: FlagRule, _: Sequence[FlagRule]) -> FlagRule:
    return replace(rule, level=Level.SEE_DOCTOR if rule.level is not Level.SEE_DOCTOR else Level.NONE)


def _asking(rule: FlagRule, _: Sequence[FlagRule]) -> FlagRule:
    return replace(rule, ask=not rule.ask)


def _narrowed(rule: FlagRule, rules: Sequence[FlagRule]) -> FlagRule:
    """One concept more is needed: one of the first rule that has another."""
    other = next(name for one in rules for name in one.all_of if name not in rule.all_of)
    return replace(rule, all_of=(*rule.all_of, other))


def _without_veto(rule: FlagRule, _: Sequence[FlagRule]) -> FlagRule:
    return replace(rule, none_of=())


LOST_VETO = "lost its veto"
CHANGES: Mapping[str, Callable[[FlagRule, Sequence[FlagRule]], FlagRule]] = {
    "lowered": _lowered,
    "asks instead": _asking,
    "needs one concept more": _narrowed,
    LOST_VETO: _without_veto,
}
