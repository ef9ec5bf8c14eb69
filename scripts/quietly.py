"""Runs programs without their noise: what they say goes to a log file, and to the person only when they fail."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Mapping, Sequence

LOG = Path(".setup") / "log.txt"
LAST_LINES = 15
CONFUSING = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "UV_PROJECT_ENVIRONMENT", "PIP_USER")


class SetupFailed(Exception):
    """Setup cannot go on; the message is for the person at the terminal."""


def run(command: Sequence[str], root: Path, extra: Mapping[str, str] | None = None) -> str:
    """Return what the program printed on standard output, or raise SetupFailed with the end of what it said."""
    (root / LOG).parent.mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            command, cwd=root, env=environment(extra or {}), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError as error:
        raise SetupFailed(f"{command[0]} could not be run: {error.strerror}") from error
    with (root / LOG).open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}\n")
    if done.returncode:
        raise SetupFailed(_failure(command, done, root))
    return done.stdout


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program of ours: the person's own, without what would lead it elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in CONFUSING}
    return {**kept, **extra}


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a line when the work begins and how long it took when it is done."""
    print(f"  {title} ...", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def _failure(command: Sequence[str], done: subprocess.CompletedProcess[str], root: Path) -> str:
    said = (done.stdout + done.stderr).strip().splitlines()[-LAST_LINES:]
    shown = "\n".join(f"    {line}" for line in said)
    return f"{Path(command[0]).name} ended with {done.returncode} (all it said is in {LOG}):\n{shown}"
