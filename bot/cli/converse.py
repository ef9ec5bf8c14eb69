"""`needlepoint converse`: holds a conversation with each line of a file and reports what went wrong."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.cli.chat_client import ChatClient
from bot.cli.conversation import MOST_QUESTIONS, Course, hold
from bot.cli.lines import read_records
from bot.errors import NotUnderstood


def converse(file: Path, url: str, *, limit: int | None, console: Console) -> list[Course]:
    """How the conversations opened with each line of the file went."""
    lines = _openings(file)[:limit]
    client = ChatClient(url)
    try:
        watched = track(lines, "Conversations", console=console, disable=not console.is_terminal)
        return [hold(client, line["text"], id=str(line.get("id", number))) for number, line in enumerate(watched, 1)]
    finally:
        client.close()


def summary(courses: Sequence[Course]) -> dict[str, Any]:
    """The figures of a run, and every conversation that failed."""
    questions = [course.questions for course in courses]
    return {
        "conversations": len(courses),
        "errors": sum(course.error is not None for course in courses),
        "dead_ends": sum(course.is_dead_end for course in courses),
        f"over_{MOST_QUESTIONS}_questions": sum(count > MOST_QUESTIONS for count in questions),
        "openings_without_a_question": sum(course.invited for course in courses),
        "questions_mean": round(sum(questions) / max(1, len(questions)), 2),
        "questions_most": max(questions, default=0),
        "ends": _counts(course.end for course in courses),
        "dispositions": _counts(str(course.disposition) for course in courses),
        "failed": [asdict(course) for course in courses if course.failed],
    }


def _counts(values: Any) -> dict[str, int]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return counted


def _openings(file: Path) -> list[dict[str, Any]]:
    try:
        records = read_records(file.open(encoding="utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise NotUnderstood(f"{file} cannot be read as JSON lines: {error}") from error
    if any(not isinstance(record, dict) or not isinstance(record.get("text"), str) for record in records):
        raise NotUnderstood(f'{file}: every line must be an object with a "text"')
    return records
