"""The system's Chromium, pages of every kind in it, and a scripted clinic to talk to."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright

from tests.browser.clinic import ScriptedConversations, serving

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 800}
PATIENCE = 30_000

OpenPage = Callable[..., Page]


def find_chromium() -> str | None:
    """Where the system's Chromium is, None without one."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright for one module: it must be gone before tests of other modules use the event loop."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium; without one these tests are skipped."""
    program = find_chromium()
    if program is None:
        pytest.skip(f"no Chromium: none of {', '.join(CHROMIUM)} is installed")
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
    expect.set_options(timeout=PATIENCE)  # how long a busy machine may take; a passing test does not wait
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ScriptedConversations, str]]:
    """One scripted clinic for a module."""
    conversations = ScriptedConversations()
    with serving(tmp_path_factory.mktemp("clinic"), conversations) as address:
        yield conversations, address


@pytest.fixture
def clinic(served: tuple[ScriptedConversations, str]) -> ScriptedConversations:
    """The conversations of the clinic, as new."""
    served[0].reset()
    return served[0]


@pytest.fixture
def address(served: tuple[ScriptedConversations, str], clinic: ScriptedConversations) -> str:
    """Where the clinic is."""
    return served[1]


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A window of each kind, kept for a module; every page in it is a tab, with a conversation of its own."""
    kept: dict[str, BrowserContext] = {}

    def window(**wanted: Any) -> BrowserContext:
        key = repr(sorted(wanted.items()))
        if key not in kept:
            kept[key] = browser.new_context(**{"viewport": DESKTOP, **wanted})
        return kept[key]

    yield window
    for context in kept.values():
        context.close()


@pytest.fixture
def open_page(windows: Callable[..., BrowserContext], address: str) -> Iterator[OpenPage]:
    """Opens a page of the clinic; fails the test when a script of the page failed or its policy was broken."""
    opened: list[Page] = []
    troubles: list[str] = []

    def open_page(path: str = "/chat", **window: Any) -> Page:
        page = windows(**window).new_page()
        opened.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(address + path)
        return page

    yield open_page
    for page in opened:
        page.context.set_offline(False)
        page.close()
    assert troubles == []


@pytest.fixture
def chat(open_page: OpenPage) -> Page:
    """The chat on a page of its own, with the notice on the screen."""
    page = open_page()
    page.get_by_text("What is bothering you?").wait_for()
    return page
