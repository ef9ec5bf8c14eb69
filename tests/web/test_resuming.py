"""Coming back over the API: the transcript, codes, and few tries for whoever guesses."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.web.limits import CODE_WINDOW, WRONG_CODES, Tries
from tests.web.conftest import BEARER, client_of
from tests.web.fakes import CODE, TOKEN, FakeResuming

RESUME = "/api/chat/resume"


async def typed(client: httpx.AsyncClient, code: str) -> httpx.Response:
    """The answer to a code."""
    return await client.post(RESUME, json={"code": code})


async def test_the_transcript_tells_who_said_what_and_which_question_is_open(client: httpx.AsyncClient) -> None:
    shown: dict[str, Any] = (await client.get("/api/chat/transcript", headers=BEARER)).json()
    notice, said, asked = shown["entries"]
    assert (notice["from"], notice["reply"]["text"]) == ("clinic", "Hello.")
    assert said == {"from": "patient", "id": "m1", "text": "it burns"}
    assert asked["reply"] == shown["open"]
    assert shown["last"] == 2


@pytest.mark.parametrize(("method", "path"), [("GET", "transcript"), ("POST", "codes")])
async def test_both_need_the_token(client: httpx.AsyncClient, method: str, path: str) -> None:
    assert (await client.request(method, f"/api/chat/{path}")).status_code == 401


async def test_a_code_is_made_and_opens_the_conversation_without_a_token(client: httpx.AsyncClient) -> None:
    made = await client.post("/api/chat/codes", headers=BEARER)
    assert (made.status_code, made.json()) == (201, {"code": CODE, "minutes": 10})
    resumed = await typed(client, CODE)
    body = resumed.json()
    assert resumed.status_code == 201
    assert (body["session"], body["token"], body["last"]) == ("session-1", TOKEN, 2)
    assert len(body["entries"]) == 3


async def test_every_code_that_opens_nothing_gets_the_same_answer(client: httpx.AsyncClient) -> None:
    answers = [await typed(client, code) for code in ("XXXX-XXXX", "1", "日本語")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


async def test_after_five_wrong_codes_even_the_right_one_is_not_tried(
    client: httpx.AsyncClient, resuming: FakeResuming
) -> None:
    answers = [(await typed(client, "wrong")).status_code for _ in range(WRONG_CODES)]
    assert answers == [404] * WRONG_CODES
    refused = await typed(client, CODE)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 60
    assert CODE not in resuming.typed


async def test_right_codes_do_not_count(client: httpx.AsyncClient) -> None:
    assert {(await typed(client, CODE)).status_code for _ in range(WRONG_CODES + 2)} == {201}


async def test_one_ipv6_household_is_one_network_and_others_are_not_locked_out(
    make_app: Callable[..., FastAPI],
) -> None:
    app = make_app()
    for host in range(WRONG_CODES):
        async with client_of(app, address=f"2001:db8:1:2::{host}") as client:
            assert (await typed(client, "wrong")).status_code == 404
    async with client_of(app, address="2001:db8:1:2:ffff::1") as neighbour:
        assert (await typed(neighbour, CODE)).status_code == 429
    async with client_of(app, address="2001:db8:1:3::1") as other:
        assert (await typed(other, CODE)).status_code == 201


def test_tries_count_again_when_their_time_is_over() -> None:
    moment = [0.0]
    tries = Tries(WRONG_CODES, seconds=CODE_WINDOW, clock=lambda: moment[0])
    assert [tries.take("a") for _ in range(WRONG_CODES)] == [0] * WRONG_CODES
    assert tries.take("a") == CODE_WINDOW
    assert tries.take("b") == 0
    moment[0] = CODE_WINDOW
    assert tries.take("a") == 0
