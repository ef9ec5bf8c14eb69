"""Runs every test: those of the shared rooms and of rasa in `.venv-rasa`, all but rasa's in `.venv`.

As many run beside each other as there are processors; those that measure time (marked `alone`) run at the end, with
nothing beside them. Then it holds the hazard log against what ran: a hazard without a test that passed fails the run.
In continuous integration the store's tests also run against a PostgreSQL of their own; elsewhere a developer may name
a database in TEST_DATABASE_URL.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Iterator, Sequence

from bot.knowledge.problems import Problems
from scripts import hazards
from scripts.postgres import can_run_cluster, temporary_cluster

ROOT = Path(__file__).resolve().parent.parent
RASA_ONLY = ("tests/rasa_host", "tests/actions")
BOTH = ("tests/clinical", "tests/knowledge", "tests/reading")
LONG = ("tests/end_to_end", "tests/browser", "tests/simulated", "tests/cli", "tests/store")
"""Begun first, so that at the end both processors still have something to do."""
NO_TESTS = 5  # pytest's exit code when it found nothing to run
BYTECODE = ROOT / ".setup" / "bytecode"
"""Where what Python compiled is kept: hundreds of processes would otherwise compile every library anew."""
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it, which only its owner may enter
ROOM = 4_000_000_000
"""Bytes that must be free in Linux's folder in memory: a container may have very little."""
PARTS = {
    "beside each other": [
        "-m",
        "not alone",
        "-n",
        str(os.cpu_count() or 1),
        "--dist",
        "loadscope",
        "--no-loadscope-reorder",
    ],
    "alone": ["-m", "alone"],
}


def main() -> int:
    """Return 0 when every test passed on both Pythons and every hazard has some; the last line says how many."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    subprocess.run([str(ROOT / "scripts" / "system_packages.sh")], check=True)
    runs = {
        ".venv-rasa": [name for name in (*BOTH, *RASA_ONLY) if (ROOT / name).is_dir()],
        ".venv": [*LONG, *(name for name in every_folder() if name not in (*LONG, *RASA_ONLY))],
    }
    with database() as server, files_in_memory() as folder_of_files:
        settings = {**server, **folder_of_files}
        failed = [run(folder, chosen, settings) for folder, chosen in runs.items()]
    reports = [report_of(folder, part) for folder in runs for part in PARTS]
    return int(any(failed)) or check_hazards(ROOT, reports)


def every_folder() -> list[str]:
    """Every folder and file below tests that holds some."""
    return sorted({f"tests/{file.relative_to(ROOT / 'tests').parts[0]}" for file in ROOT.glob("tests/**/test_*.py")})


def run(folder: str, chosen: Sequence[str], settings: dict[str, str]) -> int:
    """Run the chosen tests in one environment, and return 0 when all passed."""
    files = {"beside each other": chosen, "alone": files_with_some_alone(chosen)}
    failed = [pytest(folder, [*files[part], *options], settings, part=part) for part, options in PARTS.items()]
    return int(any(failed))


def files_with_some_alone(chosen: Sequence[str]) -> list[str]:
    """The files that say the word, for to load every other one takes as long as many a test."""
    files = [file for name in chosen for file in (sorted((ROOT / name).rglob("test_*.py")) or [ROOT / name])]
    return [str(file.relative_to(ROOT)) for file in files if "alone" in file.read_text(encoding="utf-8")]


def pytest(folder: str, arguments: Sequence[str], settings: dict[str, str], *, part: str) -> int:
    """Run pytest in one environment."""
    print(f"\npytest in {folder}, {part}", flush=True)
    report = report_of(folder, part)
    report.unlink(missing_ok=True)
    command = [str(ROOT / folder / "bin" / "python"), "-m", "pytest", f"--junitxml={report}", *arguments]
    environ = {**os.environ, **settings, "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    code = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
    return 0 if code == NO_TESTS and part == "alone" else code


def report_of(folder: str, part: str) -> Path:
    """Where pytest writes what it ran of this part in this environment."""
    return ROOT / ".setup" / f"tests-in{folder}-{part.replace(' ', '-')}.xml"


def check_hazards(root: Path, reports: Sequence[Path]) -> int:
    """Return 0 when every test that the hazard log below `root` names ran and passed, and print how many did."""
    problems = Problems()
    log, outcomes = hazards.read_log(root, problems=problems), hazards.read_reports(reports)
    hazards.check(log, outcomes, root=root, problems=problems)
    for problem in problems.found:
        print(problem)
    failed = f"{len(problems.found)} problem(s) with the hazards, named above"
    print(failed if problems.found else hazards.summary(log, outcomes))
    return int(bool(problems.found))


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Give the tests a PostgreSQL in continuous integration; elsewhere a developer may name one."""
    wanted = os.environ.get("CI") == "true" and "TEST_DATABASE_URL" not in os.environ
    if wanted and can_run_cluster():
        with temporary_cluster() as address:
            yield {"TEST_DATABASE_URL": address}
    else:
        yield {}


@contextmanager
def files_in_memory() -> Iterator[dict[str, str]]:
    """Give the tests a folder in memory where there is room: on a disk they wait for every commit."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield {}
        return
    with TemporaryDirectory(dir=MEMORY, prefix="needlepoint-tests-") as folder:
        yield {"PYTEST_DEBUG_TEMPROOT": folder}


if __name__ == "__main__":
    sys.exit(main())
