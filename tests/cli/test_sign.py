"""`needlepoint sign` as a person calls it: it shows what is signed, asks, and keeps it with the clinic."""

import json
from pathlib import Path

import pytest

from bot.knowledge import load_protocol
from bot.knowledge.review import NOT_REVIEWED
from tests.cli.program import run

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "clinic-overlay.yml"
ANA = ("sign", "--name", "Ana Reyes", "--licence", "PT 12345")
HARD = (
    "Notwithstanding the aforementioned considerations regarding multidisciplinary musculoskeletal rehabilitation, "
    "individuals experiencing persistent discomfort should communicate comprehensive particulars immediately, "
    "notwithstanding any previous consultations or administrative correspondence with another organisation."
)


def test_a_signed_version_shows_as_signed_until_it_changes(tmp_path: Path) -> None:
    signed = run(*ANA, "--yes", DATA_DIR=str(tmp_path))
    version = load_protocol().version
    assert signed.returncode == 0, signed.stderr
    assert all(word in signed.stdout for word in (version, "rules, language en, region ca-bc", "No clinic's overlay"))
    kept = json.loads((tmp_path / "signatures.jsonl").read_text(encoding="utf-8"))
    assert (kept["name"], kept["licence"], kept["version"]) == ("Ana Reyes", "PT 12345", version)
    rules = run("rules", DATA_DIR=str(tmp_path)).stdout
    assert rules.startswith("Clinical rules: signed by Ana Reyes, licence PT 12345")
    changed = run("rules", "--overlay", str(EXAMPLE), DATA_DIR=str(tmp_path)).stdout
    assert changed.startswith(f"Clinical rules: {NOT_REVIEWED}; Ana Reyes, licence PT 12345, signed another version")


def test_the_clinics_overlay_is_signed_where_its_settings_name_it(tmp_path: Path) -> None:
    ours = str(tmp_path / "ours.jsonl")
    signed = run(*ANA, "--yes", OVERLAY=str(EXAMPLE), SIGNATURES=ours).stdout
    assert "overlay clinic-overlay.yml makes or changes" in signed
    kept = json.loads(Path(ours).read_text(encoding="utf-8"))
    assert (kept["overlay"], kept["version"]) == (EXAMPLE.name, load_protocol(overlay=EXAMPLE).version)
    assert run("rules", OVERLAY=str(EXAMPLE), SIGNATURES=ours).stdout.startswith("Clinical rules: signed by Ana Reyes")


@pytest.mark.parametrize(("answer", "is_kept"), [("y\n", True), ("n\n", False), ("", False)])
def test_nothing_is_signed_before_a_yes(answer: str, is_kept: bool, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    ended = run(*ANA, "--out", str(file), said=answer)
    assert f"Until now: {NOT_REVIEWED}" in ended.stdout
    assert file.exists() is is_kept
    assert (ended.returncode == 0) is is_kept


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--name", " ", "--licence", "1"), "the name of a signature is empty"),
        (("--name", "Ana", "--licence", ""), "the licence of a signature is empty"),
        (("--name", "Ana"), "Missing option '--licence'"),
        (("--name", "Ana", "--licence", "1", "--region", "atlantis"), "regions/atlantis.yml: file: is missing"),
    ],
)
def test_what_is_not_in_order_is_refused_plainly(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    ended = run("sign", *words, "--yes", DATA_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wording", "says"), [(HARD, "reads at grade"), ("It is nothing serious.", "it reassures"), ("", "cannot change")]
)
def test_data_that_check_knowledge_refuses_cannot_be_signed(wording: str, says: str, tmp_path: Path) -> None:
    overlay = tmp_path / "ours.yml"
    overlay.write_text(f'clinic: Ours\nwording:\n  control.greet: "{wording}"\n', encoding="utf-8")
    ended = run(*ANA, "--yes", OVERLAY=str(overlay), DATA_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert says in ended.stderr
    assert run("check-knowledge", OVERLAY=str(overlay)).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ours.yml"]


def test_a_damaged_file_is_named_by_both_commands_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "signatures.jsonl"
    file.write_text("{torn")
    for ended in (run(*ANA, "--yes", DATA_DIR=str(tmp_path)), run("rules", DATA_DIR=str(tmp_path))):
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "signatures.jsonl: line 1 is damaged" in ended.stderr
    assert file.read_text() == "{torn"
