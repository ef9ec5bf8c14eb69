"""`needlepoint understand`: lines go through one worker of the rasa environment, and come back in order."""

import json
import subprocess
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from bot.cli.lines import BadLine, parse_lines, write_line
from bot.cli.rasa_programs import ROOT, rasa_command
from bot.errors import RasaError

Waiting = SimpleQueue[BadLine | dict[str, Any] | None]


def understand_lines(source: BinaryIO, sink: BinaryIO, *, command: list[str] | None = None) -> None:
    """Write what the trained model makes of every line; RasaError when the worker ends before the lines do."""
    with TemporaryFile() as talk, _worker(command or rasa_command("bot.rasa_host.understand"), talk) as worker:
        assert worker.stdin
        assert worker.stdout
        waiting: Waiting = SimpleQueue()
        threading.Thread(target=_feed, args=(source, worker.stdin, waiting), daemon=True).start()
        for line in _until_end(waiting):
            answer = line.answer() if isinstance(line, BadLine) else _answer(worker.stdout)
            if answer is None:
                worker.wait()
                raise RasaError(f"the rasa worker ended before the lines did: {_last_line(talk)}")
            write_line(sink, answer)


def _worker(command: list[str], talk: IO[bytes]) -> subprocess.Popen[bytes]:
    """The worker; what rasa and its libraries say of themselves goes aside, and is quoted only when it fails."""
    return subprocess.Popen(  # noqa: S603  # our own program
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=talk
    )


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


def _answer(worker: IO[bytes]) -> dict[str, Any] | None:
    """The worker's next answer; None when it has ended."""
    raw = worker.readline()
    answer: dict[str, Any] | None = json.loads(raw) if raw else None
    return answer


def _last_line(talk: IO[bytes]) -> str:
    talk.seek(0)
    lines = talk.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:300] if lines else "it said nothing"
