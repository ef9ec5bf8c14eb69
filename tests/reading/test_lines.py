"""The line format: the same order out as in, and a bad line is answered, never a stop."""

import json
from typing import Any

import pytest

from bot.reading.lines import read_lines
from bot.reading.reader import Reader
from tests.reading.conftest import TODAY


def read(reader: Reader, *lines: str | bytes) -> list[Any]:
    return [json.loads(line) for line in read_lines(reader, lines, today=TODAY)]


def test_a_message_becomes_the_contracts_line(reader: Reader) -> None:
    (line,) = read(reader, json.dumps({"id": "a", "text": "my left foot is numb, no swelling"}))
    assert line["id"] == "a"
    assert line["findings"] == {"altered_sensation": "present", "swelling": "absent"}
    assert line["regions"] == ["ankle_foot"]
    first = line["mentions"][0]
    assert (first["text"], first["start"], first["end"], first["side"]) == ("my left foot is numb", 0, 20, "left")
    assert {"duration_days", "red_flags", "precautions", "imaging"} <= set(line)


def test_asked_and_now_are_read(reader: Reader) -> None:
    asked = json.dumps({"id": 1, "text": "no", "asked": ["swelling", "pain"]})
    dated = json.dumps({"id": 2, "text": "sore since Monday", "now": "2026-11-26T10:00:00Z"})
    one, two = read(reader, asked, dated)
    assert one["findings"] == {"swelling": "absent", "pain": "absent"}
    assert two["duration_days"] == 3


BAD = [
    b"\xff\xfe",
    "{",
    "[]",
    '{"id": "x"}',
    '{"id": "x", "text": 3}',
    '{"id": "x", "text": "a", "asked": "moon"}',
    '{"id": "x", "text": "a", "asked": 7}',
    '{"id": "x", "text": "a", "now": "soon"}',
    "[" * 100_000,
]


@pytest.mark.parametrize("line", BAD, ids=lambda line: str(line[:30]))
def test_a_bad_line_is_answered_and_the_next_is_read(reader: Reader, line: str | bytes) -> None:
    bad, good = read(reader, line, '{"id": "y", "text": "sore knee"}')
    assert set(bad) == {"id", "error"}
    assert bad["error"]
    assert good["findings"] == {"pain": "present"}


def test_lone_surrogates_pass_through_any_stream(reader: Reader) -> None:
    (line,) = read_lines(reader, ['{"id": "\\ud800", "text": "sore \\ud800 knee"}'], today=TODAY)
    line.encode("utf-8")
    assert json.loads(line)["findings"] == {"pain": "present"}


def test_blank_lines_are_passed_over(reader: Reader) -> None:
    assert read(reader, "", "  \n") == []
