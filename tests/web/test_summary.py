"""The result over the API and behind a link: three forms, plain refusals, and nothing that is kept or indexed."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import httpx
import pytest
from fastapi import FastAPI

from bot.clinical.notes import Note
from tests.web.conftest import BEARER, client_of
from tests.web.fakes import DOCUMENT, LINK, FakeSummaries, reply
from tests.web.papers import text_of

SUMMARY = "/api/chat/summary"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'> \u202eevil {{7*7}}"


async def test_the_summary_is_json_text_or_a_pdf_to_save(client: httpx.AsyncClient) -> None:
    read = await client.get(SUMMARY, headers=BEARER)
    assert read.json() == {
        "title": DOCUMENT.title,
        "clinic": DOCUMENT.clinic,
        "made_on": "2026-11-22",
        "lines": list(DOCUMENT.lines),
        "count": "1 of 7",
        "rows": [["pain", "“it burns”"], ["swelling", "no"]],
        "notes": [["Where", "lower back"], ["Also said", "worse on stairs; at night"]],
    }
    text = await client.get(f"{SUMMARY}?format=text", headers=BEARER)
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "“it burns”" in text.text
    pdf = await client.get(f"{SUMMARY}?format=pdf", headers=BEARER)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"].startswith("attachment")
    assert "“it burns”" in text_of(pdf.content)


@pytest.mark.parametrize("form", ["json", "text", "pdf"])
async def test_before_a_result_every_form_is_refused(
    client: httpx.AsyncClient, summaries: FakeSummaries, form: str
) -> None:
    summaries.document = None
    answer = await client.get(f"{SUMMARY}?format={form}", headers=BEARER)
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert "replies" not in answer.json()


async def test_after_an_emergency_the_refusal_carries_the_advice(
    client: httpx.AsyncClient, summaries: FakeSummaries
) -> None:
    summaries.document, summaries.advice = None, (reply(9, "Call 911 now.", kind="emergency"),)
    answer = await client.get(SUMMARY, headers=BEARER)
    assert [one["text"] for one in answer.json()["replies"]] == ["Call 911 now."]


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "/link"), ("POST", "/mail")])
async def test_nothing_is_told_without_the_token(client: httpx.AsyncClient, method: str, path: str) -> None:
    body = {"to": "kim@mail.example"} if path == "/mail" else None
    assert (await client.request(method, SUMMARY + path, json=body)).status_code == 401


async def test_a_link_opens_page_pdf_and_text_without_a_token(client: httpx.AsyncClient) -> None:
    made = await client.post(f"{SUMMARY}/link", headers=BEARER)
    assert (made.status_code, made.json()) == (201, {"url": f"/summary/{LINK}", "days": 7})
    page, pdf, text = [await client.get(made.json()["url"] + end) for end in ("", ".pdf", ".txt")]
    assert "<h1>Show this to your physiotherapist</h1>" in page.text
    assert "“it burns”" in page.text
    assert "“it burns”" in text_of(pdf.content)
    assert "“it burns”" in text.text


@pytest.mark.parametrize("end", ["", ".pdf", ".txt"])
@pytest.mark.parametrize("token", [LINK, "wrong.link"])
async def test_what_a_link_shows_is_neither_kept_nor_indexed(client: httpx.AsyncClient, end: str, token: str) -> None:
    answer = await client.get(f"/summary/{token}{end}")
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["wrong.link", "wrong.link.pdf", "wrong.link.txt", "x" * 2000, "%00", "a%2Fb"])
async def test_a_link_that_opens_nothing_is_a_plain_page_with_whom_to_call(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(f"/summary/{path}")
    assert answer.status_code == 404
    if "%2F" not in path:
        assert "There is nothing to show here" in answer.text
        assert "it burns" not in answer.text


async def test_a_store_that_is_down_is_a_plain_page_too(client: httpx.AsyncClient, summaries: FakeSummaries) -> None:
    summaries.gone = True
    answer = await client.get(f"/summary/{LINK}")
    assert answer.status_code == 503
    assert "again in a minute" in answer.text


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect every element with its attributes."""
        self.seen.append((tag, dict(attrs)))


async def test_nothing_a_patient_wrote_becomes_part_of_the_page(
    client: httpx.AsyncClient, summaries: FakeSummaries
) -> None:
    note = Note("background", HOSTILE, (HOSTILE, HOSTILE))
    summaries.document = replace(DOCUMENT, lines=(HOSTILE,), rows=((HOSTILE, HOSTILE),), notes=(note,), title=HOSTILE)
    page = (await client.get(f"/summary/{LINK}")).text
    reader = _Elements()
    reader.feed(page)
    scripts = [attrs for tag, attrs in reader.seen if tag == "script"]
    assert [str(attrs["src"]).startswith("/static/summary.js") for attrs in scripts] == [True]
    assert not [tag for tag, _ in reader.seen if tag in ("img", "iframe", "style", "object")]
    assert not [name for _, attrs in reader.seen for name in attrs if name.startswith("on") or name == "style"]
    assert page.count("{{7*7}}") >= 5


async def test_the_mail_is_taken_and_refused_as_the_contract_says(
    client: httpx.AsyncClient, summaries: FakeSummaries
) -> None:
    async def send(to: object) -> int:
        return (await client.post(f"{SUMMARY}/mail", json={"to": to}, headers=BEARER)).status_code

    assert await send("kim@mail.example") == 202
    assert summaries.mailed == ["kim@mail.example"]
    assert [await send(to) for to in ("kim", 7)] == [422, 422]
    summaries.document = None
    assert await send("kim@mail.example") == 409
    summaries.sends_mail = False
    refused = await client.post(f"{SUMMARY}/mail", json={"to": "kim@mail.example"}, headers=BEARER)
    assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
    assert "sends no mail" in refused.json()["detail"]


async def test_one_session_has_three_mails_an_hour(client: httpx.AsyncClient, summaries: FakeSummaries) -> None:
    answers = [
        await client.post(f"{SUMMARY}/mail", json={"to": f"k{number}@mail.example"}, headers=BEARER)
        for number in range(5)
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429, 429]
    assert len(summaries.mailed) == 3


async def test_one_address_cannot_have_pdfs_made_without_end(make_app: Callable[..., FastAPI]) -> None:
    async with client_of(make_app()) as client:
        client._transport.app.state.limits.papers._per_minute = 1  # type: ignore[attr-defined]  # an application of this test's own
        answers = [await client.get(f"/summary/{LINK}.pdf") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]


async def test_the_log_names_the_route_and_never_the_link(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    for end in ("", ".pdf", ".txt"):
        await client.get(f"/summary/{LINK}{end}")
    logged = "".join(capsys.readouterr())
    assert "/summary/{token}" in logged
    assert LINK not in logged
