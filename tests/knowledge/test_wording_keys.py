"""Every key the conversation names exists in the data files."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.clinical
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import URGENT_LEVELS, Level
from bot.clinical.wishes import CONTROL
from bot.knowledge import load_protocol
from bot.knowledge.answers import TOPICS

CLINICAL = Path(bot.clinical.__file__).parent
SAID = re.compile(r"\.(?:say|message|first)\(\s*\"([a-z_.]+)\"")
LABELLED = re.compile(r"labels\[\"(\w+)\"\]")
OFFERED = re.compile(r"\.offered\(\"(\w+)\"")


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


def named(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in sorted(CLINICAL.glob("*.py")):
        yield from pattern.findall(path.read_text(encoding="utf-8"))


def test_every_wording_key_in_the_code_exists(protocol: Protocol) -> None:
    keys = set(named(SAID))
    assert len(keys) > 20, "the pattern no longer finds the keys"
    assert keys - set(protocol.wording) == set()


def test_every_label_in_the_code_exists(protocol: Protocol) -> None:
    keys = set(named(LABELLED))
    assert len(keys) > 5, "the pattern no longer finds the labels"
    assert keys - set(protocol.labels) == set()


def test_every_group_of_choices_in_the_code_exists(protocol: Protocol) -> None:
    groups = set(named(OFFERED))
    assert len(groups) > 3, "the pattern no longer finds the groups"
    assert groups - set(protocol.choices) == set()


@pytest.mark.parametrize("wish", [wish for wish in CONTROL if wish != "book_exam"])
def test_every_control_intent_has_its_words(wish: str, protocol: Protocol) -> None:
    said = {"why_asking": "why.default", "go_back": "control.reopened", "stop_messages": "control.stop"}
    assert said.get(wish, f"control.{wish}") in protocol.wording


@pytest.mark.parametrize("topic", TOPICS)
def test_every_answer_says_where_it_comes_from(topic: str, protocol: Protocol) -> None:
    assert protocol.faq_sources[topic]


def test_every_level_an_item_or_rule_raises_is_worded(protocol: Protocol) -> None:
    raised = {(item.flag_class, item.level) for item in protocol.items.values()}
    raised |= {(rule.flag_class, rule.level) for rule in protocol.pair_rules}
    for flag_class, level in raised:
        if flag_class is None or level is Level.NONE:
            continue
        start = f"urgent.{flag_class.value}.{level.value}" if level in URGENT_LEVELS else f"{level.value}.default"
        assert start in protocol.wording, "a class that raises an emergency says where to go in its own words"


def test_every_list_question_has_its_prompt(protocol: Protocol) -> None:
    for part in ("cauda_equina", "first", "second", "unsure"):
        assert f"question.safety.{part}" in protocol.wording
