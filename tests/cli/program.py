"""The `needlepoint` program of this folder, run as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDLEPOINT = Path(sys.executable).parent / "needlepoint"


def run(*words: str, cwd: Path | None = None, said: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """The command as a program, in an environment without a clinic's settings; `said` is typed into it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(ROOT), **environ}
    command = [str(NEEDLEPOINT), *words]
    return subprocess.run(command, env=env, cwd=cwd, input=said, text=True, capture_output=True, timeout=60)
