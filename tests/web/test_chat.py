"""The chat API does what contracts.md says, on fakes."""

import json

import httpx
import pytest

from tests.web.conftest import BEARER
from tests.web.fakes import TOKEN, FakeConversations

MESSAGES = "/api/chat/messages"


async def test_a_new_session_has_a_token_and_the_opening_replies(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat/sessions", json={"channel": "web", "language": "en"})
    assert answer.status_code == 201
    body = answer.json()
    assert (body["session"], body["token"]) == ("session-1", TOKEN)
    assert body["replies"][0]["text"] == "Hello from web in en"


async def test_a_session_can_be_opened_without_saying_anything(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/chat/sessions")).status_code == 201


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ({"text": "my back"}, "my back"),
        ({"choice": "yes"}, "yes"),
        ({"choices": ["pain", "swelling"]}, "pain,swelling"),
    ],
)
async def test_a_message_gets_its_replies(client: httpx.AsyncClient, said: dict, understood: str) -> None:
    answer = await client.post(MESSAGES, json={"id": "a1", **said}, headers=BEARER)
    assert answer.status_code == 200
    assert [reply["text"] for reply in answer.json()["replies"]] == [understood]


async def test_the_same_id_again_gives_the_same_answer(client: httpx.AsyncClient) -> None:
    first, again = [await client.post(MESSAGES, json={"id": "a1", "text": "hello"}, headers=BEARER) for _ in range(2)]
    assert first.content == again.content


async def test_an_id_with_other_text_is_a_conflict(client: httpx.AsyncClient) -> None:
    await client.post(MESSAGES, json={"id": "a1", "text": "hello"}, headers=BEARER)
    answer = await client.post(MESSAGES, json={"id": "a1", "text": "other"}, headers=BEARER)
    assert (answer.status_code, answer.json()["detail"][:13]) == (409, "This id was u")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe{", 400),
        (b"[" * 20_000, 400),
        (b"1" * 5_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"id": 1, "text": "a"}', 422),
        (b'{"id": "a", "text": 5}', 422),
        (b'{"id": "a", "text": "a", "choice": "yes"}', 422),
        (b'{"id": "a", "text": "a", "extra": 1}', 422),
        (b'{"id": "a\\u0000", "text": "a"}', 422),
        (b'{"id": "a", "text": "  "}', 422),
        (b'{"id": "a", "choices": []}', 422),
        (b'{"id": "a", "choice": "stale"}', 409),
        (b'{"id": "a", "text": "' + b"x" * 4_001 + b'"}', 413),
        (b'{"id": "a", "text": "' + b"x" * 100_000 + b'"}', 413),
    ],
)
async def test_what_does_not_fit_is_a_problem_that_says_why(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    answer = await client.post(MESSAGES, content=body, headers=BEARER)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert len(answer.json()["detail"]) > 20


async def test_half_characters_become_a_replacement_character(
    client: httpx.AsyncClient, conversations: FakeConversations
) -> None:
    body = rb'{"id": "a", "text": "numb \ud83d when I wipe \ud83d\ude00"}'
    answer = await client.post(MESSAGES, content=body, headers=BEARER)
    assert answer.status_code == 200
    assert conversations.answers["a"][0].text == "numb \ufffd when I wipe \U0001f600"


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": "Basic eA=="}]
)
@pytest.mark.parametrize("path", ["messages", "encounter", "events"])
async def test_only_the_token_opens_a_session(client: httpx.AsyncClient, header: dict, path: str) -> None:
    method = "POST" if path == "messages" else "GET"
    answer = await client.request(method, f"/api/chat/{path}", headers=header)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "POST /api/chat/sessions" in answer.json()["detail"]


async def test_when_nothing_can_be_stored_the_answer_carries_the_safety_text(
    client: httpx.AsyncClient, conversations: FakeConversations
) -> None:
    conversations.gone = True
    answer = await client.post(MESSAGES, json={"id": "a", "text": "numb"}, headers=BEARER)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert [(reply["kind"], reply["text"]) for reply in answer.json()["replies"]] == [("emergency", "Call now.")]
    assert "the same id" in answer.json()["detail"]


async def test_an_unforeseen_error_is_answered_and_tells_no_words(
    client: httpx.AsyncClient, conversations: FakeConversations, capfd: pytest.CaptureFixture[str]
) -> None:
    conversations.broken = True
    answer = await client.post(MESSAGES, json={"id": "a", "text": "my secret knee"}, headers=BEARER)
    assert (answer.status_code, answer.json()["replies"][0]["kind"]) == (500, "emergency")
    written = "".join(capfd.readouterr())
    assert "ZeroDivisionError" in written
    assert "secret" not in written


async def test_the_encounter_is_shown(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/api/chat/encounter", headers=BEARER)).json()
    assert shown["tally"] == {"present": 0, "absent": 0, "unknown": 7, "of": 7}
    assert (shown["disposition"], shown["complete"]) == (None, False)


async def test_the_description_names_every_problem_a_message_may_meet(client: httpx.AsyncClient) -> None:
    described = json.loads((await client.get("/api/openapi.json")).content)
    answers = described["paths"][MESSAGES]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "409", "413", "422", "429", "503"}
    assert "application/problem+json" in answers["422"]["content"]


@pytest.mark.parametrize("length", [4_001, 100_000])
async def test_a_text_that_is_too_long_is_refused_with_where_to_turn(client: httpx.AsyncClient, length: int) -> None:
    answer = await client.post(MESSAGES, json={"id": "a", "text": "x" * length}, headers=BEARER)
    assert [reply["kind"] for reply in answer.json()["replies"]] == ["emergency"]
