"""Every red-flag rule by itself: what it raises, what its veto keeps quiet, and what the cases would notice."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import Level
from bot.knowledge.flag_book import FlagRule, load_flag_book
from bot.reading.flags import Screen
from bot.reading.flags_together import Rules
from bot.reading.load import load_reading

CASES: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "en" / "flags" / "rule_cases.yml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 22)
RULES = {rule.id: rule for rule in load_flag_book().rules}
MUTANTS, CAUGHT = 50, 0.95


@pytest.fixture(scope="module")
def screen() -> Screen:
    return replace(load_reading("en")[1], net=None)


def _raises(screen: Screen, rule: FlagRule, text: str) -> bool:
    """Whether this rule alone raises the text at the level of the rule as it is, or asks where it always asks."""
    meant = RULES[rule.id]
    alone = replace(screen, rules=Rules.of([rule]))
    flags = alone.ruled(screen.hearing.tokens(text), today=TODAY)
    return any(_is_as_meant(flag, meant) for flag in flags)


def _is_as_meant(flag: RedFlag, meant: FlagRule) -> bool:
    shown = flag.ask if meant.ask else flag.level is meant.level
    return shown and flag.row_level is meant.level


def _keeps_its_cases(screen: Screen, rule: FlagRule) -> bool:
    case = CASES[rule.id]
    raises = "raises" not in case or _raises(screen, rule, case["raises"])
    return raises and ("quiet" not in case or not _raises(screen, rule, case["quiet"]))


def test_every_rule_has_a_message_that_it_raises() -> None:
    assert [id for id in RULES if "raises" not in CASES.get(id, {})] == []


@pytest.mark.parametrize("id", [id for id, case in CASES.items() if "raises" in case])
def test_a_rule_raises_its_own_message_at_its_level(screen: Screen, id: str) -> None:
    assert _raises(screen, RULES[id], CASES[id]["raises"])


@pytest.mark.parametrize("id", [id for id, case in CASES.items() if "quiet" in case])
def test_a_veto_keeps_its_message_quiet_and_nothing_else_does(screen: Screen, id: str) -> None:
    assert not _raises(screen, RULES[id], CASES[id]["quiet"])
    assert _raises(screen, replace(RULES[id], none_of=()), CASES[id]["quiet"])


def _lowered(rule: FlagRule) -> FlagRule:
    return replace(rule, level=Level.SEE_DOCTOR if rule.level is not Level.SEE_DOCTOR else Level.NONE)


def _narrowed(rule: FlagRule) -> FlagRule:
    """One concept more is needed: one of the first rule that has another."""
    other = next(name for one in RULES.values() for name in one.all_of if name not in rule.all_of)
    return replace(rule, all_of=(*rule.all_of, other))


CHANGES: Mapping[str, Callable[[FlagRule], FlagRule]] = {
    "lowered": _lowered,
    "asks instead": lambda rule: replace(rule, ask=not rule.ask),
    "needs one concept more": _narrowed,
    "lost its veto": lambda rule: replace(rule, none_of=()),
}


def test_of_fifty_damaged_rules_hardly_one_goes_unnoticed(screen: Screen) -> None:
    chance = random.Random(4)
    caught = []
    for _ in range(MUTANTS):
        rule = chance.choice(list(RULES.values()))
        change = chance.choice([name for name in CHANGES if rule.none_of or name != "lost its veto"])
        caught.append(not _keeps_its_cases(screen, CHANGES[change](rule)))
    assert sum(caught) / MUTANTS >= CAUGHT
