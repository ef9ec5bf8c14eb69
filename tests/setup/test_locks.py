"""The locks pin every package by hash, name no index, and leave TensorFlow out where we said so."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path("requirements")
LOCKS = ("uv", "app", "rasa", "rasa-full")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_one_version_and_a_hash(name):
    for entry in _entries(name):
        assert re.match(r"[a-z0-9._-]+==\S+", entry)
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_an_index(name):
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_asked_for_is_in_its_lock(name):
    locked = {_package(entry) for entry in _entries(name)}
    asked = {_package(line) for line in _lines(f"{name}.in") if not line.startswith("-r")}
    assert asked <= locked


def test_tensorflow_is_left_out_of_the_rasa_lock_only():
    assert not [entry for entry in _entries("rasa") if entry.startswith(("tensorflow", "keras"))]
    assert [entry for entry in _entries("rasa-full") if entry.startswith("tensorflow==2.12")]


def test_the_full_lock_asks_for_what_the_rasa_lock_asks_for():
    assert _lines("rasa-full.in") == ["-r rasa.in"]


def _entries(name: str) -> list[str]:
    text = "\n".join(_lines(f"{name}.txt"))
    return re.split(r"\n(?=\S)", text)


def _lines(file: str) -> list[str]:
    lines = (REQUIREMENTS / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _package(line: str) -> str:
    return re.split(r"[\[<>=; ]", line, maxsplit=1)[0].lower().replace("_", "-")
