"""What a patient meets when rasa or the database is gone: the emergency text at once, and nothing is lost."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.end_to_end.pair import Pair, Patient, eventually

Meet = Callable[[Pair], Patient]
EMERGENCY = "Since this morning I feel nothing when I wipe and both my legs are getting weaker"
OLD = "foot drop since 2015, I wear a brace, my doctors know about it"
SCANS = ("x-ray", "mri", "scan")
pytestmark = pytest.mark.slow


def test_an_emergency_is_answered_at_once(pair: Pair, meet: Meet) -> None:
    patient = meet(pair)
    assert_emergency(patient.say(text=EMERGENCY))
    assert patient.encounter()["disposition"] == "emergency"


def test_what_is_old_and_checked_is_no_emergency(pair: Pair, meet: Meet) -> None:
    assert "emergency" not in [reply["kind"] for reply in meet(pair).say(text=OLD)]


@pytest.mark.alone
def test_an_emergency_is_answered_while_rasa_hangs(own_pair: Pair, meet: Meet) -> None:
    patient, rasa = meet(own_pair), own_pair.rasa_pid()
    assert rasa
    os.kill(rasa, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        assert_emergency(patient.say(text=EMERGENCY))
        assert time.monotonic() - begun < 2
    finally:
        os.kill(rasa, signal.SIGKILL)


@pytest.mark.alone
def test_killing_rasa_in_mid_turn_loses_nothing_and_repeats_nothing(own_pair: Pair, meet: Meet) -> None:
    patient, rasa = meet(own_pair), own_pair.rasa_pid()
    assert rasa
    os.kill(rasa, signal.SIGSTOP)
    begun = time.monotonic()
    answered: list[Any] = []
    message = {"id": "kept", "text": "my right shoulder has ached for two weeks"}
    asking = threading.Thread(target=lambda: answered.append(patient.post(message)))
    asking.start()
    time.sleep(0.5)
    os.kill(rasa, signal.SIGKILL)
    asking.join(timeout=10)
    assert time.monotonic() - begun < 5
    assert answered[0].status_code == 200
    assert eventually(own_pair.rasa_answers, 60)
    received = list(patient.events(seconds=20))
    assert [reply["kind"] for reply in received].count("question") == 1
    assert patient.encounter()["findings"]["pain"]["presence"] == "present"
    assert patient.post(message).content == answered[0].content


def test_an_emergency_is_answered_when_the_database_is_gone(own_pair: Pair, meet: Meet) -> None:
    patient = meet(own_pair)
    patient.say(text="hello")
    for file in own_pair.folder.glob("needlepoint.sqlite3*"):
        file.rename(own_pair.folder / f"gone-{file.name}")
    (own_pair.folder / "needlepoint.sqlite3").mkdir()
    answer = patient.post({"id": "urgent", "text": EMERGENCY})
    assert answer.status_code == 503
    replies = answer.json()["replies"]
    assert_emergency(replies)
    assert "604-555-0100" in " ".join(reply["text"] for reply in replies)


def assert_emergency(replies: list[dict[str, Any]]) -> None:
    """The emergency text is among them, and no word about scans."""
    assert "emergency" in [reply["kind"] for reply in replies]
    told = " ".join(reply["text"] for reply in replies).lower()
    assert not [word for word in SCANS if word in told]
