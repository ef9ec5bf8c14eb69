"""The long run: random conversations, each held to every promise; the first broken one is named by its seed."""

from __future__ import annotations

import random
import sys
from datetime import datetime, timezone

from rich.progress import track

from bot.clinical.event import Clinic, Facts
from bot.knowledge import load_protocol
from tests.clinical.proofreader import strictest
from tests.clinical.walk import walk

CONVERSATIONS = 100_000


def main(arguments: list[str]) -> int:
    """Return 0 when every conversation kept every promise; the first argument is how many to hold."""
    wanted = int(arguments[0]) if arguments else CONVERSATIONS
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
