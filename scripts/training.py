"""Trains the Rasa model, once for each state of what it is made from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.environments import RASA, Environment
from scripts.quietly import run, step
from scripts.stamp import fingerprint, is_current

INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "bot/knowledge",
    "bot/rasa_host",
    "bot/reading",
    "requirements/rasa.txt",
)
MODEL = Path("models") / "needlepoint.tar.gz"
STAMP = Path("models") / "needlepoint.stamp"
WORKSHOP = Path(".setup") / "model"


def is_trained(root: Path) -> bool:
    """Say whether the model at hand was made from what the project holds now, or there is nothing to train yet."""
    if not (root / "config.yml").exists():
        return True
    return is_current(root / STAMP, fingerprint(root, INPUTS)) and (root / MODEL).is_file()


def train(root: Path) -> None:
    """Train a new model and put it in the old one's place when it is whole."""
    made_from = fingerprint(root, INPUTS)
    with step("Training the Rasa model"):
        trained = train_into(root, WORKSHOP, RASA)
        (root / MODEL).parent.mkdir(exist_ok=True)
        (root / STAMP).unlink(missing_ok=True)
        os.replace(str(trained), str(root / MODEL))
    (root / STAMP).write_text(made_from, encoding="utf-8")


def train_into(root: Path, folder: Path, env: Environment) -> Path:
    """Train from scratch in the given environment; return the new model's file."""
    shutil.rmtree(root / folder, ignore_errors=True)
    rasa = [str(env.interpreter(root)), "-W", "ignore", "-m", "rasa"]
    run([*rasa, "train", "--quiet", "--force", "--fixed-model-name", "needlepoint", "--out", str(folder)], root)
    return root / folder / "needlepoint.tar.gz"
