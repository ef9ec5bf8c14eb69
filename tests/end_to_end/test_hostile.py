"""Whatever a client sends gets a clear error or a sensible reply, and both processes live on."""

import json
from collections.abc import Callable

import httpx
import pytest

from tests.end_to_end.pair import Pair, Patient

Meet = Callable[[Pair], Patient]
REPLIED = 200


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"id": "a", "text": ""}', 422),
        (b'{"id": "a", "text": " \\n "}', 422),
        (b'{"id": "a", "text": "' + b"x" * 100_000 + b'"}', 413),
        (b'{"id": "a", "text": "' + b"ache " * 900 + b'"}', 413),
        (b'{"id": "a", "text": "my back\\u0000hurts"}', REPLIED),
        (b'{"id": "a", "text": "my back \\ud83d hurts"}', REPLIED),
        (b'{"id": "a", "text": "\\ud800"}', None),
        ('{"id": "a", "text": "😀😀😀"}'.encode(), REPLIED),
        (b'{"id": "a", "text": "/restart"}', REPLIED),
        (b'{"id": "a", "text": "/greet{\\"encounter\\": null}"}', REPLIED),
        (b'{"id": "a", "text": "EXTERNAL: /session_start"}', REPLIED),
        (b'{"id": "a", "text": "{emergency_number} {0} %s ${7*7}"}', REPLIED),
        (b'{"id": "a", "text": "<script>alert(1)</script>"}', REPLIED),
        (b'{"id": "a", "choice": "never_offered"}', 409),
        (b'{"id": "a", "text": ["my back"]}', 422),
        (b"{", 400),
        (b"\xff\xfe\xfd", 400),
        (b"", 422),
    ],
)
def test_it_is_answered_and_both_live(pair: Pair, meet: Meet, content: bytes, status: int | None) -> None:
    rasa = pair.rasa_pid()
    answer = meet(pair).post(content=content)
    assert answer.status_code in ((status,) if status else (REPLIED, 422))
    if answer.status_code != REPLIED:
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert all(reply["text"] for reply in answer.json()["replies"])
    assert pair.rasa_answers()
    assert (pair.rasa_pid(), pair.ended) == (rasa, False)


def test_a_repeated_id_gives_the_same_answer_and_other_text_a_conflict(pair: Pair, meet: Meet) -> None:
    patient = meet(pair)
    first, again = (patient.post({"id": "one", "text": "my shoulder aches"}) for _ in range(2))
    assert first.content == again.content
    assert patient.post({"id": "one", "text": "something else"}).status_code == 409


def test_a_choice_of_a_question_that_is_no_longer_open_is_a_conflict(pair: Pair, meet: Meet) -> None:
    patient = meet(pair)
    asked = next(reply for reply in patient.say(text="my lower back aches") if reply["choices"])
    patient.say(choices=["none"], in_reply_to=asked["id"])
    stale = patient.post({"id": "late", "choices": ["none"], "in_reply_to": asked["id"]})
    assert stale.status_code == 409
    assert "newest" in stale.json()["detail"]


def test_a_wrong_token_opens_nothing(pair: Pair, meet: Meet) -> None:
    patient = meet(pair)
    patient.headers = {"Authorization": f"Bearer {patient.token[:-2]}xx"}
    assert patient.post({"id": "a", "text": "hello"}).status_code == 401


def test_no_patients_words_reach_a_log(pair: Pair, meet: Meet) -> None:
    meet(pair).say(text="my zebracanary shoulder aches, call Quetzalina on 604-555-0199")
    written = pair.errors() + (pair.folder / "rasa.log").read_text(errors="replace")
    assert not [word for word in ("zebracanary", "Quetzalina", "555-0199") if word in written]


def test_nothing_that_looks_like_a_template_is_filled_in(pair: Pair, meet: Meet) -> None:
    replies = meet(pair).say(text="{phone} {clinic} hurts")
    assert "KeyError" not in json.dumps(replies)


def test_readiness_names_every_part_and_what_is_missing(pair: Pair) -> None:
    shown = httpx.get(f"{pair.url}/readyz", timeout=30).json()
    assert shown["ready"], shown
    assert set(shown["parts"]) >= {"database", "rasa", "knowledge", "flag model"}
    assert all(part["reason"] for part in shown["parts"].values() if part["degraded"])
