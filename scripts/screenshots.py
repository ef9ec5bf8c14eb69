"""Takes the pictures of the README (the clinic's page with the chat, a result), docs/desk.md and docs/widget.md."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from scripts.screens import take_screens
from tests.browser.conftest import DESKTOP, PHONE, find_chromium
from tests.browser.steps import say, see
from tests.browser.test_whole import COMPLAINT, answer_by_taps, book, find_at_the_desk, open_chat
from tests.end_to_end.pair import Pair

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
NOTE = """Phoned at nine: right shoulder stiff and sore at night for four months, no swelling, no numbness.

Robin Vale, 604 555 0177"""
PAGES = {"morning": "morning", "reports": "reports", "findings": "reports/findings", "settings": "settings/hours"}
MADE_UP = 120
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
    page.get_by_role("button", name="Write to the patient").first.click()
    page.get_by_label("Message to the patient").scroll_into_view_if_needed()
    _shoot(page, "desk-takeover")
    _desk(page, pair, browser)


def _desk(page: Page, pair: Pair, browser: Browser) -> None:
    """The desk with made-up patients, as a manager sees it, and on a phone in the dark."""
    command = [str(Path(sys.executable).parent / "needlepoint"), "demonstration-data", f"--count={MADE_UP}"]
    subprocess.run(command, env={**os.environ, "DATA_DIR": str(pair.folder)}, check=True, stderr=subprocess.DEVNULL)
    page.goto(f"{pair.url}/desk")
    _shoot(page, "desk-inbox")
    phone = browser.new_context(viewport=PHONE, color_scheme="dark", storage_state=page.context.storage_state())
    small = phone.new_page()
    small.goto(f"{pair.url}/desk")
    _shoot(small, "desk-inbox-phone")
    page.locator(".entry h2 a", has_text="Casey").first.click()
    _shoot(page, "desk-inquiry")
    page.goto(f"{pair.url}/desk/triage")
    page.get_by_label("What they wrote or said").fill(NOTE)
    page.get_by_role("button", name="Read it").click()
    _shoot(page, "desk-triage")
    for name, path in PAGES.items():
        page.goto(f"{pair.url}/desk/{path}")
        _shoot(page, f"desk-{name}")


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
