"""The rasa process as the web process sees it: a real one, on a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.codec import to_data
from bot.clinical.encounter import Encounter
from tests.rasa_host.conftest import FACTS, ROOT

pytestmark = pytest.mark.timeout(180)
SECRET = "a-secret-that-only-these-tests-know-0123"
PATIENCE = 120


@dataclass(frozen=True)
class Rasa:
    """A running rasa process."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(self, path: str, body: Any = None, *, secret: str | None = SECRET) -> tuple[int, dict[str, Any], str]:
        """Status, body and content type of an answer; a body that is not bytes is sent as JSON."""
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=raw)
        if secret is not None:
            request.add_header("Authorization", f"Bearer {secret}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer), answer.headers["Content-Type"]
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal), refusal.headers["Content-Type"]

    def is_ready(self) -> bool:
        try:
            return self.ask("/ready", secret=None)[0] == 200
        except OSError:
            return False


def start(folder: Path, **settings: str) -> Rasa:
    """Start a process and wait until its canned conversation works."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"DEMO": "1", "DATA_DIR": str(folder), "RASA_PORT": str(port), "RASA_SECRET": SECRET, **settings}
    log = folder / "rasa.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "bot.rasa_host.launcher"]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **told}, stdin=subprocess.PIPE, stdout=out, stderr=out
        )
    rasa = Rasa(process, port, log)
    deadline = time.monotonic() + PATIENCE
    while not rasa.is_ready():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)
    return rasa


def end(rasa: Rasa) -> None:
    """Kill it without a warning."""
    rasa.process.kill()
    rasa.process.communicate()


@pytest.fixture(scope="module")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rasa]:
    running = start(tmp_path_factory.mktemp("rasa"))
    yield running
    assert running.process.stdin
    running.process.stdin.close()
    assert running.process.wait(30) in (0, -signal.SIGTERM), "it leaves when whoever started it is gone"


def turn(text: Any = "my neck has been stiff for a month", **more: Any) -> dict[str, Any]:
    said = {} if text is None else {"text": text}
    return {"message_id": "m1", **said, "flags": [], "encounter": to_data(Encounter()), "facts": FACTS, **more}


def test_a_turn_has_replies_encounter_effects_and_intents(rasa: Rasa) -> None:
    status, body, kind = rasa.ask("/turn", turn())
    assert (status, kind) == (200, "application/json")
    assert set(body) == {"replies", "encounter", "effects", "intents"}
    assert body["replies"]
    assert body["encounter"]["findings"]


def test_a_conversation_needs_nothing_that_rasa_remembers(rasa: Rasa) -> None:
    _, first, _ = rasa.ask("/turn", turn())
    answers = [rasa.ask("/turn", turn(None, choices=["none"], encounter=first["encounter"]))[1] for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["replies"]


def test_understanding_uses_the_line_format(rasa: Rasa) -> None:
    status, body, _ = rasa.ask("/understand", {"id": "7", "text": "my knee is puffy, does the needle hurt?"})
    assert status == 200
    assert (body["id"], body["findings"]) == ("7", {"swelling": "present"})
    assert {intent["name"] for intent in body["intents"]} == {"describe_symptom", "faq/does_it_hurt"}


def test_understanding_knows_what_was_asked(rasa: Rasa) -> None:
    _, body, _ = rasa.ask("/understand", {"id": "8", "text": "no", "asked": "swelling"})
    assert body["findings"] == {"swelling": "absent"}


REFUSED = [
    ("/turn", turn(), None, 401),
    ("/turn", turn(), "another-secret", 401),
    ("/understand", {"text": "hi"}, None, 401),
    ("/turn", b"{not json", SECRET, 422),
    ("/turn", b"\xff\xfe", SECRET, 422),
    ("/turn", b"[" * 100_000, SECRET, 422),
    ("/turn", b"", SECRET, 422),
    ("/turn", turn(text=7), SECRET, 422),
    ("/turn", turn(text="x" * 4001), SECRET, 413),
    ("/turn", turn(encounter={**to_data(Encounter()), "schema": 99}), SECRET, 422),
    ("/turn", turn(text="x" * 1_100_000), SECRET, 413),
    ("/understand", {"id": "1"}, SECRET, 422),
    ("/understand", {"id": "1", "text": "hi", "asked": "measles"}, SECRET, 422),
    ("/nowhere", turn(), SECRET, 404),
    ("/turn", None, SECRET, 405),
    ("/webhooks/rest/webhook", {"sender": "a", "message": "hi"}, SECRET, 404),
    ("/model", None, SECRET, 404),
]


@pytest.mark.parametrize(("path", "body", "secret", "status"), REFUSED)
def test_every_refusal_is_problem_json(rasa: Rasa, path: str, body: Any, secret: str | None, status: int) -> None:
    code, problem, kind = rasa.ask(path, body, secret=secret)
    assert (code, problem["status"], kind) == (status, status, "application/problem+json")
    assert problem["detail"]
    assert rasa.is_ready()


def test_it_listens_on_loopback_only(rasa: Rasa) -> None:
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    addresses = {
        one[1].split(":")[0] for one in listening if one[3] == "0A" and int(one[1].split(":")[1], 16) == rasa.port
    }
    assert addresses == {"0100007F"}


def test_no_words_of_a_patient_are_in_its_log(rasa: Rasa) -> None:
    secret_words = "zanzibar tickle"
    rasa.ask("/turn", turn(secret_words))
    rasa.ask("/turn", turn(secret_words, encounter={"schema": 1, "stage": secret_words}))
    rasa.ask("/understand", {"id": "1", "text": f"/{secret_words}"})
    assert "zanzibar" not in rasa.log.read_text()


def test_killed_in_mid_turn_it_owes_nothing_to_the_next(tmp_path: Path) -> None:
    """The encounter is with whoever asked: another process goes on from it as if nothing had happened."""
    doomed = start(tmp_path)
    _, before, _ = doomed.ask("/turn", turn())
    with socket.create_connection(("127.0.0.1", doomed.port)) as line:
        body = json.dumps(turn(None, choices=["none"], encounter=before["encounter"])).encode()
        head = (
            f"POST /turn HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        line.sendall(head.encode() + body)
        end(doomed)
    another = start(tmp_path)
    try:
        status, after, _ = another.ask("/turn", turn(None, choices=["none"], encounter=before["encounter"]))
        assert status == 200
        assert after["encounter"]["findings"] == before["encounter"]["findings"]
    finally:
        end(another)


def test_it_says_what_is_missing_and_leaves() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "DEMO"}
    command = [sys.executable, "-m", "bot.rasa_host.launcher"]
    done = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert b"RASA_SECRET is missing" in done.stderr
