"""Measures what is claimed of red flags in free text and writes the figures into docs/safety/evidence.md.

    make eval                              measures everything
    .venv/bin/python -m scripts.evidence   only this

Everything it measures is held out: of these messages nothing but totals is shown. What it says about the figures is
written by hand around the block that it fills in.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from bot.knowledge.flag_book import load_flag_book
from bot.reading.load import load_reading
from scripts import evidence_tables as tables
from scripts.flag_corpus import ROOT
from scripts.flag_mutants import mutants, read_cases
from scripts.held_out import heard, labelled
from scripts.marked_block import Block

DOCUMENT = ROOT / "docs" / "safety" / "evidence.md"
BLOCK = Block("<!-- figures of make eval -->", "<!-- end of figures -->")


def main() -> int:
    """Print the figures and write them into the document."""
    measured = figures()
    print(measured)
    DOCUMENT.write_text(BLOCK.replaced(DOCUMENT.read_text(encoding="utf-8"), measured), encoding="utf-8")
    return 0


def figures() -> str:
    """Every table, each below its heading."""
    screen, rules = load_reading("en")[1], load_flag_book().rules
    messages = heard(labelled(), screen)
    damaged = mutants(replace(screen, net=None), list(rules), cases=read_cases())
    parts = {
        "Urgent messages that are called urgent, by class": tables.by_class(messages),
        "The same, by author": tables.by_author(messages),
        "What they are called urgent for": tables.right_class(messages),
        "False alarms": tables.false_alarms(messages),
        "Levels, both together": tables.levels(messages),
        "What the net's likelihood means": tables.calibration(messages),
        f"Negative controls: {len(damaged)} damaged rules of {len(rules)}": tables.controls(damaged),
    }
    return "\n\n".join(f"### {heading}\n\n{text}" for heading, text in parts.items())


if __name__ == "__main__":
    sys.exit(main())
