"""The bot that `rasa init` makes, with Rasa's full set of packages, as it comes: the peer of the benchmark."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from pathlib import Path
from typing import Any

from scripts.bench_bots import BenchFailed, Bot, clean_environ, free_port
from scripts.bench_measure import Conversation
from scripts.bench_script import ROUND_OF_SMALL_TALKER, SMALL_TALKERS, long_conversation
from scripts.environments import RASA_FULL
from scripts.quietly import environment, run, step
from scripts.setup import build_environments, only_one


def make_stock_bot(root: Path, folder: Path) -> None:
    """Build the full environment where it is missing, then let `rasa init` create and train its bot."""
    with only_one(root):
        build_environments(root, [RASA_FULL])
    with step("Creating and training the bot of `rasa init` with TensorFlow"):
        folder.mkdir(parents=True, exist_ok=True)
        run([*_rasa(root), "init", "--no-prompt", "--init-dir", str(folder)], folder, environment({}))


class StockBot:
    """One running stock bot on a port of its own, with its tracker in memory, asked through its REST channel."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder, self._port = root, folder, free_port()

    def bot(self, *, turns: int) -> Bot:
        """How to run it; its long conversation has so many turns."""
        return Bot(
            name="rasa init",
            command=[*_rasa(self._root), "run", "--interface", "127.0.0.1", "--port", str(self._port)],
            folder=self._folder,
            environ=clean_environ(),
            answers=self.answers,
            hold=self.hold,
            conversations=SMALL_TALKERS,
            long_conversation=long_conversation(ROUND_OF_SMALL_TALKER, turns=turns),
        )

    def answers(self) -> bool:
        """Whether a greeting gets a reply."""
        try:
            return bool(self._ask(self._connect(), "hello", sender=uuid.uuid4().hex))
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def hold(self, conversation: Conversation) -> list[float]:
        """The seconds of each turn of a new sender."""
        connection, sender, times = self._connect(), uuid.uuid4().hex, []
        try:
            for text in conversation:
                started = time.perf_counter()
                self._ask(connection, text, sender=sender)
                times.append(time.perf_counter() - started)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise BenchFailed(f"the stock bot did not answer: {error!r}") from error
        finally:
            connection.close()
        return times

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)

    def _ask(self, connection: http.client.HTTPConnection, text: str, *, sender: str) -> Any:
        body = json.dumps({"sender": sender, "message": text})
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/webhooks/rest/webhook", body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise ValueError(f"status {answer.status}")
        return json.loads(content)


def _rasa(root: Path) -> list[str]:
    return [str(RASA_FULL.interpreter(root)), "-W", "ignore", "-m", "rasa"]
