"""Both real processes as `needlepoint demo` starts them, on ports and a data folder of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

ROOT = Path(__file__).resolve().parents[2]
START_PATIENCE = 120.0


class Pair:
    """A running pair; `url` is where its web answers."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.port, self.rasa_port = folder, free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.printed: list[str] = []
        given = {"DATA_DIR": str(folder), "PORT": str(self.port), "RASA_PORT": str(self.rasa_port)}
        patient = {"STORE_TIMEOUT": "30"}  # how long a busy machine may take; a passing test does not wait
        roomy = {"RATE_SESSIONS": "10000", "RATE_MESSAGES": "10000", "RATE_REQUESTS": "100000"}
        self._log = (folder / "web.log").open("wb")
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "needlepoint"), "demo"],
            env={**os.environ, **given, **patient, **roomy, **settings},
            stdout=subprocess.PIPE,
            stderr=self._log,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_ready(self) -> None:
        """Return once it says that it is ready."""
        ready = eventually(lambda: any("Ready in" in line for line in self.printed) or self.ended, START_PATIENCE)
        assert ready, self.errors()
        assert not self.ended, self.errors()

    @property
    def ended(self) -> bool:
        """Whether the web process has ended."""
        return self.process.poll() is not None

    def errors(self) -> str:
        """What it has written to its log."""
        return (self.folder / "web.log").read_text(errors="replace")

    def rasa_pid(self) -> int | None:
        """The rasa process that runs now, None while there is none."""
        children = [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if self._is_child(stat)]
        return children[0] if children else None

    def rasa_answers(self) -> bool:
        """Whether rasa's canned conversation works."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.rasa_port}/ready", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> int:
        """Its exit code after Ctrl-C."""
        if not self.ended:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=30)
        self._log.close()
        return code

    def _is_child(self, stat: Path) -> bool:
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            return False
        return int(fields[1]) == self.process.pid and fields[0] != "Z"

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.printed.append(line.decode())


class Patient:
    """One patient's session with a pair."""

    def __init__(self, pair: Pair) -> None:
        self._web = httpx.Client(base_url=pair.url, timeout=20)
        opened = self._web.post("/api/chat/sessions", json={"channel": "web", "language": "en"})
        assert opened.status_code == 201, opened.text
        self.token = opened.json()["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def post(self, body: Any = None, *, content: bytes | None = None) -> httpx.Response:
        """The answer to a message, however odd it is."""
        return self._web.post("/api/chat/messages", json=body, content=content, headers=self.headers)

    def say(self, **said: Any) -> list[dict[str, Any]]:
        """The replies to a text or choices."""
        answer = self.post({"id": str(uuid4()), **said})
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        return replies

    def encounter(self) -> dict[str, Any]:
        """What is known of this patient."""
        shown: dict[str, Any] = self._web.get("/api/chat/encounter", headers=self.headers).json()
        return shown

    def transcript(self) -> dict[str, Any]:
        """The conversation as another device would show it."""
        shown: dict[str, Any] = self._web.get("/api/chat/transcript", headers=self.headers).json()
        return shown

    def events(self, *, seconds: float) -> Iterator[dict[str, Any]]:
        """The replies that arrive within this time."""
        deadline = time.monotonic() + seconds
        timeout = httpx.Timeout(5, read=seconds)
        try:
            with self._web.stream("GET", "/api/chat/events", headers=self.headers, timeout=timeout) as stream:
                for line in stream.iter_lines():
                    if line.startswith("data:"):
                        yield json.loads(line.removeprefix("data:"))
                    if time.monotonic() > deadline:
                        return
        except httpx.ReadTimeout:
            return

    def leave(self) -> None:
        """Close the connection."""
        self._web.close()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def eventually(claim: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether the claim comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if claim():
            return True
        time.sleep(0.1)
    return claim()
