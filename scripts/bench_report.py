"""The benchmark's tables, for the terminal and for docs/performance.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence, Tuple

from scripts.bench_measure import percentile, ratios, spread
from scripts.bench_rounds import Figures

READY, MEMORY, TURN, FASTER = 15.0, 500.0, 20.0, 4.0
Row = Tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Where the seconds of one turn go: in all, in the rasa process, and a request that only reads."""

    whole: Sequence[float]
    rasa: Sequence[float]
    reading: Sequence[float]


def comparison(figures: Sequence[Figures]) -> list[Row]:
    """One row for each figure: ours, then the peer's where there is one, then ours to theirs pair by pair."""
    return [
        _row("ready after a second start, s", [one.ready_after for one in figures]),
        _row("memory of all processes (PSS), MB", [[one.memory] for one in figures], "{:.0f}"),
        _row("a turn with 1 client, p50, ms", [_turns(one, 50) for one in figures]),
        _row("a turn with 1 client, p95, ms", [_turns(one, 95) for one in figures]),
        _row("processor time of a turn, ms", [_ms(one.cpu_per_turn) for one in figures]),
        _row("turns a second, 1 client", [_rates(one, 1) for one in figures]),
        _row("turns a second, 4 clients", [_rates(one, 4) for one in figures]),
        _row("turns around turn 10, p50, ms", [_ms(one.early) for one in figures]),
        _row("turns around turn 200, p50, ms", [_ms(one.late) for one in figures]),
        _row("turn 200 to turn 10", [one.growth for one in figures], "{:.2f}"),
    ]


def aims(figures: Sequence[Figures]) -> list[Row]:
    """One row for each aim: what was wanted, what was measured, and whether it is met."""
    ours = figures[0]
    ready, turn = spread(ours.ready_after).middle, spread(_turns(ours, 50)).middle
    rows: list[Row] = [
        ("ready after a second start", f"at most {READY:.0f} s", f"{ready:.1f} s", _met(ready <= READY)),
        ("memory of web + rasa", f"under {MEMORY:.0f} MB", f"{ours.memory:.0f} MB", _met(ours.memory < MEMORY)),
        ("a turn through the chat API, p50", f"under {TURN:.0f} ms", f"{turn:.1f} ms", _met(turn < TURN)),
    ]
    for theirs in figures[1:]:
        faster = ratios(_rates(ours, 4), _rates(theirs, 4)).middle
        wanted = f"at least {FASTER:.0f} times the stock bot's"
        rows.append(("turns a second, 4 clients", wanted, f"{faster:.1f} times", _met(faster >= FASTER)))
    return rows


def split_rows(split: Split) -> list[Row]:
    """One row for each part of a turn, in milliseconds."""
    whole, rasa = percentile(split.whole, 50), percentile(split.rasa, 50)
    parts = (
        ("a whole turn through the chat API", whole),
        ("of it: the rasa process (POST /turn, asked directly)", rasa),
        ("of it: web, screen, store with two commits (the rest)", whole - rasa),
        ("for comparison: a request that only reads (GET encounter)", percentile(split.reading, 50)),
    )
    return [(name, f"{seconds * 1000:.1f}") for name, seconds in parts]


def as_text(head: Row, rows: Sequence[Row]) -> str:
    """The table with aligned columns."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in (head, *rows)]
    return "\n".join(f"  {line}" for line in lines)


def as_markdown(head: Row, rows: Sequence[Row]) -> str:
    """The table as Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(title: str, values: Sequence[Sequence[float]], form: str = "{:.1f}") -> Row:
    shown = [form.format(spread(one).middle) for one in values]
    if len(values) == 1:
        return (title, *shown)
    ratio = ratios(values[0], values[1])
    return (title, *shown, f"{ratio.low:.2f} / {ratio.middle:.2f} / {ratio.high:.2f}")


def _turns(figures: Figures, percent: int) -> list[float]:
    return _ms([percentile(load.turns, percent) for load in figures.loads[1]])


def _rates(figures: Figures, clients: int) -> list[float]:
    return [load.per_second for load in figures.loads[clients]]


def _ms(seconds: Sequence[float]) -> list[float]:
    return [one * 1000 for one in seconds]


def _met(is_met: bool) -> str:
    return "met" if is_met else "missed"
