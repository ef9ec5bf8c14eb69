"""Makes a fresh clone ready to run: both environments from the locks, and a trained model.

    python3 -m scripts.setup

Only what changed since the last time is done again. It runs on any Python from 3.8 on, with its standard library.
"""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Sequence

from scripts.environments import APP, RASA, Environment, build, is_built
from scripts.pythons import find_pythons
from scripts.quietly import SetupFailed
from scripts.training import is_trained, train
from scripts.uv import get_uv

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(".setup") / "lock"


def main() -> int:
    """Set the project up; say in a sentence what is missing when that cannot be done."""
    try:
        with only_one(ROOT):
            set_up(ROOT)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the next setup goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up(root: Path) -> None:
    """Build what is missing or out of date."""
    build_environments(root, [APP, RASA])
    if not is_trained(root):
        train(root)


def build_environments(root: Path, wanted: Sequence[Environment]) -> None:
    """Build those of the environments that do not stand as their locks say."""
    due = [env for env in wanted if not is_built(root, env)]
    if not due:
        return
    print("Setting up Needlepoint (a few minutes the first time)", flush=True)
    versions = sorted({env.version for env in due}, reverse=True)
    pythons = find_pythons(versions, os.environ, lambda: _uv_if_possible(root))
    uv = get_uv(root, pythons.values())
    for env in due:
        build(root, env, python=pythons[env.version], uv=uv)


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Wait while another setup works in the same folder."""
    (root / LOCK).parent.mkdir(exist_ok=True)
    with (root / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _uv_if_possible(root: Path) -> str | None:
    try:
        return get_uv(root)
    except SetupFailed:  # then the sentence about the missing Python says more than pip's complaint
        return None


if __name__ == "__main__":
    sys.exit(main())
