"""Builds the two environments, `.venv` and `.venv-rasa`, exactly as their locks say."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from scripts.quietly import SetupFailed, run, step
from scripts.stamp import fingerprint, is_current
from scripts.uv import FOLDER as UV_FOLDER
from scripts.uv import uv_settings

RASA_START = "import bot.rasa_host.tensorflow_standin as standin; standin.install()"


@dataclass(frozen=True)
class Environment:
    """A folder with one Python and the packages of one lock."""

    folder: str
    version: str
    lock: str
    inputs: tuple[str, ...]

    def interpreter(self, root: Path) -> Path:
        """Return its Python."""
        return root / self.folder / "bin" / "python"


APP = Environment(".venv", "3.12", "requirements/app.txt", ("requirements/app.txt", "pyproject.toml"))
RASA = Environment(".venv-rasa", "3.10", "requirements/rasa.txt", ("requirements/rasa.txt",))
RASA_FULL = Environment(".venv-rasa-full", "3.10", "requirements/rasa-full.txt", ("requirements/rasa-full.txt",))
BENCH = Environment(".venv-bench", "3.12", "requirements/bench.txt", ("requirements/bench.txt",))


def is_built(root: Path, env: Environment) -> bool:
    """Say whether the environment stands as its lock says."""
    stamp = root / env.folder / "stamp"
    return is_current(stamp, fingerprint(root, env.inputs)) and env.interpreter(root).exists()


def build(root: Path, env: Environment, *, python: str, uv: str) -> None:
    """Build the environment; its stamp is written last, so that a build cut short is begun again."""
    stamp = root / env.folder / "stamp"
    stands = stamp.is_file() and env.interpreter(root).exists()
    settings = uv_settings(root)
    with step(f"Building {env.folder} with Python {env.version} from {env.lock}"):
        if stands:
            stamp.unlink()
        else:
            shutil.rmtree(root / env.folder, ignore_errors=True)
            run([uv, "venv", "--quiet", "--python", python, env.folder], root, settings)
        _install(root, env, uv=uv, settings=settings)
        _add_project(root, env, uv=uv, settings=settings)
    stamp.write_text(fingerprint(root, env.inputs), encoding="utf-8")


def _install(root: Path, env: Environment, *, uv: str, settings: dict[str, str]) -> None:
    into = ["--python", str(env.interpreter(root))]
    try:
        run([uv, "pip", "sync", "--quiet", "--require-hashes", *into, env.lock], root, settings)
    except SetupFailed:  # pip knows settings that uv does not read: extra indexes, folders of wheels, proxies
        pip = [f"{UV_FOLDER}/bin/python", "-m", "pip", *into]
        run([*pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", env.lock], root)


def _add_project(root: Path, env: Environment, *, uv: str, settings: dict[str, str]) -> None:
    if env is BENCH:  # the benchmark runs from the project's folder
        return
    if env is APP:
        editable = ["--quiet", "--no-deps", "--offline", "--editable", "."]
        run([uv, "pip", "install", "--python", str(env.interpreter(root)), *editable], root, settings)
        return
    packages = root / env.folder / "lib" / f"python{env.version}" / "site-packages"
    (packages / "needlepoint.pth").write_text(f"{root}{os.linesep}{RASA_START}\n", encoding="utf-8")
