"""The menu: everything that may be asked for at any point, by pointer, keyboard and screen reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.steps import composer, pick, say, see, tap

pytestmark = pytest.mark.browser
KEYS = (("ArrowDown", "Change an answer"), ("End", "Stop"), ("ArrowDown", "Go back"), ("ArrowUp", "Stop"))
CONTROLS = {
    "Go back": "go_back",
    "Change an answer": "change",
    "Repeat the question": "repeat",
    "Why do you ask?": "why_asking",
    "What have you noted?": "show_summary",
    "Talk to a person": "talk_to_person",
    "Book a visit": "book_exam",
    "What do you know about me?": "what_do_you_know",
    "Delete my data": "delete_my_data",
    "Start over": "start_over",
    "Stop": "stop_messages",
}


def test_every_item_sends_its_control_and_shows_what_was_asked(chat: Page, clinic: ScriptedConversations) -> None:
    for label in CONTROLS:
        pick(chat, label)
        expect(chat.locator(".bubble.patient").last).to_contain_text(label)
        expect(chat.locator(".dots")).to_be_hidden()
    assert [said.choices[0] for said in clinic.taken] == [f"control.{name}" for name in CONTROLS.values()]
    assert {said.in_reply_to for said in clinic.taken} == {None}


def test_the_menu_works_by_keyboard_and_gives_the_focus_back(chat: Page, clinic: ScriptedConversations) -> None:
    button = chat.get_by_role("button", name="More")
    items = chat.get_by_role("menuitem")
    button.focus()
    expect(button).to_have_attribute("aria-expanded", "false")
    chat.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(items.first).to_be_focused()
    for key, focused in KEYS:
        chat.keyboard.press(key)
        expect(chat.get_by_role("menuitem", name=focused, exact=True)).to_be_focused()
    chat.keyboard.press("t")
    expect(chat.get_by_role("menuitem", name="Talk to a person")).to_be_focused()
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("menu")).to_be_hidden()
    expect(button).to_be_focused()
    chat.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    chat.keyboard.press("Tab")
    expect(chat.get_by_role("menu")).to_be_hidden()
    assert clinic.taken == []


def test_escape_in_the_menu_closes_only_the_menu(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESKTOP)
    page.get_by_role("button", name="Chat with us").click()
    frame = page.frame_locator("iframe")
    see(frame, "What is bothering you?")
    tap(frame, "More")
    page.keyboard.press("Escape")
    expect(frame.get_by_role("menu")).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_tap_elsewhere_closes_the_menu(chat: Page) -> None:
    tap(chat, "More")
    composer(chat).click()
    expect(chat.get_by_role("menu")).to_be_hidden()


def test_what_is_asked_for_leaves_the_question_open_and_moves_on_to_what_comes_of_it(chat: Page) -> None:
    say(chat, "who")
    see(chat, "Who is this for")
    pick(chat, "What do you know about me?")
    see(chat, "I know no name")
    expect(chat.get_by_role("button", name="For me, 19 to 49")).to_be_visible()
    expect(chat.get_by_role("group", name="So far I have")).to_be_focused()
    pick(chat, "Change an answer")
    expect(chat.get_by_role("group", name="Which answer shall we change?")).to_be_focused()


def test_a_control_that_is_tapped_offline_is_sent_once_when_the_line_is_back(
    open_page: OpenPage, clinic: ScriptedConversations
) -> None:
    chat = open_page()
    see(chat, "What is bothering you?")
    chat.context.set_offline(True)
    say(chat, "first")
    pick(chat, "Talk to a person")
    expect(chat.get_by_text("Not sent yet")).to_have_count(2)
    chat.context.set_offline(False)
    see(chat, "Our front desk will call you.")
    assert [(said.text, said.choices) for said in clinic.taken] == [("first", ()), (None, ("control.talk_to_person",))]


def test_in_a_new_session_only_what_still_makes_sense_is_sent_again(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "one")
    see(chat, "You said: one")
    clinic.end_sessions()
    pick(chat, "Go back")
    expect(chat.get_by_text("can’t be done at this point")).to_be_visible()
    see(chat, "What is bothering you?")
    clinic.end_sessions()
    pick(chat, "Talk to a person")
    see(chat, "Our front desk will call you.")
    assert [said.choices for said in clinic.taken] == [(), ("control.talk_to_person",)]


def test_deleting_is_confirmed_and_takes_everything_off_the_tab(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "a secret knee")
    see(chat, "You said: a secret knee")
    pick(chat, "Delete my data")
    tap(chat, "Yes")
    see(chat, "Everything is deleted.")
    expect(chat.locator(".bubble")).to_have_count(1)
    assert "secret" not in chat.evaluate("JSON.stringify(sessionStorage)")
    assert clinic.opened == 1
    tap(chat, "Start a new chat")
    see(chat, "What is bothering you?")
    assert clinic.opened == 2
