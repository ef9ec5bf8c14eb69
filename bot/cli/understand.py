"""`needlepoint understand`: lines go through one worker of the rasa environment, and come back in order."""

import json
import subprocess
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any, BinaryIO

from bot.cli.lines import BadLine, parse_lines, write_line
from bot.cli.rasa_programs import ROOT, rasa_command
from bot.errors import RasaError

Waiting = SimpleQueue[BadLine | dict[str, Any] | None]


def understand_lines(source: BinaryIO, sink: BinaryIO, *, command: list[str] | None = None) -> None:
    """Write what the trained model makes of every line; RasaError when the worker ends before the lines do."""
    with _worker(command or rasa_command("bot.rasa_host.understand")) as worker:
        assert worker.stdin
        assert worker.stdout
        waiting: Waiting = SimpleQueue()
        threading.Thread(target=_feed, args=(source, worker.stdin, waiting), daemon=True).start()
        for line in _until_end(waiting):
            write_line(sink, line.answer() if isinstance(line, BadLine) else _answer(worker.stdout, line))


def _worker(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # our own program


def _feed(source: BinaryIO, worker: Any, waiting: Waiting) -> None:
    """Give the worker every good line and remember the order; it ends when its input does."""
    try:
        for line in parse_lines(source):
            waiting.put(line)
            if not isinstance(line, BadLine):
                worker.write(json.dumps(line).encode() + b"\n")
                worker.flush()
        worker.close()
    except OSError:
        pass  # the worker has ended: whoever waits for its answers says so
    finally:
        waiting.put(None)


def _until_end(waiting: Waiting) -> Iterator[BadLine | dict[str, Any]]:
    while (line := waiting.get()) is not None:
        yield line


def _answer(worker: Any, line: dict[str, Any]) -> dict[str, Any]:
    raw = worker.readline()
    if not raw:
        raise RasaError("the rasa worker ended before the lines did; train with `make setup` and try again")
    answer: dict[str, Any] = json.loads(raw)
    return answer
