"""`python3 -m scripts.setup` as a person meets it, in a small clone with a pretended uv."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.stamp import fingerprint
from tests.setup.machine import program, python

UV = """
echo "$@" >> {asked}
case "$1 $2" in
    "python find") [ -x {fetched}/$5 ] && echo {fetched}/$5 ;;
    "python install") [ -e {online} ] && chmod +x {fetched}/$4 ;;
    "venv --quiet") mkdir -p $5/bin $5/lib/python3.10/site-packages && cp $4 $5/bin/python ;;
    "pip sync") [ ! -e {broken} ] ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone without a Rasa project yet, on a machine where only a uv that can fetch both Pythons is at hand."""
    clone = tmp_path / "clone"
    shutil.copytree("scripts", clone / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree("requirements", clone / "requirements")
    shutil.copy("pyproject.toml", clone)
    for version in ("3.12", "3.10"):
        python(tmp_path / "fetched" / version, version).chmod(0o644)
    places = {"asked": tmp_path / "asked", "fetched": tmp_path / "fetched", "online": tmp_path / "online"}
    program(clone / ".uv" / "bin" / "uv", UV.format(**places, broken=tmp_path / "broken"))
    program(clone / ".uv" / "bin" / "python", "exit 1")
    (clone / ".uv" / "stamp").write_text(fingerprint(clone, ["requirements/uv.txt"]))
    (tmp_path / "online").touch()
    return clone


def set_up(clone: Path) -> subprocess.CompletedProcess[str]:
    named = [name for name in os.environ if name.startswith(("NEEDLEPOINT_", "PYENV"))]
    environ = {name: value for name, value in os.environ.items() if name not in named}
    environ.update(HOME=str(clone.parent / "home"), PYTHONDONTWRITEBYTECODE="1")
    lonely = {**environ, "PATH": str(programs_only(clone.parent / "programs"))}
    return subprocess.run(
        [sys.executable, "-m", "scripts.setup"], cwd=clone, env=lonely, capture_output=True, text=True, check=False
    )


def programs_only(folder: Path) -> Path:
    """A folder for PATH with what the pretended uv calls, and no Python."""
    folder.mkdir(exist_ok=True)
    for name in ("mkdir", "cp", "chmod"):
        if not (folder / name).exists():
            (folder / name).symlink_to(shutil.which(name) or name)
    return folder


def asked(clone: Path) -> list[str]:
    record = clone.parent / "asked"
    return record.read_text().splitlines() if record.exists() else []


def test_both_pythons_are_fetched_and_both_environments_built_from_the_locks(clone):
    done = set_up(clone)
    assert done.returncode == 0, done.stderr
    assert "Building .venv with Python 3.12 from requirements/app.txt" in done.stdout
    installs = [line.split() for line in asked(clone) if line.startswith("pip sync")]
    assert [words[-1] for words in installs] == ["requirements/app.txt", "requirements/rasa.txt"]
    assert all("--require-hashes" in words for words in installs)


def test_rasa_finds_the_project_and_the_stand_in_at_every_start(clone):
    set_up(clone)
    start = clone / ".venv-rasa/lib/python3.10/site-packages/needlepoint.pth"
    place, line = start.read_text().splitlines()
    assert place == str(clone)
    assert line == "import bot.rasa_host.tensorflow_standin as standin; standin.install()"


def test_a_second_setup_does_nothing(clone):
    set_up(clone)
    before = asked(clone)
    done = set_up(clone)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert asked(clone) == before


def test_a_changed_lock_is_installed_into_the_environment_that_stands(clone):
    set_up(clone)
    with (clone / "requirements" / "app.txt").open("a") as lock:
        lock.write("# changed\n")
    before = len(asked(clone))
    set_up(clone)
    new = asked(clone)[before:]
    assert [line for line in new if line.startswith("pip sync")]
    assert not [line for line in new if line.startswith("venv") or "rasa.txt" in line]


def test_a_build_cut_short_is_begun_again(clone):
    (clone.parent / "broken").touch()
    failed = set_up(clone)
    assert failed.returncode == 1
    assert not (clone / ".venv" / "stamp").exists()
    (clone / ".venv" / "half").touch()
    (clone.parent / "broken").unlink()
    assert set_up(clone).returncode == 0
    assert not (clone / ".venv" / "half").exists()


def test_without_pythons_and_network_it_ends_with_the_sentence_alone(clone):
    (clone.parent / "online").unlink()
    done = set_up(clone)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Python 3.12 and Python 3.10 could not be found or fetched: ")
    assert "Traceback" not in done.stdout + done.stderr


def test_its_files_are_readable_by_python_3_8():
    for file in Path("scripts").glob("*.py"):
        ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 8))
