"""`needlepoint evaluate`: reads a labelled file and says how well the reading agrees with the labels."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.cli.lines import read_records
from bot.cli.reading import line_reader
from bot.cli.scoring import (
    FindingScores,
    FlagScores,
    Record,
    count_durations,
    count_imaging,
    kind_of,
    score_findings,
    score_flags,
    score_regions,
)
from bot.errors import NotUnderstood

Figures = dict[str, Any]


def evaluate_file(file: Path, language: str) -> Figures:
    """The figures of one labelled file, read by the reader of this language."""
    gold = _labelled(file)
    answer = line_reader(language)
    return figures(gold, [answer(_line(record)) for record in gold])


def figures(gold: list[Record], read: list[Record]) -> Figures:
    """The figures of these readings against these labels."""
    measure: Mapping[str, Callable[[list[Record], list[Record]], Figures]] = {
        "findings": _finding_file,
        "answers": _answer_file,
        "red_flags": _flag_file,
    }
    kind = kind_of(gold[0])
    return {"kind": kind, "n": len(gold), **measure[kind](gold, read)}


def report(figures: Figures) -> str:
    """The figures as one JSON object."""
    return json.dumps(figures, indent=2)


def tables(figures: Figures) -> list[Table]:
    """The figures as tables: single values first, then one table per breakdown."""
    single = {name: value for name, value in figures.items() if not isinstance(value, dict | list)}
    broken_down = {name: value for name, value in figures.items() if isinstance(value, dict)}
    return [_table("figures", single), *(_table(name, values) for name, values in broken_down.items())]


def _finding_file(gold: list[Record], read: list[Record]) -> Figures:
    right, labelled = count_durations(gold, read)
    imaging, imaged = count_imaging(gold, read)
    return {
        **_findings(score_findings(gold, read, label="findings")),
        "region_f1": round(score_regions(gold, read).f1, 4),
        "durations_right": f"{right}/{labelled}",
        "imaging_right": f"{imaging}/{imaged}",
    }


def _answer_file(gold: list[Record], read: list[Record]) -> Figures:
    return _findings(score_findings(gold, read, label="answer"))


def _flag_file(gold: list[Record], read: list[Record]) -> Figures:
    scores: FlagScores = score_flags(gold, read)
    return {
        "recall": round(scores.recall, 4),
        "false_alarm_rate": round(scores.alarms / max(1, scores.quiet), 4),
        "per_class": {name: f"{s.hits}/{s.hits + s.missed}" for name, s in sorted(scores.each.items())},
        "missed": scores.missed,
        "false_alarms": scores.false_alarms,
    }


def _findings(scores: FindingScores) -> Figures:
    return {
        "micro_f1": round(scores.total.f1, 4),
        "macro_f1": round(scores.macro_f1, 4),
        "precision": round(scores.total.precision, 4),
        "recall": round(scores.total.recall, 4),
        "wrong_polarity": scores.wrong_polarity,
        "per_finding": {name: round(score.f1, 4) for name, score in scores.each.items() if score.seen},
    }


def _line(record: Record) -> dict[str, Any]:
    return {name: record[name] for name in ("id", "text", "asked", "now") if name in record}


def _table(title: str, values: Mapping[str, Any]) -> Table:
    table = Table(title=title, show_header=False)
    for name, value in values.items():
        table.add_row(name, str(value))
    return table


def _labelled(file: Path) -> list[Record]:
    try:
        records = read_records(file.open(encoding="utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise NotUnderstood(f"{file} cannot be read as JSON lines: {error}") from error
    wanted = {"findings": "findings", "answers": "answer", "red_flags": "level"}
    fits = all(
        isinstance(record, dict) and {"id", "text", wanted[kind_of(record)]} <= set(record) for record in records
    )
    if not records or not fits:
        raise NotUnderstood(f"{file}: every line needs an id, a text and findings, an answer or a level")
    return records
