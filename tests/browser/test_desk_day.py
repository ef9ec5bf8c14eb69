"""A day at the desk in a real browser, by one person, from the set-up link to the last trace of a patient."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from bot.service.desk import DeskServices
from tests.browser.conftest import DESKTOP
from tests.browser.desk_clinic import serving_clinic
from tests.browser.steps import say, see
from tests.browser.test_desk_accounts import (
    OpenDesk,
    is_sound,
    make_first_account,
    open_desk,
    press,
    set_up_factor,
    sign_in,
)

__all__ = ["open_desk"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOTE = """Phoned at nine. Right shoulder stiff and sore at night for four months, no swelling, no numbness.
Robin Vale, 604 555 0177"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[DeskServices, str]]:
    """A real clinic with its chat, where the second factor is a must."""
    with serving_clinic(tmp_path, demo=False) as serving:
        yield serving


def test_a_day_at_the_desk(desk: tuple[DeskServices, str], open_desk: OpenDesk) -> None:
    chat = open_desk("/chat", DESKTOP)
    say(chat, "My lower back has been burning for six months")
    see(chat, "604-555-0100")
    staff = open_desk(f"/desk/setup/{desk[0].accounts.create_setup_link()}")
    come_in(staff)
    open_first(staff)
    work_on_it(staff)
    take_over_and_hand_back(staff, chat)
    triage(staff, desk[1])
    hand_on(staff)
    erase(staff)
    staff.goto(f"{desk[1]}/desk/audit")
    for done in ("Robin", "0177", "shoulder", "burning"):
        expect(staff.locator("main")).not_to_contain_text(done)


def come_in(page: Page) -> None:
    """The first account, with its second factor."""
    make_first_account(page)
    sign_in(page, "ana@clinic.example")
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    page.wait_for_load_state("load")
    set_up_factor(page)
    page.get_by_role("link", name="I have kept them").click()


def open_first(page: Page) -> None:
    """The inquiry that stands first in the inbox."""
    page.get_by_role("heading", name="Inbox").wait_for()
    expect(page.locator(".unread-mark")).to_have_count(1)
    page.locator(".entry h2 a").first.click()
    page.get_by_role("heading", name="Transcript").wait_for()


def work_on_it(page: Page) -> None:
    """Own it, write a note, log a call."""
    press(page, "Take it")
    page.get_by_text("You have this inquiry.").wait_for()
    page.get_by_label("New note, for staff only").fill("Prefers mornings")
    press(page, "Keep the note")
    expect(page.locator("#notes")).to_contain_text("Prefers mornings")
    page.get_by_label("No answer").check()
    press(page, "Log the call")
    expect(page.locator("#calls ol")).to_contain_text("No answer")
    is_sound(page)


def take_over_and_hand_back(page: Page, chat: Page) -> None:
    """A few words from person to person."""
    page.get_by_role("button", name="Write to the patient").first.click()
    see(chat, "You are now writing with Ana")
    page.get_by_label("Message to the patient").fill("Would Friday at ten suit you?")
    press(page, "Send")
    see(chat, "Would Friday at ten suit you?")
    say(chat, "Friday is fine")
    see(page, "Friday is fine")
    press(page, "Hand back to the assistant")
    see(chat, "Ana has left the chat.")


def triage(page: Page, address: str) -> None:
    """A phone note becomes an inquiry."""
    page.goto(f"{address}/desk/triage")
    page.get_by_label("What they wrote or said").fill(NOTE)
    press(page, "Read it")
    page.get_by_role("heading", name="As it was read").wait_for()
    press(page, "Make it an inquiry")
    page.get_by_role("heading", name="Robin Vale").wait_for()


def hand_on(page: Page) -> None:
    """The inquiry as a paper and for another system."""
    paper = saved(page, "Save as PDF")
    assert paper.path().read_bytes().startswith(b"%PDF")
    bundle = json.loads(saved(page, "Save for another system (FHIR)").path().read_text())
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert kinds >= {"Patient", "QuestionnaireResponse", "Observation", "ServiceRequest"}


def saved(page: Page, name: str) -> Download:
    """The file behind a button."""
    with page.expect_download() as download:
        press(page, name)
    return download.value


def erase(page: Page) -> None:
    """Everything that is kept of the person on this page."""
    page.get_by_role("link", name="See, hand over or erase").click()
    page.get_by_role("link", name="Erase it").click()
    is_sound(page)
    page.get_by_label("I mean it").check()
    press(page, "Erase it")
    page.get_by_role("link", name="To the inbox").click()
    expect(page.get_by_text("Robin Vale")).to_have_count(0)
