"""Takes the pictures of the README (the clinic's page with the chat, a result, the desk) and of docs/widget.md."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from scripts.screens import take_screens
from tests.browser.conftest import DESKTOP, find_chromium
from tests.browser.steps import say, see
from tests.browser.test_whole import COMPLAINT, answer_by_taps, book, find_at_the_desk, open_chat
from tests.end_to_end.pair import Pair

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
EMERGENCY = "I can't feel it when I wipe and both my legs are getting weaker"


def main() -> int:
    """Write the pictures to docs/screens and, from a demonstration on free ports, to docs/images; return 0."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=30_000)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        take_screens(browser)
        pair = Pair(Path(folder), RASA_TIMEOUT="30")
        try:
            pair.wait_ready()
            _emergency(pair, browser)
            _whole_path(pair, browser)
        finally:
            pair.stop()
    return 0


def _whole_path(pair: Pair, browser: Browser) -> None:
    page = browser.new_page(viewport=DESKTOP)
    chat = open_chat(page, pair)
    say(chat, COMPLAINT)
    see(chat, "Is any of this new or getting worse?")
    _shoot(page, "chat-question")
    answer_by_taps(chat)
    chat.locator(".bubble.result").scroll_into_view_if_needed()
    _shoot(page, "chat-result")
    book(chat)
    find_at_the_desk(page, pair)
    _shoot(page, "desk-inquiry")
    page.goto(f"{pair.url}/desk")
    _shoot(page, "desk-inbox")


def _emergency(pair: Pair, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 780})
    chat: FrameLocator = open_chat(page, pair)
    say(chat, EMERGENCY)
    see(chat, "emergency department")
    _shoot(page, "chat-emergency-phone")


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(800)
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    print(f"docs/images/{name}.png", flush=True)


if __name__ == "__main__":
    sys.exit(main())
