"""Bad clinical data are refused with the file, the entry and the remedy, all of them in one go."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.knowledge.loader import load_from, protocol_of
from bot.knowledge.problems import Problems
from bot.knowledge.shelf import HERE, Shelf, read_shelf
from bot.knowledge.strict_yaml import parse

CASES = parse((Path(__file__).parent / "bad_data.yml").read_text(encoding="utf-8"))
JUNK: tuple[Any, ...] = (None, "", "x", 0, True, [], ["x"], {}, {"x": "y"}, [1], {"x": {}})


def refusal(root: Path) -> str:
    with pytest.raises(KnowledgeError) as refused:
        load_from(root, language="en", region="ca-bc")
    return str(refused.value)


@pytest.mark.parametrize("name", CASES)
def test_bad_data_are_refused_with_file_entry_and_remedy(name: str, root: Path) -> None:
    case = CASES[name]
    path = root / case["file"]
    before = path.read_text(encoding="utf-8")
    assert case["old"] in before, "the case no longer fits the data"
    path.write_text(before.replace(case["old"], case["new"], 1), encoding="utf-8")
    said = refusal(root)
    assert [text for text in case["says"] if text not in said] == []


def test_a_missing_file_is_named(root: Path) -> None:
    (root / "pair_rules.yml").unlink()
    assert "pair_rules.yml: file: is missing" in refusal(root)


def test_an_unknown_region_or_language_is_refused(root: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"regions/atlantis\.yml: file: is missing"):
        load_from(root, language="en", region="atlantis")
    with pytest.raises(KnowledgeError, match=r"tlh/labels\.yml: file: is missing"):
        load_from(root, language="tlh", region="ca-bc")


def test_problems_of_several_files_are_reported_together(root: Path) -> None:
    for file, old, new in (
        ("safety_items.yml", "flag_class: dvt", "flag_class: clot"),
        ("regions/ca-bc.yml", "country: Canada", ""),
        ("en/faq.yml", "referral:", "note:"),
    ):
        path = root / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    said = refusal(root)
    assert all(text in said for text in ("'clot'", "'country'", "referral: is not answered"))


def places(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The path of keys to everything in nested mappings."""
    if not isinstance(value, dict):
        return [path]
    return [path] * bool(path) + [found for key, inner in value.items() for found in places(inner, (*path, key))]


def replaced(value: Any, path: tuple[str, ...], junk: Any) -> Any:
    if not path:
        return junk
    return {**value, path[0]: replaced(value[path[0]], path[1:], junk)}


SOUND = read_shelf(HERE, language="en", region="ca-bc")
PLACES = [(file, path) for file, content in SOUND.files.items() for path in places(content)]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(PLACES), junk=st.sampled_from(JUNK))
def test_junk_anywhere_is_a_problem_and_never_a_crash(place: tuple[str, tuple[str, ...]], junk: Any) -> None:
    file, path = place
    problems = Problems()
    files = {**SOUND.files, file: replaced(SOUND.files[file], path, junk)}
    protocol_of(Shelf(SOUND.language, SOUND.region, files, problems, SOUND.version))
    assert all(problem.file and problem.entry and problem.remedy for problem in problems.found)
