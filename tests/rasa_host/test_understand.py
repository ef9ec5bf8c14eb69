"""The worker of `needlepoint understand`: lines in, lines out, in order, as they come."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.rasa_host.conftest import ROOT

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "bot.rasa_host.understand"]
    pipe = subprocess.PIPE
    running = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    yield running
    assert running.stdin
    assert running.stdout
    running.stdin.close()
    assert running.stdout.read() == b"", "nothing but answers is printed"
    assert running.wait(30) == 0
    running.stdout.close()


def ask(worker: subprocess.Popen[bytes], line: bytes) -> Any:
    """The answer to one line, read before another is sent."""
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(line + b"\n")
    worker.stdin.flush()
    return json.loads(worker.stdout.readline())


def test_each_line_is_answered_before_the_next_is_sent(worker: subprocess.Popen[bytes]) -> None:
    for number, (text, intent) in enumerate([("good morning", "greet"), ("what does it cost?", "faq/cost_insurance")]):
        answer = ask(worker, json.dumps({"id": number, "text": text}).encode())
        assert answer["id"] == number
        assert [one["name"] for one in answer["intents"]] == [intent]


@pytest.mark.parametrize("asked", ["swelling", ["swelling"], ["swelling", "pain"]])
def test_a_bare_no_denies_every_finding_that_was_asked_as_read_does(
    worker: subprocess.Popen[bytes], asked: str | list[str]
) -> None:
    answer = ask(worker, json.dumps({"id": "1", "text": "nah", "asked": asked}).encode())
    wanted = [asked] if isinstance(asked, str) else asked
    assert answer["findings"] == dict.fromkeys(wanted, "absent")


BAD = [
    (b"{not json", None),
    (b"[1, 2]", None),
    (b"\xff\xff", None),
    (b'{"id": "3"}', "3"),
    (b'{"id": "4", "text": 7}', "4"),
    (b'{"id": "5", "text": "hi", "asked": "measles"}', "5"),
    (b'{"id": "6", "text": "hi", "now": "soon"}', "6"),
]


@pytest.mark.parametrize(("line", "id"), BAD)
def test_a_bad_line_gets_an_error_and_never_a_stop(
    worker: subprocess.Popen[bytes], line: bytes, id: str | None
) -> None:
    answer = ask(worker, line)
    assert answer["id"] == id
    assert answer["error"]
    assert ask(worker, b'{"id": "next", "text": "hello"}')["intents"]


@pytest.mark.parametrize("text", ["", "\u0000", "\ud800", "/restart", "🙂", "x" * 20_000])
def test_odd_texts_are_understood_as_something(worker: subprocess.Popen[bytes], text: str) -> None:
    assert ask(worker, json.dumps({"id": "1", "text": text}).encode())["intents"]
