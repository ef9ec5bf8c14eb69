"""Vetoes and phrases on both sides of their edge, heard by the rules alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import Level
from bot.knowledge.flag_book import load_flag_book
from bot.reading.flags import Screen
from bot.reading.flags_together import Rules
from bot.reading.load import load_reading
from scripts.data_file import read_yaml

CASES = read_yaml(Path(__file__).parent / "en" / "flags" / "narrow.yml")
RULES = {rule.id: rule for rule in load_flag_book().rules}
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def screen() -> Screen:
    return load_reading("en", with_net=False)[1]


@pytest.mark.parametrize("case", [case for case in CASES if "rule" in case], ids=lambda case: case["text"])
def test_a_danger_is_raised_beside_words_that_only_look_like_an_excuse(screen: Screen, case: dict[str, str]) -> None:
    rule = RULES[case["rule"]]
    flags = _raised_by(screen, case["rule"], case["text"])
    assert [(flag.flag_class, flag.level, flag.ask) for flag in flags] == [(rule.flag_class, rule.level, False)]


@pytest.mark.parametrize("case", [case for case in CASES if "quiet" in case], ids=lambda case: case["text"])
def test_what_is_really_an_excuse_still_keeps_its_rule_quiet(screen: Screen, case: dict[str, str]) -> None:
    assert _raised_by(screen, case["quiet"], case["text"]) == ()


@pytest.mark.parametrize("case", [case for case in CASES if "below" in case], ids=lambda case: case["text"])
def test_what_only_sounds_like_a_danger_raises_none(screen: Screen, case: dict[str, str]) -> None:
    flags = screen.screen(case["text"], (), known=frozenset(), today=TODAY)
    assert all(flag.level.urgency > Level(case["below"]).urgency for flag in flags), flags


def _raised_by(screen: Screen, rule: str, text: str) -> tuple[RedFlag, ...]:
    alone = replace(screen, rules=Rules.of([RULES[rule]]))
    return tuple(alone.ruled(screen.hearing.tokens(text), today=TODAY))
