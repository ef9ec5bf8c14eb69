"""Any bytes may come in; every line gets exactly one line out, in order."""

import io
import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.lines import LONGEST, answer_lines
from bot.cli.understand import understand_lines
from bot.errors import NotUnderstood, RasaError


def answers(source: bytes) -> list[dict[str, Any]]:
    """What comes out when every good text is answered by its length."""
    sink = io.BytesIO()
    answer_lines(io.BytesIO(source), sink, answer=lambda line: {"id": line.get("id"), "length": len(line["text"])})
    return [json.loads(line) for line in sink.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("line", "out"),
    [
        (b'{"id": "a", "text": "four"}', {"id": "a", "length": 4}),
        (b'{"id": "a", "text": "\\ud800"}', {"id": "a", "length": 1}),
        (b"\xff", {"id": None, "error": "line 1 is not UTF-8"}),
        (b"{", {"id": None, "error": "line 1 is not JSON"}),
        (b"[" * 100_000, {"id": None, "error": "line 1 is not JSON"}),
        (b"7", {"id": None, "error": "line 1 is not a JSON object"}),
        (b'{"id": "b"}', {"id": "b", "error": "line 1 has no text"}),
        (b'{"id": "b", "text": null}', {"id": "b", "error": "line 1 has no text"}),
        (b"x" * (LONGEST + 5), {"id": None, "error": "line 1 passes 1,000,000 bytes"}),
    ],
)
def test_a_line_gets_its_answer_or_its_error_and_the_next_goes_on(line: bytes, out: dict) -> None:
    assert answers(line + b'\n\n{"id": "next", "text": ""}\n') == [out, {"id": "next", "length": 0}]


def test_a_text_that_cannot_be_read_is_an_error_of_that_line() -> None:
    def refuse(line: dict[str, Any]) -> dict[str, Any]:
        raise NotUnderstood("asked: 'knee' is no finding")

    sink = io.BytesIO()
    answer_lines(io.BytesIO(b'{"id": 1, "text": "a"}'), sink, answer=refuse)
    assert json.loads(sink.getvalue()) == {"id": 1, "error": "asked: 'knee' is no finding"}


@given(st.lists(st.binary(max_size=40).map(lambda raw: raw.replace(b"\n", b" ")), max_size=6))
def test_as_many_lines_come_out_as_lines_that_are_not_blank_go_in(lines: list[bytes]) -> None:
    assert len(answers(b"\n".join(lines))) == sum(bool(line.strip()) for line in lines)


WORKER = """
import json, sys
for raw in sys.stdin:
    line = json.loads(raw)
    if line['text'] == 'end': sys.exit('there is no trained model')
    print(json.dumps({'id': line['id'], 'intents': [line['text']]}), flush=True)
"""


def understood(source: bytes) -> list[dict[str, Any]]:
    """What comes out of a worker that takes the text for the intent."""
    sink = io.BytesIO()
    try:
        understand_lines(io.BytesIO(source), sink, command=[sys.executable, "-c", WORKER])
    finally:
        lines = [json.loads(line) for line in sink.getvalue().splitlines()]
    return lines


def test_a_bad_line_keeps_its_place_among_those_the_worker_answers() -> None:
    lines = understood(b'{"id": 1, "text": "greet"}\n\xff\n{"id": 3, "text": "thank"}\n')
    assert [line.get("intents", line.get("error")) for line in lines] == [["greet"], "line 2 is not UTF-8", ["thank"]]


def test_two_thousand_lines_pass_without_waiting_for_one_another() -> None:
    source = b"".join(b'{"id": %d, "text": "%s"}\n' % (number, b"x" * 300) for number in range(2000))
    assert [line["id"] for line in understood(source)] == list(range(2000))


def test_a_worker_that_ends_early_is_an_error() -> None:
    with pytest.raises(RasaError, match="ended before the lines did: there is no trained model"):
        understood(b'{"id": 1, "text": "end"}\n{"id": 2, "text": "greet"}\n')
