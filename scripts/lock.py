"""Writes the locks anew from requirements/*.in: exact versions with hashes, and no index address.

python3 -m scripts.lock              keep every version that still fits
python3 -m scripts.lock --upgrade    take the newest that fit
"""

from __future__ import annotations

import sys

from scripts.quietly import SetupFailed, run, step
from scripts.setup import ROOT
from scripts.uv import get_uv, uv_settings

LOCKS = (
    ("uv", "3.8", ()),
    ("app", "3.12", ()),
    ("rasa", "3.10", ("--override", "requirements/rasa-override.txt")),
    ("rasa-full", "3.10", ()),
    ("bench", "3.12", ()),
)
SAME_FOR_ALL = ("--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate")


def main() -> int:
    """Write every lock; options given on the command line go to `uv pip compile`."""
    try:
        uv, settings = get_uv(ROOT), uv_settings(ROOT)
        for name, version, options in LOCKS:
            files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
            told = ["--custom-compile-command", "make lock", "--python-version", version, *SAME_FOR_ALL, *options]
            with step(f"requirements/{name}.txt"):
                run([uv, "pip", "compile", *files, *told, *sys.argv[1:]], ROOT, settings)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
