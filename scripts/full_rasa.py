"""Proves, before a release, that the model also trains where Rasa has its full set of packages, TensorFlow included."""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.environments import RASA_FULL
from scripts.quietly import SetupFailed, step
from scripts.setup import ROOT, build_environments, only_one
from scripts.training import train_into

TRAINED = Path(".setup") / "model-full"


def main() -> int:
    """Build `.venv-rasa-full`, train there, and say where the model is."""
    try:
        with only_one(ROOT):
            build_environments(ROOT, [RASA_FULL])
            with step("Training the Rasa model beside TensorFlow"):
                model = train_into(ROOT, TRAINED, RASA_FULL)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"It trains there too: {model.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
