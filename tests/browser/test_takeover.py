"""A member of the staff writes to a patient: both see each other's words without reloading, and red flags are heard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.service.desk import DeskServices
from tests.browser.conftest import PHONE
from tests.browser.desk_clinic import serving_clinic
from tests.browser.steps import say, see
from tests.browser.test_desk_accounts import OpenDesk, is_sound, make_first_account, open_desk, press, sign_in

__all__ = ["open_desk"]
pytestmark = pytest.mark.browser
BOX = "Message to the patient"
HELLO = "Hello, this is Ana from Demonstration clinic. I have read what you wrote. How can I help?"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DeskServices, str]]:
    """A clinic with its chat."""
    with serving_clinic(tmp_path_factory.mktemp("clinic")) as serving:
        yield serving


def open_inquiry(page: Page, address: str) -> None:
    """Sign in for the first time and open the only inquiry."""
    make_first_account(page)
    sign_in(page, "ana@clinic.example")
    page.get_by_role("heading", name="Inbox").wait_for()
    page.goto(f"{address}/desk")
    page.locator(".entry h2 a").click()
    page.get_by_role("heading", name="Transcript").wait_for()


def test_a_chat_is_taken_over_and_handed_back(desk: tuple[DeskServices, str], open_desk: OpenDesk) -> None:
    chat = open_desk("/chat", PHONE)
    say(chat, "My lower back has been burning for six months")
    see(chat, "604-555-0100")
    staff = open_desk(f"/desk/setup/{desk[0].accounts.create_setup_link()}")
    open_inquiry(staff, desk[1])
    staff.get_by_role("button", name="Write to the patient").first.click()
    see(chat, "You are now writing with Ana from the clinic.")
    write_and_hear(chat, staff)
    is_sound(chat)
    is_sound(staff)
    press(staff, "Hand back to the assistant")
    see(chat, "Ana has left the chat.")
    staff.get_by_role("button", name="Write to the patient").first.wait_for()


def write_and_hear(chat: Page, staff: Page) -> None:
    """A ready reply is sent; a question and an emergency come back while something is being typed."""
    press(staff, "Insert")
    expect(staff.get_by_label(BOX)).to_have_value(HELLO)
    press(staff, "Send")
    see(chat, HELLO)
    expect(chat.get_by_text("Ana, clinic staff")).to_be_visible()
    expect(staff.get_by_label(BOX)).to_have_value("")
    staff.get_by_label(BOX).fill("half a sent")
    say(chat, "Do you have time on Friday?")
    see(staff, "Do you have time on Friday?")
    say(chat, "I have been numb between my legs since this morning")
    see(chat, "Please read this now")
    staff.get_by_text("Cauda equina signs").wait_for()
    expect(staff.get_by_label(BOX)).to_have_value("half a sent")
