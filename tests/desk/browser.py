"""A browser for tests of the desk: opens pages, fills in forms as they stand on the page, and reads what is shown."""

import asyncio
import re
from collections.abc import Awaitable
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI

GUARD = re.compile(r'name="form_token" value="([0-9a-f]+)"')


class Browser:
    """One browser with its cookies, at one network address."""

    def __init__(self, app: FastAPI, *, address: str = "10.0.0.1", base_url: str = "http://testserver") -> None:
        transport = httpx.ASGITransport(app=app, client=(address, 50_000))
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url)
        self._runner = asyncio.Runner()

    @property
    def cookies(self) -> httpx.Cookies:
        """The cookies it holds."""
        return self._client.cookies

    def close(self) -> None:
        """Close the browser."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def open(self, address: str, **headers: str) -> httpx.Response:
        """The answer to opening a page."""
        return self.request("GET", address, headers=headers)

    def read(self, address: str) -> str:
        """What a page shows, as text."""
        answer = self.open(address)
        assert answer.status_code == 200, answer.status_code
        return shown(answer.text)

    def submit(self, address: str, *, page: str | None = None, **fields: str) -> httpx.Response:
        """Send the form at an address, with the token that its page carries."""
        return self.send(address, {"form_token": self.form_token(page or address), **fields})

    def send(self, address: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        """Send exactly these fields."""
        return self.request("POST", address, data=fields, headers=headers)

    def request(self, method: str, address: str, **sent: Any) -> httpx.Response:
        """The answer to any request."""
        asked: Awaitable[httpx.Response] = self._client.request(method, address, **sent)
        return self._runner.run(_awaited(asked))

    def form_token(self, page: str) -> str:
        """The token on a page's forms."""
        found = GUARD.search(self.open(page).text)
        return found.group(1) if found else ""

    def act(self, inquiry_id: str, what: str, **fields: str) -> str:
        """What the inquiry page says after a form on it was sent."""
        page = f"/desk/inquiries/{inquiry_id}"
        answer = self.submit(f"{page}/{what}", page=page, **fields)
        assert answer.status_code == 303, answer.status_code
        return self.read(answer.headers["location"].partition("#")[0])


async def _awaited(asked: Awaitable[httpx.Response]) -> httpx.Response:
    return await asked


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Collect the text between tags."""
        self.parts.append(data)


def shown(page: str) -> str:
    """The text of a page with single spaces."""
    reader = _Text()
    reader.feed(page)
    return " ".join(unescape("".join(reader.parts)).split())
