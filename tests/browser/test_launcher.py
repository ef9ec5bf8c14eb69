"""The launcher on a website: one script tag, a frame that loads when it is opened, and focus that goes in and back."""

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from bot.web.colour import contrast
from tests.browser.clinic import ScriptedConversations
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.script_parts import message
from tests.browser.steps import composer, say, see

pytestmark = pytest.mark.browser


def frame_of(page: Page) -> FrameLocator:
    """The chat inside the page."""
    return page.frame_locator("iframe")


def launcher(page: Page, name: str = "Chat with us") -> Locator:
    """The button that opens the chat."""
    return page.get_by_role("button", name=name)


def test_nothing_is_loaded_or_opened_before_the_patient_asks(
    open_page: OpenPage, clinic: ScriptedConversations
) -> None:
    page = open_page("/")
    expect(launcher(page)).to_be_visible()
    assert len(page.frames) == 1
    assert clinic.opened == 0


def test_the_page_loads_nothing_from_anyone_else(open_page: OpenPage, address: str) -> None:
    page = open_page("/chat")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "/")
    launcher(page).click()
    see(frame_of(page), "What is bothering you?")
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_the_keyboard_opens_it_goes_in_and_escape_comes_back(open_page: OpenPage) -> None:
    page = open_page("/")
    launcher(page).focus()
    page.keyboard.press("Enter")
    expect(composer(frame_of(page))).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher(page)).to_be_focused()


def test_the_close_button_closes_it_and_the_conversation_stays(open_page: OpenPage) -> None:
    page = open_page("/")
    launcher(page).click()
    say(frame_of(page), "remember me")
    see(frame_of(page), "You said: remember me")
    frame_of(page).get_by_role("button", name="Close the chat").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    launcher(page).click()
    see(frame_of(page), "You said: remember me")


def test_a_link_of_the_page_opens_it_and_gets_the_focus_back(open_page: OpenPage) -> None:
    page = open_page("/")
    link = page.get_by_role("link", name="Start the symptom check")
    link.click()
    expect(composer(frame_of(page))).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_an_open_chat_is_open_after_a_reload_without_taking_the_focus(open_page: OpenPage) -> None:
    page = open_page("/")
    launcher(page).click()
    say(frame_of(page), "before the reload")
    see(frame_of(page), "You said: before the reload")
    page.reload()
    see(frame_of(page), "You said: before the reload")
    assert page.evaluate("document.activeElement === document.body")


def test_a_reply_to_a_closed_chat_is_shown_on_the_launcher(open_page: OpenPage, clinic: ScriptedConversations) -> None:
    page = open_page("/")
    launcher(page).click()
    see(frame_of(page), "What is bothering you?")
    page.keyboard.press("Escape")
    clinic.say_later({**message("We can see you on Monday."), "kind": "staff", "data": {"name": "Ana"}})
    launcher(page, "Chat with us (new message)").click()
    see(frame_of(page), "We can see you on Monday.")


def test_on_a_phone_it_fills_the_screen_and_nothing_behind_it_can_be_reached(open_page: OpenPage) -> None:
    page = open_page("/", viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    launcher(page).tap()
    see(frame_of(page), "What is bothering you?")
    box = page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    assert page.get_by_role("dialog").evaluate("dialog => dialog.matches(':modal')")
    frame_of(page).get_by_role("button", name="Close the chat").tap()
    expect(launcher(page)).to_be_visible()


def test_the_clinics_colour_stays_readable(open_page: OpenPage) -> None:
    chat = open_page("/chat?colour=%23ffd400")
    see(chat, "What is bothering you?")
    name = "getComputedStyle(document.documentElement).getPropertyValue"
    accent, ink = (chat.evaluate(f"{name}('{one}')") for one in ("--accent-light", "--on-accent-light"))
    assert accent != "#ffd400"
    assert min(contrast(accent, "#faf7f2"), contrast(accent, ink)) >= 4.5


def test_a_colour_that_is_none_changes_nothing(open_page: OpenPage) -> None:
    chat = open_page("/chat?colour=red;}")
    assert chat.evaluate("document.documentElement.getAttribute('style')") is None
