"""What surrounds every route: headers, sizes, limits, figures, the log and health."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from bot.web.app import create_app
from bot.web.body_size import BodySize
from bot.web.limits import Buckets
from bot.web.parts import PartState
from tests.web.conftest import BEARER, client_of
from tests.web.fakes import FakeConversations, parts, reply

PAGES = ["/", "/chat", "/widget.js", "/api/openapi.json", "/healthz", "/nothing", "/api/chat/encounter"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_has_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert not any(loose in policy for loose in ("unsafe", "*", "http:"))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "strict-transport-security" not in headers
    assert ("frame-ancestors 'none'" in policy) is (path != "/chat")


async def test_only_the_named_websites_may_frame_the_chat(make_app: Callable[..., FastAPI]) -> None:
    async with client_of(make_app(FRAME_ANCESTORS="https://clinic.ca;script-src https://good.ca")) as client:
        policy = (await client.get("/chat")).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://good.ca")


async def test_no_other_website_may_read_the_api(client: httpx.AsyncClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = await client.options("/api/chat/messages", headers=asked)
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_a_file_asked_for_by_its_version_may_be_kept_for_ever(make_app: Callable[..., FastAPI]) -> None:
    app = make_app()
    version = app.state.assets["widget.js"].version
    async with client_of(app) as client:
        asked = [await client.get(f"/static/widget.js{query}") for query in (f"?v={version}", "?v=old", "")]
    kept = ["immutable" in answer.headers["cache-control"] for answer in asked]
    assert kept == [True, False, False]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/nothing.js"])
async def test_nothing_but_the_files_is_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_session_that_writes_too_much_gets_the_safety_text_and_a_time(make_app: Callable[..., FastAPI]) -> None:
    async with client_of(make_app(RATE_MESSAGES="3")) as client:
        said = [{"id": f"m{number}", "text": "hello"} for number in range(4)]
        answers = [await client.post("/api/chat/messages", json=body, headers=BEARER) for body in said]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["retry-after"]) in range(1, 21)
    assert answers[3].json()["replies"][0]["kind"] == "emergency"


async def test_one_address_cannot_open_sessions_without_end(make_app: Callable[..., FastAPI]) -> None:
    async with client_of(make_app(RATE_SESSIONS="2")) as client:
        statuses = [(await client.post("/api/chat/sessions")).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]


def test_a_bucket_fills_again_with_time() -> None:
    now = [0.0]
    buckets = Buckets(60, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(61)] == [0] * 60 + [1]
    now[0] = 2.5
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]


async def test_a_body_that_grows_without_a_declared_length_is_refused() -> None:
    async def endless() -> dict:
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    assert await _status(BodySize(_never, signpost=list), endless) == 413


async def test_a_body_that_never_comes_is_refused() -> None:
    async def silent() -> dict:
        await asyncio.sleep(60)
        return {}

    assert await _status(BodySize(_never, signpost=list, patience=0.01), silent) == 408


async def test_readiness_names_each_part_and_its_reason(tmp_path, conversations: FakeConversations) -> None:
    async def broken() -> PartState:
        return PartState(ready=False, reason="rasa does not answer")

    async def degraded() -> PartState:
        return PartState(ready=True, degraded=True, reason="no flag model: rules only")

    given = parts(tmp_path, conversations)
    checks = {**given.checks, "rasa": broken, "flag model": degraded}
    async with client_of(create_app(type(given)(**{**vars(given), "checks": checks}))) as client:
        answer = await client.get("/readyz")
        alive = await client.get("/healthz")
    assert (answer.status_code, alive.status_code) == (503, 200)
    body = answer.json()
    assert body["parts"]["rasa"] == {"ready": False, "degraded": False, "reason": "rasa does not answer"}
    assert (body["degraded"], body["parts"]["database"]["ready"]) == (["flag model"], True)


async def test_figures_are_for_this_machine_only(make_app: Callable[..., FastAPI]) -> None:
    app = make_app()
    async with client_of(app) as here, client_of(app, address="203.0.113.9") as there:
        await here.post("/api/chat/messages", json={"id": "a", "text": "my secret knee"}, headers=BEARER)
        shown = (await here.get("/metrics")).text
        refused = [await there.get("/metrics"), await here.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})]
    assert 'route="/api/chat/messages",status="200"' in shown
    assert "secret" not in shown
    assert [answer.status_code for answer in refused] == [403, 403]


async def test_figures_open_with_the_token_from_anywhere(make_app: Callable[..., FastAPI]) -> None:
    async with client_of(make_app(METRICS_TOKEN="figures"), address="203.0.113.9") as client:
        keys = [{"Authorization": f"Bearer {key}"} for key in ("figures", "other")]
        given = [await client.get("/metrics", headers=key) for key in keys]
    assert [answer.status_code for answer in given] == [200, 403]


async def test_understanding_needs_the_key(make_app: Callable[..., FastAPI]) -> None:
    line = {"id": "a", "text": "hello"}
    async with client_of(make_app()) as closed, client_of(make_app(API_KEY="key")) as client:
        refused = await closed.post("/api/understand", json=line, headers={"Authorization": "Bearer "})
        wrong = await client.post("/api/understand", json=line, headers={"Authorization": "Bearer other"})
        right = await client.post("/api/understand", json=line, headers={"Authorization": "Bearer key"})
    assert [refused.status_code, wrong.status_code, right.status_code] == [401, 401, 200]
    assert right.json()["id"] == "a"


async def test_an_unknown_path_does_not_become_a_figure_of_its_own(make_app: Callable[..., FastAPI]) -> None:
    async with client_of(make_app()) as client:
        for name in ("one", "two"):
            await client.get(f"/{name}-secret")
        assert "secret" not in (await client.get("/metrics")).text


async def test_later_replies_come_as_events_and_resume_after_the_last_one(
    make_app: Callable[..., FastAPI], conversations: FakeConversations
) -> None:
    app = make_app()
    async with client_of(app) as client:
        for name in ("a", "b"):
            await client.post("/api/chat/messages", json={"id": name, "text": name}, headers=BEARER)
    conversations.later.put_nowait(reply(7, "later"))
    received = await _first_events(app, 2, last=b"2")
    assert [event["id"] for event in received] == ["3", "7"]
    assert json.loads(received[1]["data"])["text"] == "later"


async def _first_events(app: FastAPI, count: int, *, last: bytes) -> list[dict[str, str]]:
    """The first events of the stream, read as a browser would, and then the browser leaves."""
    chunks: list[bytes] = []
    enough = asyncio.Event()

    async def send(message: dict) -> None:
        chunks.append(message.get("body", b""))
        if b"".join(chunks).count(b"event: reply") >= count:
            enough.set()

    async def receive() -> dict:
        await enough.wait()
        return {"type": "http.disconnect"}

    headers = [(b"authorization", BEARER["Authorization"].encode()), (b"last-event-id", last)]
    scope = {"type": "http", "method": "GET", "path": "/api/chat/events", "raw_path": b"/api/chat/events"}
    scope |= {"headers": headers, "query_string": b"", "client": ("127.0.0.1", 1), "server": ("t", 80), "root_path": ""}
    await asyncio.wait_for(app(scope | {"scheme": "http", "http_version": "1.1"}, receive, send), 5)  # type: ignore[arg-type]  # plain messages
    blocks = b"".join(chunks).decode().split("\r\n\r\n")
    events = [dict(line.split(": ", 1) for line in block.split("\r\n") if ": " in line) for block in blocks]
    return [event for event in events if event.get("event") == "reply"][:count]


async def _never(*_: object) -> None:
    raise AssertionError("the application must not run")


async def _status(app: BodySize, receive: Callable) -> int:
    """The status that the application answers to a POST with this body."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    await app({"type": "http", "method": "POST", "path": "/", "headers": []}, receive, send)  # type: ignore[arg-type]  # plain messages
    return int(sent[0]["status"])
