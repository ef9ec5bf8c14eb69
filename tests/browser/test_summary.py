"""The page of the result: everyone can read it, it prints, and it needs no script."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_accessibility import faults
from tests.web.fakes import DOCUMENT, LINK

pytestmark = pytest.mark.browser
PAGE = f"/summary/{LINK}"
WINDOWS: dict[str, dict[str, Any]] = {
    "desktop, light": {"viewport": DESKTOP, "color_scheme": "light"},
    "phone, dark": {"viewport": PHONE, "color_scheme": "dark"},
    "400 %": {"viewport": {"width": 320, "height": 256}},
}


@pytest.mark.parametrize("path", [PAGE, "/summary/wrong.link"])
@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page: OpenPage, window: str, path: str) -> None:
    page = open_page(path, **WINDOWS[window])
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_heading_says_whom_to_show_it_to(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Show this to your physiotherapist")
    for words in DOCUMENT.lines:
        expect(page.get_by_text(words)).to_be_visible()


def test_the_button_prints(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")


def test_without_scripts_everything_is_there_but_the_button(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_text("“it burns”", exact=True)).to_be_visible()
    for name in ("PDF", "Plain text"):
        expect(page.get_by_role("link", name=name)).to_be_visible()


def test_on_paper_there_are_no_buttons_and_the_ground_is_white(open_page: OpenPage) -> None:
    page = open_page(PAGE, color_scheme="dark")
    page.emulate_media(media="print")
    for name in ("PDF", "Plain text"):
        expect(page.get_by_role("link", name=name)).to_be_hidden()
    expect(page.get_by_text("Whoever has the address")).to_be_hidden()
    ink = page.evaluate("getComputedStyle(document.querySelector('main p')).color")
    assert ink in ("rgb(38, 33, 29)", "rgb(95, 86, 79)")
    expect(page.get_by_text("“it burns”", exact=True)).to_be_visible()


def test_the_pdf_is_saved_under_a_plain_name(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    with page.expect_download() as saved:
        page.get_by_role("link", name="PDF").click()
    assert saved.value.suggested_filename == "symptom-summary.pdf"
