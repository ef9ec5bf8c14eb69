"""Every red-flag rule by itself: what it raises, what its veto keeps quiet, and what the cases would notice."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.knowledge.flag_book import load_flag_book
from bot.reading.flags import Screen
from bot.reading.load import load_reading
from scripts.flag_mutants import MUTANTS, mutants, raises, read_cases

CASES: Mapping[str, Mapping[str, str]] = read_cases()
RULES = {rule.id: rule for rule in load_flag_book().rules}
CAUGHT = 0.95


@pytest.fixture(scope="module")
def screen() -> Screen:
    return replace(load_reading("en")[1], net=None)


def test_every_rule_has_a_message_that_it_raises() -> None:
    assert [id for id in RULES if "raises" not in CASES.get(id, {})] == []


@pytest.mark.parametrize("id", [id for id, case in CASES.items() if "raises" in case])
def test_a_rule_raises_its_own_message_at_its_level(screen: Screen, id: str) -> None:
    assert raises(screen, RULES[id], CASES[id]["raises"], meant=RULES[id])


@pytest.mark.parametrize("id", [id for id, case in CASES.items() if "quiet" in case])
def test_a_veto_keeps_its_message_quiet_and_nothing_else_does(screen: Screen, id: str) -> None:
    assert not raises(screen, RULES[id], CASES[id]["quiet"], meant=RULES[id])
    assert raises(screen, replace(RULES[id], none_of=()), CASES[id]["quiet"], meant=RULES[id])


def test_of_fifty_damaged_rules_hardly_one_goes_unnoticed(screen: Screen) -> None:
    damaged = mutants(screen, list(RULES.values()), cases=CASES)
    assert len(damaged) == MUTANTS
    assert sum(one.is_caught for one in damaged) / MUTANTS >= CAUGHT
