"""What must be complete: every setting, command and make target is in the docs; every intent reaches the action."""

import re
from pathlib import Path

import pytest

from bot.settings import SETTINGS
from scripts.data_file import read_yaml

ROOT = Path(__file__).resolve().parents[1]
DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
DOCS = "\n".join(file.read_text(encoding="utf-8") for file in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
INTENTS = read_yaml(ROOT / "domain.yml")["intents"]
RULES = (ROOT / "data" / "rules.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.variable for setting in SETTINGS])
def test_every_setting_is_in_the_deployment_guide(setting: object) -> None:
    assert f"`{setting.variable}`" in DEPLOYMENT  # type: ignore[attr-defined]  # parametrised over settings
    assert setting.help in DEPLOYMENT  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_readme_shows_the_two_commands(target: str) -> None:
    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_make_target_has_a_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    missing = [name for name in phony[1].split() if not re.search(rf"^{name}:.*## ", makefile, re.MULTILINE)]
    assert not missing


@pytest.mark.parametrize("intent", [name if isinstance(name, str) else next(iter(name)) for name in INTENTS])
def test_every_intent_reaches_the_action(intent: str) -> None:
    assert re.search(rf"intent: {intent}\n\s+- action: action_screening_turn", RULES)


def test_every_decision_is_numbered_once() -> None:
    numbers = [file.name.split("-")[0] for file in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert len(numbers) == len(set(numbers))


def test_whatever_opens_a_clinics_database_gives_the_key_of_its_audit() -> None:
    opened = [line for file in (ROOT / "bot").rglob("*.py") for line in _openings(file.read_text(encoding="utf-8"))]
    assert len(opened) >= 4
    assert not [line for line in opened if "key=" not in line]


def _openings(code: str) -> list[str]:
    """Calls that open or upgrade a database."""
    return re.findall(r"(?<!def )(?<!class )(?<![.\w])(?:Database[(]|upgrade[(]|upgrade, )[^)]*\)", code)
