"""A bot that the benchmark runs: started, waited for until it answers, and stopped with all its processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Mapping, Sequence

from scripts.bench_measure import Conversation, Hold, tree_of
from scripts.quietly import CONFUSING

PATIENCE = 180.0
STOP_PATIENCE = 15.0
LAST_LINES = 5


class BenchFailed(Exception):
    """A bot could not be measured; the message is for the person at the terminal."""


@dataclass(frozen=True)
class Bot:
    """How to run one bot, how to ask it something, and what its conversations are about."""

    name: str
    command: Sequence[str]
    folder: Path
    environ: Mapping[str, str]
    answers: Callable[[], bool]
    hold: Hold
    conversations: Sequence[Conversation]
    long_conversation: Conversation


@dataclass(frozen=True)
class Running:
    """A bot that answers: its first process and the seconds from its start to its first answer."""

    process: subprocess.Popen[bytes]
    ready_after: float

    @property
    def pids(self) -> Sequence[int]:
        """All its processes."""
        return tree_of(self.process.pid)


@contextlib.contextmanager
def running(bot: Bot) -> Iterator[Running]:
    """The bot from its first answer until the block ends."""
    bot.folder.mkdir(parents=True, exist_ok=True)
    with (bot.folder / "log.txt").open("ab") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            list(bot.command), cwd=bot.folder, env=dict(bot.environ),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            _wait(bot, process, started)
            yield Running(process, time.perf_counter() - started)
        finally:
            _stop(process)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def clean_environ(*, without: Sequence[str] = ()) -> Mapping[str, str]:
    """The person's environment without what would lead a bot to another Python or to a real clinic's settings."""
    return {name: value for name, value in os.environ.items() if name not in (*CONFUSING, *without)}


def _wait(bot: Bot, process: subprocess.Popen[bytes], started: float) -> None:
    while not bot.answers():
        if process.poll() is not None:
            raise BenchFailed(f"{bot.name} ended instead of answering:\n{_last_words(bot)}")
        if time.perf_counter() - started > PATIENCE:
            raise BenchFailed(f"{bot.name} did not answer within {PATIENCE:.0f} s:\n{_last_words(bot)}")
        time.sleep(0.1)


def _last_words(bot: Bot) -> str:
    return "\n".join((bot.folder / "log.txt").read_text(errors="replace").splitlines()[-LAST_LINES:])


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to leave; end what is left of it when it does not."""
    left = tree_of(process.pid)
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait(STOP_PATIENCE)
