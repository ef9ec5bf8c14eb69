"""The clinic's look, and how the files of the pages are served: colour, logo, small, kept and asked for again."""

import gzip
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.errors import SettingsError
from bot.web.colour import contrast, readable_colours
from tests.web.conftest import client_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 "
KINDS = {"image/png": PNG, "image/svg+xml": SVG, "image/webp": WEBP}
MakeApp = Callable[..., FastAPI]


@pytest.mark.parametrize("kind", KINDS)
async def test_the_logo_is_served_by_what_it_is_and_can_do_no_harm(
    make_app: MakeApp, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "logo.bin"
    file.write_bytes(KINDS[kind])
    async with client_of(make_app(CLINIC_LOGO=str(file))) as client:
        answer = await client.get("/logo")
        page = (await client.get("/chat")).text
        kept = await client.get("/logo", headers={"If-None-Match": answer.headers["etag"]})
    assert answer.content == KINDS[kind]
    assert answer.headers["content-type"].split(";")[0] == kind
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert 'src="/logo?v=' in page
    assert (kept.status_code, kept.content) == (304, b"")


async def test_without_a_logo_our_mark_is_shown(client: httpx.AsyncClient) -> None:
    assert (await client.get("/logo")).status_code == 404
    assert 'src="/static/mark.svg?v=' in (await client.get("/chat")).text


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "there is no file"), (b"GIF89a", "no SVG, PNG or WebP"), (PNG + b"\0" * 100_000, "at most 100,000")],
)
def test_a_logo_that_cannot_be_shown_ends_the_start(
    make_app: MakeApp, tmp_path: Path, content: bytes | None, complaint: str
) -> None:
    file = tmp_path / "logo.png"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=rf"CLINIC_LOGO: .*{complaint}"):
        make_app(CLINIC_LOGO=str(file))


@pytest.mark.parametrize("colour", ["#ffd400", "#000000", "#ffffff", "#1f6f66", "#7a7a7a", "#ff0000"])
def test_any_colour_can_be_read_in_both_schemes(colour: str) -> None:
    told = readable_colours(colour)
    for scheme, ground in (("light", "#faf7f2"), ("dark", "#1d1b19")):
        accent = told[f"--accent-{scheme}"]
        assert contrast(accent, ground) >= 4.5
        assert contrast(accent, told[f"--on-accent-{scheme}"]) >= 4.5


async def test_a_website_may_give_the_chat_another_colour_than_the_clinics_own(make_app: MakeApp) -> None:
    async with client_of(make_app(CLINIC_COLOUR="#102030")) as client:
        pages = [(await client.get(f"/chat{query}")).text for query in ("", "?colour=%23405060", "?colour=red;%22%3E")]
        script = (await client.get("/widget.js")).text
    assert ['"--accent-light": "#102030"' in page for page in pages] == [True, False, True]
    assert '"--accent-light": "#405060"' in pages[1]
    assert "red;" not in pages[2]
    assert '"#102030"' in script


async def test_without_a_colour_the_page_says_nothing_of_one(client: httpx.AsyncClient) -> None:
    assert "data-colours" not in (await client.get("/chat")).text
    assert "CLINIC_COLOUR" not in (await client.get("/widget.js")).text


@pytest.mark.parametrize("path", ["/widget.js", "/static/chat.js", "/static/chat.css", "/chat"])
async def test_a_file_is_squeezed_for_those_who_take_it_and_asked_for_again_by_its_version(
    client: httpx.AsyncClient, path: str
) -> None:
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    small = await client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"] == "Accept-Encoding"
    assert int(small.headers["content-length"]) == len(gzip.compress(plain.content, 9, mtime=0))
    assert small.content == plain.content
    again = await client.get(path, headers={"If-None-Match": small.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_the_apis_own_answers_are_not_squeezed(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat/sessions", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


async def test_a_part_of_the_script_is_not_served_by_itself(client: httpx.AsyncClient) -> None:
    assert (await client.get("/static/chat/words.js")).status_code == 404
