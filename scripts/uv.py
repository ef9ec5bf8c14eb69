"""Gets uv, the installer, at the version and hash the project pins, and lets it use the machine's package settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Iterable

from scripts.quietly import SetupFailed, environment, run, step
from scripts.stamp import fingerprint, is_current

FOLDER = ".uv"
LOCK = "requirements/uv.txt"


def get_uv(root: Path, interpreters: Iterable[str] = ()) -> str:
    """Return the path of uv, installed into `.uv` by whichever of the interpreters can make an environment."""
    folder, wanted = root / FOLDER, fingerprint(root, [LOCK])
    program = folder / "bin" / "uv"
    if not (is_current(folder / "stamp", wanted) and program.exists()):
        with step("Installing uv, which builds the environments"):
            _install(root, [sys.executable, *interpreters])
        (folder / "stamp").write_text(wanted, encoding="utf-8")
    return str(program)


def uv_settings(root: Path) -> dict[str, str]:
    """Return the environment in which uv trusts the machine's certificates and asks the index that pip asks."""
    settings = {"UV_SYSTEM_CERTS": "true", "UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    index = _pip_setting(root, "global.index-url") or os.environ.get("PIP_INDEX_URL", "")
    if index and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        settings["UV_DEFAULT_INDEX"] = index
    return {name: value for name, value in settings.items() if name not in os.environ}


def _install(root: Path, interpreters: Iterable[str]) -> None:
    failures = []
    for interpreter in interpreters:
        try:
            run([interpreter, "-m", "venv", "--clear", FOLDER], root)
            run([f"{FOLDER}/bin/python", "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCK], root)
            return
        except SetupFailed as failure:
            failures.append(str(failure))
    raise SetupFailed("uv could not be installed with pip (is python3-venv installed?): " + "\n".join(failures[:1]))


def _pip_setting(root: Path, name: str) -> str:
    asked = subprocess.run(
        [str(root / FOLDER / "bin" / "python"), "-m", "pip", "config", "get", name],
        env=environment({}), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return asked.stdout.strip()
