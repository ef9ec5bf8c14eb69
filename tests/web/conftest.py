"""The application on fakes, and a client that reaches it in memory."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.web.app import create_app
from tests.web.fakes import TOKEN, FakeConversations, FakeResuming, FakeSummaries, parts

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def conversations() -> FakeConversations:
    """The fake that the application talks to."""
    return FakeConversations()


@pytest.fixture
def summaries() -> FakeSummaries:
    """The fake that keeps the document."""
    return FakeSummaries()


@pytest.fixture
def resuming() -> FakeResuming:
    """The fake that keeps the code."""
    return FakeResuming()


@pytest.fixture
def make_app(
    tmp_path: Path, conversations: FakeConversations, summaries: FakeSummaries, resuming: FakeResuming
) -> Callable[..., FastAPI]:
    """An application on the fakes with changed settings."""
    return lambda **changed: create_app(
        parts(tmp_path, conversations, summaries=summaries, resuming=resuming, **changed)
    )


@pytest.fixture
async def client(make_app: Callable[..., FastAPI]) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application with the demonstration's settings."""
    async with client_of(make_app()) as client:
        yield client


def client_of(app: FastAPI, *, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client that reaches this application in memory, from this address."""
    transport = httpx.ASGITransport(app=app, client=(address, 50_000), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")
