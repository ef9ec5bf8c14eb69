"""The widget is ready within a second on a cold cache at 1.6 Mbit/s."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser
WANTED = 1.0
LATENCY = 150
"""Milliseconds for each request, and 0.75 Mbit/s up: the usual "slow 4G", which has 1.6 Mbit/s down."""
MBIT = 1_000_000 / 8
LINE = {"offline": False, "latency": LATENCY, "downloadThroughput": 1.6 * MBIT, "uploadThroughput": 0.75 * MBIT}
MOST_RUNS = 8


READY = {
    "/chat": "document.querySelector('#message') && document.querySelector('[role=log] .bubble')",
    "/": "document.querySelector('needlepoint-launcher')?.shadowRoot.querySelector('button')",
}
"""What is on the screen when the patient can type below the clinic's first words, or press the button."""


@pytest.mark.alone
@pytest.mark.parametrize("path", READY)
def test_it_is_ready_within_a_second(browser: Browser, address: str, path: str) -> None:
    # The quickest run counts: what the line and the files take, whatever else this machine does at the time.
    runs = (load(browser, address + path, READY[path]) for _ in range(MOST_RUNS))
    assert any(seconds < WANTED for seconds in runs)


def load(browser: Browser, url: str, ready: str) -> float:
    """The seconds that a phone which has never been here waits on a slow line, from the tap on."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.add_init_script(
        f"""new MutationObserver(() => {{
          if (!window.readyAfter && {ready}) window.readyAfter = performance.now() / 1000;
        }}).observe(document, {{ childList: true, subtree: true }})"""
    )
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    page.goto(url, wait_until="commit")
    while (taken := page.evaluate("window.readyAfter ?? null")) is None:
        page.wait_for_timeout(50)
    context.close()
    return float(taken)
