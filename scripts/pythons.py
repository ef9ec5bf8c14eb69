"""Finds the two Pythons the project needs: named by the person, on PATH, under pyenv, known to uv, or fetched by uv."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Callable, Iterator, Mapping, Sequence

from scripts.quietly import CONFUSING, SetupFailed

ASK = (
    "import sys, ssl, sqlite3, venv; "
    "print(sys.implementation.name, '%d.%d' % sys.version_info[:2], getattr(sys, '_base_executable', sys.executable))"
)
SECONDS_TO_ANSWER = 20
SECONDS_TO_FETCH = 900


def find_pythons(versions: Sequence[str], environ: Mapping[str, str], uv: Callable[[], str | None]) -> dict[str, str]:
    """Return the interpreter of each version, or raise SetupFailed with one sentence that names the remedies."""
    found = {version: find_python(version, environ) for version in versions}
    missing = [version for version, interpreter in found.items() if interpreter is None]
    program = uv() if missing else None
    if program:
        found.update({version: from_uv(version, program, environ) for version in missing})
    still_missing = [version for version, interpreter in found.items() if interpreter is None]
    if still_missing:
        raise SetupFailed(remedies(still_missing))
    return {version: interpreter for version, interpreter in found.items() if interpreter}


def find_python(version: str, environ: Mapping[str, str]) -> str | None:
    """Return an interpreter of this version that is already on the machine, or None."""
    variable = variable_for(version)
    named = environ.get(variable)
    if named:
        interpreter = answering(named, version, environ)
        if interpreter is None:
            raise SetupFailed(f"{variable} names {named}, which is not a working Python {version}")
        return interpreter
    tried = (answering(candidate, version, environ) for candidate in candidates(version, environ))
    return next((interpreter for interpreter in tried if interpreter), None)


def from_uv(version: str, uv: str, environ: Mapping[str, str]) -> str | None:
    """Return an interpreter that uv knows of or could fetch, or None."""
    find = [uv, "python", "find", "--system", "--no-python-downloads", version]
    known = _said(find, environ)
    if not known:
        print(f"  Python {version} is not on this machine: asking uv to fetch it", flush=True)
        _said([uv, "python", "install", "--quiet", version], environ, patience=SECONDS_TO_FETCH)
        known = _said(find, environ)
    return answering(known, version, environ) if known else None


def answering(candidate: str, version: str, environ: Mapping[str, str]) -> str | None:
    """Return the real path of a candidate that runs and is this version (a shim may do neither), else None."""
    said = _said([candidate, "-c", ASK], environ) or ""
    implementation, _, rest = said.partition(" ")
    answered, _, interpreter = rest.partition(" ")
    return interpreter if (implementation, answered) == ("cpython", version) else None


def candidates(version: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Return what may be a Python of this version, likeliest first, without running it."""
    folders = [Path(folder) for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    for name in (f"python{version}", "python3"):
        yield from (str(folder / name) for folder in folders if (folder / name).exists())
    for versions in pyenv_folders(environ):
        installed = sorted(versions.glob(f"{version}.*"), key=_release, reverse=True)
        yield from (str(folder / "bin" / "python") for folder in installed)


def pyenv_folders(environ: Mapping[str, str]) -> list[Path]:
    """Return the folders in which pyenv may keep its Pythons."""
    roots = [environ.get("PYENV_ROOT", ""), os.path.join(environ["HOME"], ".pyenv") if environ.get("HOME") else ""]
    return [Path(root) / "versions" for root in dict.fromkeys(roots) if root]


def remedies(versions: Sequence[str]) -> str:
    """Return the one sentence for a person whose machine lacks a Python."""
    names = " and ".join(f"Python {version}" for version in versions)
    packages = " and ".join(f"python{version}" for version in versions)
    variables = " and ".join(variable_for(version) for version in versions)
    return (
        f"{names} could not be found or fetched: install {packages} with the system's package manager or pyenv, "
        f"or let uv download it by running this again with network access, "
        f"or set {variables} to an interpreter you have."
    )


def variable_for(version: str) -> str:
    """Return the variable by which a person names an interpreter of this version."""
    return f"NEEDLEPOINT_PYTHON{version.replace('.', '')}"


def _release(folder: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", folder.name))


def _said(command: Sequence[str], environ: Mapping[str, str], *, patience: int = SECONDS_TO_ANSWER) -> str | None:
    kept = {name: value for name, value in environ.items() if name not in CONFUSING}
    try:
        done = subprocess.run(
            command, env=kept, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=patience, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
