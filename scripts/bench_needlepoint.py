"""Needlepoint as the benchmark runs it: the demonstration clinic, asked through the chat API, everything stored."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List

from bot.cli.chat_client import ChatClient, ChatRefused
from bot.cli.conversation import answer_to
from bot.clinical.codec import to_data
from bot.clinical.event import Clinic, Facts
from bot.settings import DEMO, SETTINGS
from scripts.bench_bots import BenchFailed, Bot, clean_environ, free_port
from scripts.bench_measure import Conversation
from scripts.bench_script import PATIENTS, ROUND_OF_PATIENT, TAP, long_conversation

CANNED = "What are your opening hours?"
TYPED_INSTEAD = "no"
Replies = List[Dict[str, Any]]


class Needlepoint:
    """One running demonstration clinic with ports and a data folder of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self._port, self._rasa_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def bot(self, *, turns: int) -> Bot:
        """How to run it; its long conversation has so many turns."""
        ours = [setting.variable for setting in (*SETTINGS, DEMO)]
        ports = {"PORT": str(self._port), "RASA_PORT": str(self._rasa_port)}
        return Bot(
            name="Needlepoint",
            command=[str(self._root / ".venv" / "bin" / "needlepoint"), "demo"],
            folder=self._folder,
            environ={**clean_environ(without=ours), **ports, "DATA_DIR": str(self._folder)},
            answers=self.answers,
            hold=self.hold,
            conversations=PATIENTS,
            long_conversation=long_conversation(ROUND_OF_PATIENT, turns=turns),
        )

    def answers(self) -> bool:
        """Whether every part is ready and a question gets a reply."""
        if not _is_ready(self._port):
            return False
        return len(self.hold([CANNED])) == 1

    def hold(self, conversation: Conversation) -> list[float]:
        """The seconds of each turn of a new session: sent, understood, stored and answered."""
        client, times = ChatClient(self.url), []
        try:
            token, replies = client.open()
            for text in conversation:
                started = time.perf_counter()
                replies = client.say(token, **_said(text, replies))
                times.append(time.perf_counter() - started)
        except ChatRefused as error:
            raise BenchFailed(f"Needlepoint refused a message: {error}") from error
        finally:
            client.close()
        return times

    def hold_with_rasa_alone(self, conversation: Conversation) -> list[float]:
        """The seconds of each turn asked of the rasa process itself, past web and store."""
        secret = json.loads((self._folder / "demo-secrets.json").read_text(encoding="utf-8"))["RASA_SECRET"]
        connection = http.client.HTTPConnection("127.0.0.1", self._rasa_port, timeout=30)
        encounter, times = None, []
        for text in conversation:
            body = json.dumps(_order(text, encounter))
            started = time.perf_counter()
            connection.request("POST", "/turn", body=body, headers={"Authorization": f"Bearer {secret}"})
            answer = json.loads(connection.getresponse().read())
            times.append(time.perf_counter() - started)
            encounter = answer["encounter"]
        connection.close()
        return times

    def read_encounters(self, times: int) -> list[float]:
        """The seconds of each request that only reads what is known of a patient."""
        client, seconds = ChatClient(self.url), []
        token, _ = client.open()
        for _ in range(times):
            started = time.perf_counter()
            client.encounter(token)
            seconds.append(time.perf_counter() - started)
        client.close()
        return seconds


def typed(conversation: Conversation) -> Conversation:
    """The conversation with every tap typed, so that it can be held without seeing the replies."""
    return [text or TYPED_INSTEAD for text in conversation]


def _said(text: str, replies: Replies) -> dict[str, Any]:
    asked = [reply for reply in replies if reply["question"]]
    if text != TAP:
        return {"text": text}
    return answer_to(asked[-1]) if asked else {"text": TYPED_INSTEAD}


def _order(text: str, encounter: dict[str, Any] | None) -> dict[str, Any]:
    facts = Facts(datetime.now().astimezone(), Clinic("Demonstration clinic", "604-555-0100", demo=True))
    return {
        "message_id": uuid.uuid4().hex,
        "text": text,
        "flags": [],
        "encounter": encounter,
        "facts": to_data(facts),
    }


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
