"""Takes the pictures of docs/widget.md: every state of the chat, on a phone and on a desk, light and dark."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page

from tests.browser.clinic import ScriptedConversations, serving
from tests.browser.conftest import DESKTOP
from tests.browser.steps import Chat, composer, say, see, tap, tick

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "screens"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "device_scale_factor": 1.5}
QUALITY = 82
Reach = Callable[[Chat, ScriptedConversations], None]


@dataclass(frozen=True)
class Screen:
    """One state of the chat: what to say first, what to see, and what else leads there."""

    name: str
    text: str | None
    shown: str
    then: tuple[Callable[[Chat], object], ...] = ()
    dark: bool = False
    desktop: bool = False
    faults: Callable[[ScriptedConversations], None] | None = None


def _menu(chat: Chat) -> None:
    tap(chat, "More")


def _number(chat: Chat) -> None:
    tick(chat, "A scan that was clear", "It stops me sleeping")
    chat.get_by_role("radio", name="7", exact=True).check(force=True)
    chat.get_by_role("radio", name="7", exact=True).blur()


def _body(chat: Chat) -> None:
    tick(chat, "Lower back", "Buttock or thigh")
    chat.locator(".map").evaluate("map => map.scrollIntoView({ block: 'start' })")


def _actions(chat: Chat) -> None:
    chat.get_by_role("button", name="Send me the link by e-mail").scroll_into_view_if_needed()
    composer(chat).blur()


def _code(chat: Chat) -> None:
    tap(chat, "More")
    chat.get_by_role("menuitem", name="Continue on another device").click()
    chat.get_by_text("It works once").wait_for()


def _erase(chat: Chat) -> None:
    tap(chat, "More")
    chat.get_by_role("menuitem", name="Delete my data").click()
    see(chat, "Shall I delete")


def _why(chat: Chat) -> None:
    tap(chat, "Why do you ask?")


def _resume(chat: Chat) -> None:
    tap(chat, "Continue a chat from another device")


NOTICE = "What is bothering you?"
UNDERSTOOD = ("My lower back and left foot hurt, for six months now", "Is it the same for months")
SCREENS = (
    Screen("closed", None, NOTICE, desktop=True),
    Screen("opening", None, NOTICE),
    Screen("opening", None, NOTICE, desktop=True),
    Screen("question", *UNDERSTOOD, (_why,)),
    Screen(
        "question",
        "My lower back and left foot hurt, for six months now",
        "Is it the same for months",
        (_why,),
        desktop=True,
        dark=True,
    ),
    Screen("checklist", "My lower back hurts", "Is any of this new"),
    Screen("body-map", "It hurts all the time", "Where does it hurt", (_body,)),
    Screen("body-map", "It hurts all the time", "Where does it hurt", (_body,), desktop=True),
    Screen("more-to-tell", "Will the needles hurt?", "A needle can sting"),
    Screen("background", "Much the same", "Last one", (_number,)),
    Screen("menu", *UNDERSTOOD, (_menu,)),
    Screen(
        "menu",
        "My lower back and left foot hurt, for six months now",
        "Is it the same for months",
        (_menu,),
        desktop=True,
    ),
    Screen("emergency", "I have new numbness between my legs", "Please read this now"),
    Screen("emergency", "I have new numbness between my legs", "Please read this now", dark=True),
    Screen("result", "None of these", "Your summary"),
    Screen("result", "None of these", "Your summary", desktop=True),
    Screen("result-actions", "None of these", "Your summary", (_actions,)),
    Screen("booking-request", "Please call me", "What name should we ask for"),
    Screen("booking-times", "Yes, book a visit", "These times are free"),
    Screen("booking-link", "Can I book it myself?", "You book on the clinic"),
    Screen("booked", "The first one, please", "Your visit is booked"),
    Screen("code", *UNDERSTOOD, (_code,)),
    Screen("resume", None, NOTICE, (_resume,)),
    Screen("erase", *UNDERSTOOD, (_erase,)),
    Screen("error", "My lower back hurts", "Is any of this new", faults=lambda clinic: clinic.lose_database(times=9)),
    Screen("offline", "My lower back hurts", "Is any of this new"),
    Screen("dark", "It hurts all the time", "Where does it hurt", (_body,), dark=True),
)


def take_screens(browser: Browser) -> None:
    """Write the pictures to docs/screens from a scripted clinic."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    conversations = ScriptedConversations()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), conversations) as address:
        for screen in SCREENS:
            conversations.reset()
            _take(screen, browser, conversations=conversations, address=address)


def _take(screen: Screen, browser: Browser, *, conversations: ScriptedConversations, address: str) -> None:
    window: dict[str, Any] = {"viewport": DESKTOP} if screen.desktop else PHONE
    context = browser.new_context(
        **window,
        color_scheme="dark" if screen.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}/" if screen.desktop else f"{address}/chat")
    if screen.name != "closed":
        chat = _opened(page) if screen.desktop else page
        _reach(screen, chat, page=page, conversations=conversations)
    ending = f"{'-desktop' if screen.desktop else ''}{'-dark' if screen.dark and screen.name != 'dark' else ''}"
    _keep(page, f"{screen.name}{ending}")
    context.set_offline(False)
    context.close()


def _reach(screen: Screen, chat: Chat, *, page: Page, conversations: ScriptedConversations) -> None:
    see(chat, NOTICE)
    if screen.text:
        say(chat, screen.text)
        see(chat, screen.shown)
    for step in screen.then:
        step(chat)
    if screen.faults:
        screen.faults(conversations)
        say(chat, "It is also cold")
        chat.get_by_text("Not sent yet").wait_for()
    if screen.name == "offline":
        page.context.set_offline(True)
        say(chat, "It is also cold")
        chat.get_by_text("You are offline.").wait_for()
    if not screen.then:
        composer(chat).blur()


def _opened(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Chat with us").click()
    return page.frame_locator("iframe")


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)
    print(f"docs/screens/{name}.webp", flush=True)
