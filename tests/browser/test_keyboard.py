"""The keyboard alone is enough, and the focus is seen and kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.steps import composer, say, see

pytestmark = pytest.mark.browser


def test_the_keyboard_alone_leads_from_the_first_word_to_the_request(chat: Page, clinic: ScriptedConversations) -> None:
    press = chat.keyboard.press
    composer(chat).focus()
    chat.keyboard.type("back")
    press("Enter")
    see(chat, "Is any of this new")
    expect(composer(chat)).to_be_focused()
    for key in ("Shift+Tab", "Shift+Tab", "Shift+Tab", "Space", "Tab", "Tab", "Enter"):
        press(key)
    see(chat, "Who is this for")
    expect(chat.get_by_role("group", name="So far I have")).to_be_focused()
    for key in ("Tab", "Tab", "Enter"):
        press(key)
    see(chat, "Your summary")
    for key in ("Tab", "Enter"):
        press(key)
    see(chat, "What name should we ask for")
    press("Tab")
    chat.keyboard.type("Sam Lee")
    press("Tab")
    chat.keyboard.type("604-555-0123")
    press("Enter")
    see(chat, "When would suit you?")
    for key in ("Tab", "Space", "Enter"):
        press(key)
    see(chat, "Your request is with our front desk")
    expect(composer(chat)).to_be_focused()
    assert [id for said in clinic.taken for id in said.choices] == ["none", "me_19_49", "book", "mornings"]


def test_the_keyboard_alone_leads_over_the_body_and_the_box_to_a_visit(
    chat: Page, clinic: ScriptedConversations
) -> None:
    def press(*keys: str) -> None:
        for key in keys:
            chat.keyboard.press(key)

    composer(chat).focus()
    chat.keyboard.type("where")
    press("Enter")
    see(chat, "Where does it hurt")
    chat.keyboard.press("Shift+Tab")  # to "Send answer", and on over the list to the map
    press(*["Shift+Tab"] * 13, *["ArrowDown"] * 7, "Space", *["Tab"] * 13, "Enter")
    see(chat, "Is it the same for months")
    expect(chat.get_by_role("group", name="Is it the same")).to_be_focused()
    press("Tab", "Enter")
    see(chat, "Last one, and you may skip it.")
    press("Tab", "Space", *["Tab"] * 6, *["ArrowRight"] * 7, "Tab")
    chat.keyboard.type("worse at night")
    press("Tab", "Enter")
    see(chat, "Your summary")
    chat.get_by_role("button", name="More").focus()
    press("Enter", "b", "Enter")
    see(chat, "These times are free.")
    press("Tab", "Enter")
    see(chat, "Your visit is booked.")
    expect(composer(chat)).to_be_focused()
    told = [said.text or said.choices[0] for said in clinic.taken]
    assert told == [
        "where",
        "where_lower_back",
        "same",
        "A scan that was clear\n7/10\nworse at night",
        "control.book_exam",
        "slot.1",
    ]


def test_the_focus_can_be_seen_wherever_it_is(chat: Page) -> None:
    say(chat, "back")
    see(chat, "Is any of this new")
    for _ in range(9):
        chat.keyboard.press("Shift+Tab")
        drawn = chat.evaluate(
            """() => {
              const drawn = (element) => element && (getComputedStyle(element).outlineStyle !== "none" ||
                getComputedStyle(element).boxShadow.includes("2px"));
              const focus = document.activeElement;
              return focus === document.body || drawn(focus) || drawn(focus.closest(".box, .tick"));
            }"""
        )
        assert drawn, chat.evaluate("document.activeElement.outerHTML.slice(0, 80)")


def test_a_typing_patient_keeps_the_focus_in_the_composer(chat: Page) -> None:
    say(chat, "who")
    see(chat, "Who is this for")
    expect(composer(chat)).to_be_focused()
