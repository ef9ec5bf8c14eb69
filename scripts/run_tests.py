"""Runs every test: those of the shared rooms and of rasa in `.venv-rasa`, all but rasa's in `.venv`.

In continuous integration the store's tests also run against a PostgreSQL of their own; elsewhere a developer may name a
database in TEST_DATABASE_URL.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Sequence

from scripts.postgres import can_run_cluster, temporary_cluster

ROOT = Path(__file__).resolve().parent.parent
RASA_ONLY = ("tests/rasa_host", "tests/actions")
BOTH = ("tests/clinical", "tests/knowledge", "tests/reading")
NO_TESTS = 5  # pytest's exit code when it found nothing to run


def main() -> int:
    """Return 0 when every test passed on both Pythons; the last line printed is pytest's own."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    subprocess.run([str(ROOT / "scripts" / "system_packages.sh")], check=True)
    with database() as settings:
        failed = pytest(".venv-rasa", [name for name in (*BOTH, *RASA_ONLY) if (ROOT / name).is_dir()], settings)
        return failed or pytest(".venv", [f"--ignore={name}" for name in RASA_ONLY], settings)


def pytest(folder: str, arguments: Sequence[str], settings: dict[str, str]) -> int:
    """Run pytest in one environment."""
    if not arguments:
        return 0
    print(f"\npytest in {folder}", flush=True)
    command = [str(ROOT / folder / "bin" / "python"), "-m", "pytest", *arguments]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode
    return 0 if code == NO_TESTS and folder != ".venv" else code


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Give the tests a PostgreSQL in continuous integration; elsewhere a developer may name one."""
    wanted = os.environ.get("CI") == "true" and "TEST_DATABASE_URL" not in os.environ
    if wanted and can_run_cluster():
        with temporary_cluster() as address:
            yield {"TEST_DATABASE_URL": address}
    else:
        yield {}


if __name__ == "__main__":
    sys.exit(main())
