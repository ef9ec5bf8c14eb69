"""The desk by keyboard: letters take staff where they want to go, change nothing, and can be switched off."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.service.desk import DeskServices
from bot.settings import demo
from bot.store.transaction import Database
from tests.browser.test_desk_accounts import (
    WINDOWS,
    OpenDesk,
    desk,
    is_sound,
    make_first_account,
    open_desk,
    set_up_factor,
    sign_in,
)
from tests.desk.patients import Patient, asked_for, backache, write_in

__all__ = ["desk", "open_desk"]
pytestmark = pytest.mark.browser


@pytest.fixture
def inbox(tmp_path: Path, desk: tuple[DeskServices, str], open_desk: OpenDesk) -> Page:
    """The inbox with two patients, before somebody who has just signed in."""
    services, address = desk
    page = open_desk(f"/desk/setup/{services.accounts.create_setup_link()}", WINDOWS["desktop"])
    make_first_account(page)
    sign_in(page, "ana@clinic.example")
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    set_up_factor(page)
    database = Database(demo({"DATA_DIR": str(tmp_path)}).database_url)
    for name in ("Oona Berg", "Iris Vale"):
        write_in(database, Patient(encounter=backache(request=asked_for(name, "+16045550142"))), at=datetime.now(UTC))
    database.close()
    page.goto(f"{address}/desk")
    return page


def test_letters_lead_through_the_list_and_to_what_is_done_with_an_inquiry(inbox: Page) -> None:
    page = inbox
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Oona Berg")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Iris Vale")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Oona Berg").wait_for()
    page.keyboard.press("o")
    expect(page.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("n")
    note = page.get_by_label("New note, for staff only")
    expect(note).to_be_focused()
    page.keyboard.type("i ask again? no: /j")
    expect(note).to_have_value("i ask again? no: /j")
    page.locator("h1").click()
    page.keyboard.press("i")
    page.get_by_role("heading", name="Inbox").wait_for()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_keys_are_listed_and_can_be_switched_off(inbox: Page) -> None:
    page = inbox
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    is_sound(page)
    page.get_by_label("Use these keys in this browser").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    expect(page.locator(".queue a:focus")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys in this browser").check()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.get_by_role("heading", name="Morning list").wait_for()
