"""The tables of the reports: counts by what they are of, shown so that no small number can be told."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.clinical.vocabulary import Finding
from bot.service.csv_file import Cell
from bot.service.desk_filters import LEVELS
from bot.service.report_records import Counted
from bot.service.small_numbers import LEAST, NOT_SHOWN, Figure, alone, together

STEPS = ("opened", "wrote", "inquiry", "result", "visit", "booked")
PRESENCES = ("present", "absent", "unknown")
PROMISES = ("in_time", "late", "open", "without")
VERDICTS = ("agree", "higher", "lower")
TIMES = ("opened_median", "opened_p90", "reached_median", "reached_p90")
LEAST_OF_P90 = 10
"""A ninetieth percentile of fewer would be the time of one person."""
MOST_QUESTIONS = 60


@dataclass(frozen=True)
class Row:
    """One row: the id of what is counted, and its figures in the order of the columns."""

    key: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    """One table with ids for its columns; `total` is that of the first column, where it is shown."""

    subject: Counted
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Figure | None = None

    def lines(self) -> list[tuple[Cell, ...]]:
        """The rows for a CSV file."""
        lines: list[tuple[Cell, ...]] = [(row.key, *(figure.cell for figure in row.figures)) for row in self.rows]
        return lines if self.total is None else [*lines, ("total", self.total.cell)]


def table_of(subject: Counted, counts: Counter[str]) -> Table:
    """What was counted of a subject, as it may be shown."""
    return _TABLES[subject](counts)


def _start(counts: Counter[str]) -> Table:
    return Table(Counted.START, ("chats",), tuple(Row(step, (alone(counts[step]),)) for step in STEPS))


def _questions(counts: Counter[str]) -> Table:
    asked = _under(counts, "asked")
    rows = [Row(id, (alone(count), alone(counts[f"stopped:{id}"]))) for id, count in asked.most_common(MOST_QUESTIONS)]
    return Table(Counted.QUESTIONS, ("asked", "stopped"), tuple(rows))


def _findings(counts: Counter[str]) -> Table:
    known = [[counts[f"{finding.value}:{presence}"] for presence in PRESENCES] for finding in Finding]
    shown, _ = together(known)
    rows = [Row(finding.value, tuple(figures)) for finding, figures in zip(Finding, shown, strict=True)]
    return Table(Counted.FINDINGS, PRESENCES, tuple(rows) if sum(counts.values()) else ())


def _regions(counts: Counter[str]) -> Table:
    rows = tuple(Row(region, (alone(count),)) for region, count in counts.most_common())
    return Table(Counted.REGIONS, ("inquiries",), rows)


def _levels(counts: Counter[str]) -> Table:
    (shown,), total = together([[counts[level] for level in LEVELS]], total=sum(counts.values()))
    rows = tuple(Row(level, (figure,)) for level, figure in zip(LEVELS, shown, strict=True))
    return Table(Counted.LEVELS, ("inquiries",), rows if sum(counts.values()) else (), total)


def _response(counts: Counter[str]) -> Table:
    rows = [_response_row(level, _under(counts, level)) for level in LEVELS if counts[f"{level}:came"]]
    return Table(Counted.RESPONSE, ("came", *PROMISES, *TIMES), tuple(rows))


def _response_row(level: str, counts: Counter[str]) -> Row:
    (promises,), came = together([[counts[promise] for promise in PROMISES]], total=counts["came"])
    times = [figure for what in ("opened", "reached") for figure in _times(counts, what)]
    return Row(level, (came or NOT_SHOWN, *promises, *times))


def _times(counts: Counter[str], what: str) -> tuple[Figure, Figure]:
    """The median and the ninetieth percentile, in minutes, where enough people stand behind them."""
    minutes = Counter(
        {int(key.partition("@")[2]): count for key, count in counts.items() if key.startswith(f"{what}@")}
    )
    median = _minutes(minutes, 0.5) if minutes.total() >= LEAST else NOT_SHOWN
    return median, _minutes(minutes, 0.9) if minutes.total() >= LEAST_OF_P90 else NOT_SHOWN


def _minutes(minutes: Counter[int], part: float) -> Figure:
    """The least time within which this part of them was served."""
    needed, served = part * minutes.total(), 0
    for minute in sorted(minutes):
        served += minutes[minute]
        if served >= needed:
            return Figure(str(minute), minute)
    return NOT_SHOWN


def _agreement(counts: Counter[str]) -> Table:
    judged = [level for level in LEVELS if any(counts[f"{level}:{verdict}"] for verdict in VERDICTS)]
    rows = [Row(level, tuple(alone(counts[f"{level}:{verdict}"]) for verdict in VERDICTS)) for level in judged]
    return Table(Counted.AGREEMENT, VERDICTS, tuple(rows))


def _under(counts: Counter[str], first: str) -> Counter[str]:
    """The counts whose key begins with this, without it."""
    return Counter({key[len(first) + 1 :]: count for key, count in counts.items() if key.startswith(f"{first}:")})


_TABLES: Mapping[Counted, Callable[[Counter[str]], Table]] = {
    Counted.START: _start,
    Counted.QUESTIONS: _questions,
    Counted.FINDINGS: _findings,
    Counted.REGIONS: _regions,
    Counted.LEVELS: _levels,
    Counted.RESPONSE: _response,
    Counted.AGREEMENT: _agreement,
}
