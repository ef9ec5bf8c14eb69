"""Everyone can use it: axe finds nothing in any state, the keyboard is enough, and zoom, dark and calm motion work."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.states import STATES
from tests.browser.steps import composer, say, see, tap, tick

pytestmark = pytest.mark.browser
WINDOWS: dict[str, dict[str, Any]] = {
    "desktop, light": {"viewport": DESKTOP, "color_scheme": "light"},
    "phone, dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}
ENLARGED = {"400 %": {"width": 320, "height": 256}, "200 %": {"width": 640, "height": 430}}
CALM = {"reduced_motion": "reduce"}
WIDE = (
    *("checklist", "emergency", "result, shared", "booking", "offline", "why and corrections", "body map"),
    *("background box", "menu", "free times", "booking page", "visit", "code", "code is wrong"),
)
SIZED = (
    "back",
    "who",
    "contact",
    "numb",
    "done",
    "understood",
    "where",
    "box",
    "free",
    "faq",
    "link",
    "booked",
    "result",
)


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


def test_replies_are_announced_politely_and_emergencies_at_once(chat: Page) -> None:
    expect(chat.get_by_role("log", name="Conversation")).to_be_visible()
    say(chat, "numb")
    expect(chat.get_by_role("log").get_by_role("alert")).to_contain_text("emergency department")


@pytest.mark.parametrize("window", ENLARGED.values(), ids=ENLARGED)
@pytest.mark.parametrize("state", WIDE)
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
    for text in SIZED:
        say(chat, text)
        expect(chat.locator(".bubble.patient").last).to_contain_text(text)
        chat.locator(".dots").wait_for(state="hidden")
        small += _small(chat)
    tap(chat, "More")
    assert small + _small(chat) == []


def _small(chat: Page) -> list[str]:
    """What is pressed and less than 44 pixels high, or less than 24 wide."""
    pressed = "button:visible, a:visible, .tick:visible, .numbers label:visible, .field input:visible"
    measure = "all => all.map((one) => [one.textContent, one.offsetHeight ?? 99, one.offsetWidth ?? 99])"
    sizes = chat.locator(pressed).evaluate_all(measure)
    assert sizes
    return [name for name, height, width in sizes if height < 44 or width < 24]


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
