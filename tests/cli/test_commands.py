"""The commands as a person calls them: quick help, plain errors, and one link for the first account."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli.greeting import DEMO, greeting
from bot.settings import demo
from tests.cli.program import ROOT, run_program

COMMANDS = ("demo", "serve", "migrate", "setup-link", "read", "understand", "explain", "rules", "check-knowledge")


@pytest.mark.alone
def test_help_names_every_command_and_is_quick() -> None:
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        shown = run_program("--help").stdout
        took.append(time.perf_counter() - begun)
    assert all(command in shown for command in (*COMMANDS, "sign", "evaluate", "converse", "staff"))
    assert min(took) < 0.6, took


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("serve",), "CLINIC_NAME is missing"),
        (("migrate",), "CLINIC_NAME is missing"),
        (("demo",), "HOST: demo mode listens on 127.0.0.1 only"),
        (("rules", "--region", "atlantis"), "atlantis"),
        (("converse", __file__), "cannot be read as JSON lines"),
    ],
)
def test_an_error_is_a_plain_sentence_and_code_2(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    ended = run_program(*words, HOST="0.0.0.0", DATA_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_service_that_is_not_there_fails_every_conversation(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "my back"}\n{"text": "my neck"}\n')
    ended = run_program("converse", str(file), "--url", "http://127.0.0.1:9")
    assert ended.returncode == 1
    assert '"errors": 2' in ended.stdout
    assert "is `make run` running?" in ended.stdout


def test_the_rules_are_printed_as_a_table() -> None:
    assert run_program("rules", "--format", "csv").stdout.startswith("kind,id,")
    assert "| cauda_equina |" in run_program("rules").stdout


def test_the_database_is_made_and_a_link_is_given_each_time(tmp_path: Path) -> None:
    links = [run_program("setup-link", "--demo", DATA_DIR=str(tmp_path), PORT="8001").stdout.strip() for _ in range(2)]
    assert all(link.startswith("http://localhost:8001/desk/setup/") for link in links)
    assert links[0] != links[1]
    assert run_program("migrate", "--demo", DATA_DIR=str(tmp_path)).stdout.startswith("The database is at version ")


@pytest.mark.parametrize("link", [None, "http://localhost:8000/desk/setup/once"])
def test_the_greeting_gives_the_addresses_and_the_link_only_when_there_is_one(link: str | None, tmp_path: Path) -> None:
    told = greeting(demo({"DATA_DIR": str(tmp_path)}), link=link)
    assert "http://localhost:8000/\n" in told
    assert "http://localhost:8000/desk\n" in told
    assert DEMO in told
    assert ("First staff account" in told) is (link is not None)


def test_explain_shows_corrected_words_borders_cues_and_what_was_asked() -> None:
    shown = run_program("explain", "no, but my fot is numbess", "--asked", "swelling", COLUMNS="160").stdout
    assert "fot→foot" in shown
    assert "no | but" in shown or "no || but" in shown
    assert "Every cue" in shown
    assert "swelling" in shown
    assert "Red flags" not in shown, "an empty table says nothing"


def test_explain_names_the_findings_that_may_be_asked() -> None:
    refused = run_program("explain", "no", "--asked", "toothache")
    assert refused.returncode == 2
    assert "altered_sensation" in refused.stderr


def test_check_knowledge_also_reads_the_words_that_messages_are_read_by(tmp_path: Path) -> None:
    copied = tmp_path / "bot"
    shutil.copytree(ROOT / "bot", copied)
    lexicon = copied / "knowledge" / "en" / "lexicon.yml"
    lexicon.write_text(
        lexicon.read_text(encoding="utf-8").replace(
            "      - tender|tenderness\n", "      - tender|tenderness\n      - sore\n"
        )
    )
    code = (
        "import sys; from bot.cli.knowledge import faults; print(faults(language='en', region='ca-bc', overlay=None))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, text=True, capture_output=True, check=True)
    assert "phrase 'sore' also belongs to" in told.stdout
