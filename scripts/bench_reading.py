"""Measures the reader beside medspaCy with the same phrases, on one core, and writes the figures into docs/reading.md.

    make bench-reading

Builds `.venv-bench` from requirements/bench.txt first, where it is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Mapping

from scripts.environments import BENCH
from scripts.marked_block import Block
from scripts.quietly import SetupFailed
from scripts.setup import ROOT, build_environments, only_one

DOCUMENT = ROOT / "docs" / "reading.md"
BLOCK = Block("<!-- figures of make bench-reading -->", "<!-- end of figures -->")
COMMAND = ("-W", "ignore", "-m", "scripts.reading_peers")


def main() -> int:
    """Print the figures; 1 when they could not be taken."""
    try:
        with only_one(ROOT):
            build_environments(ROOT, [BENCH])
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    program = [str(BENCH.interpreter(ROOT)), *COMMAND]
    told = subprocess.run(program, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if told.returncode:
        return 1
    table = as_table(json.loads(told.stdout.splitlines()[-1]))
    print(table)
    DOCUMENT.write_text(BLOCK.replaced(DOCUMENT.read_text(encoding="utf-8"), table), encoding="utf-8")
    return 0


def as_table(figures: Mapping[str, Any]) -> str:
    """The figures as Markdown."""
    readers: Mapping[str, Mapping[str, float]] = figures["readers"]
    ours = next(iter(readers.values()))["per_second"]
    lines = ["| reader | texts a second | ours to theirs | F1, held out | F1, two voices |", "|---|---|---|---|---|"]
    for name, found in readers.items():
        f1 = " | ".join(f"{found[f'f1, {corpus}']:.3f}" for corpus in ("held out", "two voices, held out"))
        lines.append(f"| {name} | {found['per_second']:,.0f} | {ours / found['per_second']:.1f} | {f1} |")
    lines += ["", "| cost | measured |", "|---|---|"]
    return "\n".join(lines + [f"| {name} | {cost:.2f} |" for name, cost in figures["costs"].items()])


if __name__ == "__main__":
    sys.exit(main())
