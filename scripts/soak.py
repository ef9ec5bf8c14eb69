"""The long run: random conversations in memory, held to every promise, then simulated patients over the chat API."""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Sequence

from rich.progress import track

from bot.clinical.event import Clinic, Facts
from bot.knowledge import load_protocol
from scripts.simulate import simulate
from tests.clinical.proofreader import strictest
from tests.clinical.walk import walk
from tests.simulated.persona_file import load_personas
from tests.simulated.report import summary, write

CONVERSATIONS = 100_000
SIMULATED = 1_000


def main(arguments: Sequence[str]) -> int:
    """Return 0 when every promise was kept; the arguments are how many random and how many simulated conversations."""
    wanted = int(arguments[0]) if arguments else CONVERSATIONS
    simulated = int(arguments[1]) if len(arguments) > 1 else SIMULATED
    return hold_random(wanted) or hold_simulated(simulated)


def hold_random(wanted: int) -> int:
    """Return 0 when each random conversation kept every promise; the first broken one is named by its seed."""
    protocol = load_protocol()
    facts = Facts(
        now=datetime(2026, 11, 22, 9, tzinfo=timezone.utc), clinic=Clinic("Demonstration clinic", "604-555-0100")
    )
    proofreader = strictest(facts, protocol)
    for seed in track(range(wanted), description="conversations"):
        try:
            chance = random.Random(seed)  # noqa: S311 - a seed to repeat it by, no secret
            walk(chance, facts, protocol, proofreader=proofreader)
        except AssertionError as broken:
            sys.stderr.write(f"conversation {seed}: {broken}\n")
            return 1
    sys.stdout.write(f"{wanted} random conversations kept every promise\n")
    return 0


def hold_simulated(wanted: int) -> int:
    """Return 0 when so many talks of simulated patients keep the figures of figures.py; failures are kept to read."""
    figures = simulate(load_personas(), count=wanted, seed=0)
    sys.stdout.write(f"{summary(figures)}\n")
    if not figures.broken():
        return 0
    sys.stderr.write(f"see {write(figures, Path(tempfile.mkdtemp(prefix='needlepoint-soak-')))}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
