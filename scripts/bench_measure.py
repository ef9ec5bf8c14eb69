"""How the benchmark measures: percentiles, clients side by side, memory and processor time of process trees, ratios."""

from __future__ import annotations

import math
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable, List, Sequence

PROC = Path("/proc")
Conversation = Sequence[str]
Hold = Callable[[Conversation], List[float]]
"""Holds one conversation in a session of its own; the seconds that each of its turns took."""


@dataclass(frozen=True)
class Load:
    """How a bot did under some clients at once: the seconds of every turn, and of the whole."""

    turns: tuple[float, ...]
    seconds: float

    @property
    def per_second(self) -> float:
        """Turns answered each second."""
        return len(self.turns) / self.seconds


@dataclass(frozen=True)
class Spread:
    """The lowest, the middle and the highest of a few figures."""

    low: float
    middle: float
    high: float


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def spread(values: Sequence[float]) -> Spread:
    """The lowest, middle and highest of the values."""
    return Spread(min(values), statistics.median(values), max(values))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Ours to theirs, pair by pair: both of a pair were measured one right after the other."""
    return spread([one / other for one, other in zip(ours, theirs)])


def under_load(hold: Hold, conversations: Sequence[Conversation], *, clients: int) -> Load:
    """What happens when so many clients each hold all the conversations, each beginning with another one."""
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        held = list(pool.map(lambda first: _hold_all(hold, _from(conversations, first)), range(clients)))
    return Load(tuple(turn for turns in held for turn in turns), time.perf_counter() - started)


def tree_of(pid: int) -> list[int]:
    """A process with all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        fields = _fields(stat)
        if fields:
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for parent in found:
        found.extend(children.get(parent, []))
    return found


def memory_of(pids: Iterable[int]) -> float:
    """Megabytes that these processes hold together, what they share counted once (PSS)."""
    return sum(_pss(PROC / str(pid) / "smaps_rollup") for pid in pids) / 1024


def cpu_seconds_of(pids: Iterable[int]) -> float:
    """Seconds of processor time that these processes have used so far."""
    ticks = sum(sum(int(field) for field in _fields(PROC / str(pid) / "stat")[11:13]) for pid in pids)
    return ticks / os.sysconf("SC_CLK_TCK")


def _hold_all(hold: Hold, conversations: Iterable[Conversation]) -> list[float]:
    return [seconds for conversation in conversations for seconds in hold(conversation)]


def _from(conversations: Sequence[Conversation], first: int) -> list[Conversation]:
    start = first * len(conversations) // 4 % len(conversations)
    return [*conversations[start:], *conversations[:start]]


def _pss(file: Path) -> int:
    """Kilobytes; 0 for a process that is gone."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _fields(stat: Path) -> list[str]:
    """What stands behind the program's name, which may itself hold blanks and brackets."""
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return []
