"""YAML is read as people mean it."""

import pytest
import yaml

from bot.knowledge.strict_yaml import parse


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no: nein", {"no": "nein"}),
        ("a: yes", {"a": "yes"}),
        ("a: on", {"a": "on"}),
        ("a: 2026-10-01", {"a": "2026-10-01"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 1.10", {"a": "1.10"}),
        ("a: 010", {"a": "010"}),
        ("a: true", {"a": True}),
        ("a: 19", {"a": 19}),
        ("a: null", {"a": None}),
        ("a:", {"a": None}),
    ],
)
def test_words_dates_and_numbers_stay_what_they_look_like(text: str, meant: object) -> None:
    assert parse(text) == meant


def test_a_key_that_stands_twice_is_refused_with_its_line() -> None:
    with pytest.raises(yaml.YAMLError, match=r"'a' stands twice \(line 3\)"):
        parse("a: 1\nb: 2\na: 3\n")


def test_a_key_may_stand_again_in_another_entry() -> None:
    assert parse("a: {x: 1}\nb: {x: 2}") == {"a": {"x": 1}, "b": {"x": 2}}


def test_no_python_object_is_made_from_data() -> None:
    with pytest.raises(yaml.YAMLError):
        parse("a: !!python/object/apply:os.getcwd []")
