"""Everyone can use it: axe finds nothing in any state, the keyboard is enough, and zoom, dark and calm motion work."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.steps import composer, say, see, tap, tick

pytestmark = pytest.mark.browser
WINDOWS: dict[str, dict[str, Any]] = {
    "desktop, light": {"viewport": DESKTOP, "color_scheme": "light"},
    "phone, dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}
ENLARGED = {"400 %": {"width": 320, "height": 256}, "200 %": {"width": 640, "height": 430}}
CALM = {"reduced_motion": "reduce"}


def offline(chat: Page, _: ScriptedConversations) -> None:
    """A message waits."""
    chat.context.set_offline(True)
    say(chat, "anyone?")
    expect(chat.get_by_text("Not sent yet")).to_be_visible()


def not_stored(chat: Page, clinic: ScriptedConversations) -> None:
    """The database is gone."""
    clinic.lose_database(times=1)
    say(chat, "my legs are numb")
    expect(chat.get_by_text("can’t answer just now")).to_be_visible()


def refused(chat: Page, clinic: ScriptedConversations) -> None:
    """A choice was stale."""
    say(chat, "who")
    see(chat, "Who is this for")
    clinic.refuse_as_stale()
    tap(chat, "For me, 19 to 49")
    expect(chat.get_by_text("That question was already closed")).to_be_visible()


def too_long(chat: Page, _: ScriptedConversations) -> None:
    """The text passes the limit."""
    composer(chat).fill("x" * 4_100)
    expect(chat.get_by_text("100 characters too many")).to_be_visible()


def clearing(chat: Page, _: ScriptedConversations) -> None:
    """The patient is asked whether to clear the chat."""
    say(chat, "numb")
    tap(chat, "Clear this chat from this device")


def empty_list(chat: Page, _: ScriptedConversations) -> None:
    """Nothing was ticked."""
    say(chat, "back")
    tap(chat, "Send answer")


def asked(text: str, shown: str) -> Callable[[Page, ScriptedConversations], None]:
    """The state after this message."""

    def reach(chat: Page, _: ScriptedConversations) -> None:
        say(chat, text)
        see(chat, shown)

    return reach


STATES: dict[str, Callable[[Page, ScriptedConversations], None]] = {
    "notice": lambda chat, clinic: None,
    "question": asked("who", "Who is this for"),
    "checklist": asked("back", "Is any of this new"),
    "nothing ticked": empty_list,
    "emergency": asked("numb", "Please read this now"),
    "result": asked("result", "Your summary"),
    "booking": asked("contact", "What name should we ask for"),
    "booked": asked("done", "Your request is with our front desk"),
    "clearing": clearing,
    "too long": too_long,
    "refused": refused,
    "not stored": not_stored,
    "offline": offline,
}


def faults(page: Page | Frame) -> list[tuple[str, str | None, list[Any]]]:
    """What axe finds: rule, impact and the elements."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["impact"], [node["target"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_in_any_state_of_the_chat(
    open_page: OpenPage, clinic: ScriptedConversations, window: str
) -> None:
    found = {}
    for name, reach in STATES.items():
        clinic.reset()
        chat = open_page(**WINDOWS[window], **CALM)
        see(chat, "What is bothering you?")
        reach(chat, clinic)
        found[name] = faults(chat)
        chat.context.set_offline(False)
        chat.close()
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_on_the_clinics_page_with_the_chat_closed_and_open(open_page: OpenPage, window: str) -> None:
    page = open_page("/", **WINDOWS[window], **CALM)
    page.get_by_role("button", name="Chat with us").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Chat with us").click()
    see(page.frame_locator("iframe"), "What is bothering you?")
    assert faults(page) == []
    assert faults(page.frames[1]) == []


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


def test_replies_are_announced_politely_and_emergencies_at_once(chat: Page) -> None:
    expect(chat.get_by_role("log", name="Conversation")).to_be_visible()
    say(chat, "numb")
    expect(chat.get_by_role("log").get_by_role("alert")).to_contain_text("emergency department")


@pytest.mark.parametrize("window", ENLARGED.values(), ids=ENLARGED)
@pytest.mark.parametrize("state", ["checklist", "emergency", "result", "booking", "offline"])
def test_enlarged_text_needs_no_sideways_scrolling(
    open_page: OpenPage, clinic: ScriptedConversations, window: dict[str, int], state: str
) -> None:
    chat = open_page(viewport=window, **CALM)
    see(chat, "What is bothering you?")
    STATES[state](chat, clinic)
    assert chat.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert chat.locator(".scroller").evaluate("pane => pane.scrollWidth <= pane.clientWidth")
    composer(chat).scroll_into_view_if_needed()
    expect(composer(chat)).to_be_in_viewport()


def test_everything_that_is_pressed_is_large_enough(open_page: OpenPage) -> None:
    chat = open_page(viewport=PHONE, has_touch=True, **CALM)
    small = []
    for text in ("back", "who", "contact", "numb", "done"):
        say(chat, text)
        expect(chat.locator(".bubble.patient").last).to_contain_text(text)
        chat.locator(".dots").wait_for(state="hidden")
        sizes = chat.locator("button:visible, a:visible, .tick:visible, .field input:visible").evaluate_all(
            "all => all.map(one => [one.textContent, one.getBoundingClientRect().height])"
        )
        assert sizes
        small += [name for name, height in sizes if height < 44]
    assert small == []


def test_calm_motion_is_respected(open_page: OpenPage) -> None:
    chat = open_page(**CALM)
    see(chat, "What is bothering you?")
    assert chat.locator(".bubble").first.evaluate("bubble => getComputedStyle(bubble).animationName") == "none"


def test_without_javascript_the_emergency_numbers_are_on_the_page(open_page: OpenPage) -> None:
    page = open_page("/chat", java_script_enabled=False)
    shown = page.locator("noscript .without-script")
    expect(shown).to_be_visible()
    for number in ("911", "8-1-1", "9-8-8", "604-555-0100"):
        expect(shown.locator("a", has_text=number)).to_be_visible()
    expect(page.locator(".unstarted")).to_be_hidden()


def test_where_the_scripts_do_not_arrive_the_emergency_numbers_are_on_the_page(open_page: OpenPage) -> None:
    page = open_page("/widget.js")
    page.route("**/chat.js*", lambda route: route.abort())
    page.goto(page.url.replace("/widget.js", "/chat"))
    expect(page.get_by_role("link", name="911")).to_be_visible()


def test_without_javascript_the_clinics_page_leads_to_the_chats_page(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name="Start the symptom check").click()
    expect(page).to_have_url(re.compile("/chat$"))


def test_a_checklist_can_be_answered_by_its_labels(chat: Page) -> None:
    say(chat, "back")
    tick(chat, "Pee is hard to start or stop, leaks, or is not felt")
    expect(chat.get_by_role("checkbox", checked=True)).to_have_count(1)
