"""The supervisor starts both processes, keeps rasa alive, and ends cleanly whatever happens."""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Supervised:
    """One supervised pair as a child of the test, with the lines it prints."""

    def __init__(self, folder: Path, *behaviour: str, port: int | None = None) -> None:
        self.port, self.rasa_port = port or free_port(), free_port()
        command = [sys.executable, "-u", "-m", "tests.cli.supervised", str(folder), str(self.port), str(self.rasa_port)]
        self._errors = folder / f"errors-{self.port}.txt"
        with self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                [*command, *behaviour], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=errors
            )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def line_with(self, words: str) -> str:
        """The next line with these words."""
        while words not in (line := self._lines.get(timeout=30)):
            pass
        return line.strip()

    def rasa_pid(self) -> int:
        """The process id of the rasa that it printed."""
        return int(self.line_with("rasa is").split()[-1])

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """The exit code and the errors after this signal."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """The exit code and the errors, once it has ended by itself."""
        return self.process.wait(timeout=30), self._errors.read_text()

    def alive(self) -> bool:
        """Whether the web answers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)

    def ask(self, path: str) -> str:
        """What the web says at this path."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(json.load(answer))

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def is_gone(pid: int) -> bool:
    """Whether no such process runs any more."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def eventually(claim: Callable[[], bool], *, seconds: float = 10) -> bool:
    """Whether the claim comes true in time."""
    deadline = time.monotonic() + seconds
    while not claim() and time.monotonic() < deadline:
        time.sleep(0.05)
    return claim()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    """Starts supervised pairs, none of which outlives the test."""
    started: list[Supervised] = []

    def start(*behaviour: str, port: int | None = None) -> Supervised:
        started.append(Supervised(tmp_path, *behaviour, port=port))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_when_it_is_ready_and_stops_both_without_a_traceback(start, number: int) -> None:
    pair = start()
    assert pair.line_with("Ready in").endswith(" s")
    rasa = pair.rasa_pid()
    assert pair.alive()
    assert pair.end(number) == (0, "")
    assert is_gone(rasa)


def test_a_rasa_that_dies_is_started_again_while_the_web_goes_on(start) -> None:
    pair = start()
    rasa = pair.rasa_pid()
    os.kill(rasa, signal.SIGKILL)
    assert pair.alive()

    def answers() -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", pair.rasa_port)) == 0

    assert eventually(lambda: is_gone(rasa) and answers())


def test_a_rasa_that_cannot_start_ends_everything_with_one_sentence(start) -> None:
    pair = start("refuses")
    code, errors = pair.ended()
    assert code != 0
    assert "Rasa could not start: the model is missing." in errors


def test_a_port_in_use_is_said_before_anything_is_started(start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        pair = start(port=taken.getsockname()[1])
        code, errors = pair.ended()
    assert code != 0
    assert f"port {pair.port} of 127.0.0.1 is not free" in errors
    assert f"PORT={pair.port + 1}" in errors


def test_rasa_leaves_when_the_supervisor_is_killed(start) -> None:
    pair = start()
    rasa = pair.rasa_pid()
    pair.end(signal.SIGKILL)
    assert eventually(lambda: is_gone(rasa))


def test_other_settings_come_into_force_without_a_request_that_fails(start) -> None:
    pair = start()
    rasa = pair.rasa_pid()
    pair.ask("/apply")
    names: set[str] = set()
    deadline = time.monotonic() + 10
    while "Renewed" not in names and time.monotonic() < deadline:
        names.add(pair.ask("/name"))
    assert names == {"Demonstration clinic", "Renewed"}
    assert eventually(lambda: is_gone(rasa))
    assert pair.ask("/stage") == "done "
    # And back to the first port, where nobody listens now.
    pair.ask("/apply")
    assert eventually(lambda: pair.ask("/stage") == "done ")
    assert pair.end() == (0, "")


@pytest.mark.parametrize(("behaviour", "reason"), [("refused", "the new name is refused"), ("lame", "Rasa could not")])
def test_settings_that_do_not_work_leave_everything_as_it_was(start, behaviour: str, reason: str) -> None:
    pair = start(behaviour)
    rasa = pair.rasa_pid()
    pair.ask("/apply")
    assert eventually(lambda: pair.ask("/stage").startswith("failed"))
    assert reason in pair.ask("/stage")
    assert pair.ask("/name") == "Demonstration clinic"
    assert not is_gone(rasa)
    assert pair.end() == (0, "")
