"""The rounds of the benchmark: every bot does the same, one right after the other, again and again."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Sequence

from scripts.bench_bots import Bot, Running, running
from scripts.bench_measure import Load, cpu_seconds_of, memory_of, percentile, under_load
from scripts.quietly import step

ROUNDS = 5
CLIENTS = (1, 4)
EARLY, LATE = slice(5, 15), slice(195, 205)
"""The same ten messages around turn 10 and around turn 200."""
TURNS = 205


@dataclass
class Figures:
    """What was measured of one bot, a list wherever it was measured in every round."""

    ready_after: list[float] = field(default_factory=list)
    memory: float = 0.0
    cpu_per_turn: list[float] = field(default_factory=list)
    loads: dict[int, list[Load]] = field(default_factory=lambda: {clients: [] for clients in CLIENTS})
    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)

    @property
    def growth(self) -> list[float]:
        """How many times longer a turn takes around turn 200 than around turn 10, for each long conversation."""
        return [late / early for early, late in zip(self.early, self.late)]


def take_figures(bots: Sequence[Bot], started: ExitStack) -> list[Figures]:
    """The figures of every bot; the bots run until `started` is closed."""
    figures = [Figures() for _ in bots]
    with step(f"Starting and stopping {_named(bots)} once (does not count)"):
        for bot in bots:
            with running(bot):
                pass
    with step("Starting again, to stay"):
        alive = [_start(bot, mine, started) for bot, mine in zip(bots, figures)]
    with step("Warming up"):
        for bot in bots:
            under_load(bot.hold, bot.conversations, clients=1)
    for number in range(ROUNDS):
        with step(f"Round {number + 1} of {ROUNDS}: {_named(bots)}"):
            _round(bots, figures, alive)
    with step(f"A conversation of {TURNS} turns: {_named(bots)}"):
        for bot, mine in zip(bots, figures):
            _hold_long(bot, mine)
    for mine, run in zip(figures, alive):
        mine.memory = memory_of(run.pids)
    return figures


def _start(bot: Bot, figures: Figures, started: ExitStack) -> Running:
    run = started.enter_context(running(bot))
    figures.ready_after.append(run.ready_after)
    return run


def _round(bots: Sequence[Bot], figures: Sequence[Figures], alive: Sequence[Running]) -> None:
    for clients in CLIENTS:
        for bot, mine, run in zip(bots, figures, alive):
            before = cpu_seconds_of(run.pids)
            load = under_load(bot.hold, bot.conversations, clients=clients)
            mine.loads[clients].append(load)
            if clients == 1:
                mine.cpu_per_turn.append((cpu_seconds_of(run.pids) - before) / len(load.turns))


def _hold_long(bot: Bot, figures: Figures) -> None:
    times = bot.hold(bot.long_conversation)
    figures.early.append(percentile(times[EARLY], 50))
    figures.late.append(percentile(times[LATE], 50))


def _named(bots: Sequence[Bot]) -> str:
    return ", then ".join(bot.name for bot in bots)
