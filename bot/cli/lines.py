"""JSON lines in, JSON lines out, in the same order: any bytes may come, and a bad line gets an error line."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from bot.errors import InputError

LONGEST = 1_000_000
"""Bytes of one line at most; a message is 4,000 characters."""


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be answered, with its id where it could be read."""

    error: str
    id: Any = None

    def answer(self) -> dict[str, Any]:
        """What stands in its place in the output."""
        return {"id": self.id, "error": self.error}


def parse_lines(source: BinaryIO) -> Iterator[dict[str, Any] | BadLine]:
    """Every line but the blank ones, as an object with an id and a text or as a bad line."""
    for number, raw in enumerate(_raw_lines(source), start=1):
        if raw is None or raw.strip():
            yield _parse(raw, number)


def answer_lines(source: BinaryIO, sink: BinaryIO, *, answer: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
    """Write the answer to every line of the source as it comes."""
    for line in parse_lines(source):
        write_line(sink, line.answer() if isinstance(line, BadLine) else _answered(line, answer))


def write_line(sink: BinaryIO, value: Mapping[str, Any]) -> None:
    """Write one JSON line and let the reader have it at once."""
    sink.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    sink.flush()


def read_records(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The objects of a file that is trusted to be JSON lines or one JSON list."""
    text = "".join(lines)
    if text.lstrip().startswith("["):
        return list(json.loads(text))
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _answered(line: dict[str, Any], answer: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return answer(line)
    except InputError as error:
        return BadLine(str(error), line.get("id")).answer()


def _raw_lines(source: BinaryIO) -> Iterator[bytes | None]:
    """Each line; None for one that is too long, whose rest is skipped."""
    while raw := source.readline(LONGEST + 1):
        if len(raw) <= LONGEST:
            yield raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = source.readline(LONGEST)
        yield None


def _parse(raw: bytes | None, number: int) -> dict[str, Any] | BadLine:
    if raw is None:
        return BadLine(f"line {number} passes {LONGEST:,} bytes")
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        reason = "UTF-8" if isinstance(error, UnicodeDecodeError) else "JSON"
        return BadLine(f"line {number} is not {reason}")
    if not isinstance(value, dict):
        return BadLine(f"line {number} is not a JSON object")
    if not isinstance(value.get("text"), str):
        return BadLine(f"line {number} has no text", value.get("id"))
    return value
