"""The rasa client sends what the contract says, and turns every failure into one of two errors in time."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.clinical.codec import tagged, to_data
from bot.clinical.effect import AppointmentRequest, EraseConversation, RequestAppointment, RequestPerson
from bot.clinical.encounter import Encounter, FindingRecord
from bot.clinical.event import Clinic, Facts, Intent
from bot.clinical.reading import RedFlag
from bot.clinical.reply import Choice, Reply, ReplyKind
from bot.clinical.vocabulary import Finding, FlagClass, Level, Onset, Presence
from bot.errors import RasaError, RasaRefused
from bot.outside.rasa import RasaTurns
from bot.service.ports import TurnRequest

FACTS = Facts(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), Clinic("Harbour", "604-555-0123"))
FLAG = RedFlag(FlagClass.DVT, Level.SAME_DAY, Onset.NEW, "hot calf", rule="r1")
KNOWN = Encounter(findings=(FindingRecord(Finding.PAIN, Presence.PRESENT, ("burning",)),))
SAID = TurnRequest("m1", "hello", (), (FLAG,), KNOWN, FACTS, "en")
ASKED = Reply(ReplyKind.QUESTION, "Which?", question="where", choices=(Choice("hip", "Hip"),), asks=(Finding.PAIN,))
EFFECTS = (RequestAppointment(AppointmentRequest(times="mornings")), RequestPerson("asked"), EraseConversation())
TURN = {
    "replies": [to_data(ASKED)],
    "encounter": to_data(KNOWN),
    "effects": [tagged(effect) for effect in EFFECTS],
    "intents": [{"name": "greet", "confidence": 1}],
}
Answering = Callable[[httpx.Request], httpx.Response]


def rasa(answering: Any, *, timeout: float = 3) -> RasaTurns:
    """A client whose server answers like this."""
    return RasaTurns("http://rasa", secret="s" * 40, timeout=timeout, transport=httpx.MockTransport(answering))


async def test_a_turn_goes_out_and_comes_back_as_the_contract_says() -> None:
    heard: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(200, json=TURN)

    got = await rasa(answer).turn(SAID)
    body = json.loads(heard[0].content)
    assert (heard[0].url.path, heard[0].headers["authorization"]) == ("/turn", f"Bearer {'s' * 40}")
    assert set(body) == {"message_id", "text", "flags", "encounter", "facts", "language"}
    assert (body["text"], body["flags"], body["encounter"]) == ("hello", [to_data(FLAG)], to_data(KNOWN))
    assert (got.turn.encounter, got.turn.replies, got.turn.effects) == (KNOWN, (ASKED,), EFFECTS)
    assert got.intents == (Intent("greet", 1.0),)


async def test_choices_go_instead_of_text() -> None:
    bodies: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(200, json=TURN)

    await rasa(answer).turn(TurnRequest("m1", None, ("none",), (), KNOWN, FACTS, "en"))
    assert bodies[0]["choices"] == ["none"]
    assert "text" not in bodies[0]


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500, json=TURN),
        httpx.Response(401, json={}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={}),
        httpx.Response(200, json={**TURN, "replies": []}),
        httpx.Response(200, json={**TURN, "encounter": {"schema": "x"}}),
        httpx.Response(200, json={**TURN, "effects": [{"type": "LaunchRocket"}]}),
        httpx.Response(200, json={**TURN, "replies": [{"kind": "shout", "text": "x"}]}),
    ],
)
async def test_an_answer_that_is_no_turn_is_a_refusal(response: httpx.Response) -> None:
    with pytest.raises(RasaRefused):
        await rasa(lambda _: response).turn(SAID)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_no_answer_is_an_error_that_quotes_nothing(error: type[httpx.TransportError]) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error("my secret knee")

    with pytest.raises(RasaError) as failed:
        await rasa(fail).turn(SAID)
    assert not isinstance(failed.value, RasaRefused)
    assert "secret" not in str(failed.value)


@pytest.mark.alone
async def test_a_hanging_rasa_is_given_up_in_time() -> None:
    async def hang(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(9)
        return httpx.Response(200)

    began = time.monotonic()
    with pytest.raises(RasaError):
        await rasa(hang, timeout=0.1).turn(SAID)
    assert time.monotonic() - began < 1


async def test_a_connection_that_a_restart_broke_is_tried_once_more() -> None:
    tries: list[int] = []

    def answer(_: httpx.Request) -> httpx.Response:
        tries.append(1)
        if len(tries) == 1:
            raise httpx.RemoteProtocolError("closed")
        return httpx.Response(200, json=TURN)

    assert (await rasa(answer).turn(SAID)).turn.encounter == KNOWN
