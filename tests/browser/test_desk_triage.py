"""Triage in a real browser: a pasted letter with a script in it, and a call; usable by everyone in both sizes."""

import pytest
from playwright.sync_api import Page

from bot.service.desk import DeskServices
from tests.browser.test_desk_accounts import (
    WINDOWS,
    OpenDesk,
    desk,
    is_sound,
    make_first_account,
    open_desk,
    press,
    set_up_factor,
    sign_in,
)

__all__ = ["desk", "open_desk"]
pytestmark = pytest.mark.browser
LETTER = """<script>document.title = "ran"</script><img src=x onerror="document.title = 'ran'">
My neck has been sore for two years and my left hand tingles. Not swollen.

Oona Berg
604 555 0142"""


def come_in(page: Page, address: str) -> None:
    """Make the first account, sign in and open the triage page."""
    make_first_account(page)
    sign_in(page, "ana@clinic.example")
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    page.wait_for_load_state("load")
    set_up_factor(page)
    page.goto(f"{address}/desk/triage")


@pytest.mark.parametrize("window", WINDOWS)
def test_a_pasted_letter_becomes_an_inquiry_and_is_asked_about(
    desk: tuple[DeskServices, str], open_desk: OpenDesk, window: str
) -> None:
    page = open_desk(f"/desk/setup/{desk[0].accounts.create_setup_link()}", WINDOWS[window])
    come_in(page, desk[1])
    is_sound(page)
    page.get_by_label("What they wrote or said").fill(LETTER)
    press(page, "Read it")
    page.get_by_role("heading", name="As it was read").wait_for()
    is_sound(page)
    press(page, "Make it an inquiry")
    page.get_by_role("heading", name="Oona Berg").wait_for()
    assert LETTER.splitlines()[0] in page.locator(".transcript").inner_text()
    assert "ran" not in page.title()
    page.get_by_role("link", name="Go on asking").click()
    page.get_by_label("None of these").check()
    is_sound(page)
    press(page, "Next")
    page.get_by_text("question 2 of about").wait_for()


def test_an_emergency_on_the_phone_is_read_out_and_becomes_an_inquiry(
    desk: tuple[DeskServices, str], open_desk: OpenDesk
) -> None:
    page = open_desk(f"/desk/setup/{desk[0].accounts.create_setup_link()}", WINDOWS["phone"])
    come_in(page, desk[1])
    press(page, "Enter for the caller")
    page.get_by_label("What they say").fill("I have been numb between my legs since this morning")
    press(page, "Next")
    page.get_by_text("Read this out now").wait_for()
    is_sound(page)
    press(page, "End the call and make it an inquiry")
    page.get_by_text("This is an inquiry now").wait_for()
