"""The `needlepoint` command of this folder: as a program of its own, or without one where the process is no matter."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from bot.cli.entry import main

ROOT = Path(__file__).resolve().parents[2]
NEEDLEPOINT = Path(sys.executable).parent / "needlepoint"
KEPT = ("PATH", "HOME", "PYTHONPYCACHEPREFIX")

Ended = subprocess.CompletedProcess[str]


def run_program(*words: str, **environ: str) -> Ended:
    """The command as a program, as a person runs it, in an environment without a clinic's settings."""
    command = [str(NEEDLEPOINT), *words]
    return subprocess.run(command, env=_environment(environ), text=True, capture_output=True, timeout=60)


def run(*words: str, said: str = "", **environ: str) -> Ended:
    """The same within this process, which spares the seconds of a start; `said` is typed into it.

    It is the console script's own function, with its arguments, environment and streams.
    """
    command = [str(NEEDLEPOINT), *words]
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    typed = io.TextIOWrapper(io.BytesIO(said.encode()), encoding="utf-8")
    with (
        patch.dict(os.environ, _environment(environ), clear=True),
        patch.multiple(sys, argv=command, stdin=typed),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
    ):
        code = _code_of_main()
    told, erred = [_text(stream) for stream in streams]
    return Ended(command, code, told, erred)


def _environment(environ: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), **environ}


def _code_of_main() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
