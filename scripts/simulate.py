"""Simulated patients against a running pair: `python -m scripts.simulate --count 200 --seed 7 --report DIR`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Sequence

from rich.progress import Progress

from tests.end_to_end.pair import Pair
from tests.simulated.crowd import hold_all
from tests.simulated.figures import Figures
from tests.simulated.persona import Persona
from tests.simulated.persona_file import load_personas
from tests.simulated.report import summary, write

PHONE = "604-555-0100"
"""The demonstration clinic's, which `needlepoint demo` runs for."""


def main(arguments: Sequence[str]) -> int:
    """Return 0 when the conversations keep every promise; print the figures, and write them to --report."""
    given = _given(arguments)
    personas = [one for one in load_personas(given.file) if not given.only or one.name in given.only]
    figures = simulate(personas, count=given.count or len(personas), seed=given.seed, url=given.url)
    sys.stdout.write(f"{summary(figures)}\n")
    if given.report:
        sys.stdout.write(f"see {write(figures, given.report)}\n")
    return int(bool(figures.broken()))


def simulate(personas: Sequence[Persona], *, count: int, seed: int, url: str | None = None) -> Figures:
    """The figures of so many conversations with the service at `url`, else with a pair started for them."""
    if url:
        return _held(url, personas, count=count, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(Path(folder), RASA_TIMEOUT="30")
        try:
            pair.wait_ready()
            return _held(pair.url, personas, count=count, seed=seed)
        finally:
            pair.stop()


def _held(url: str, personas: Sequence[Persona], *, count: int, seed: int) -> Figures:
    with Progress() as progress:
        task = progress.add_task("conversations", total=count)
        courses = asyncio.run(hold_all(url, personas, count=count, seed=seed, heard=lambda _: progress.advance(task)))
    return Figures(courses, phone=PHONE)


def _given(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.simulate", description=__doc__)
    parser.add_argument("--count", type=int, help="how many conversations; each persona once where it is left out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--report", type=Path, help="a folder for the report and the transcript of each failure")
    parser.add_argument("--url", help="a service that runs already; its limits must allow so many messages")
    parser.add_argument(
        "--file", type=Path, nargs="*", help="persona files; all of tests/simulated/personas if left out"
    )
    parser.add_argument("--only", nargs="*", help="names of personas")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
