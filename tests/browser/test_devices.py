"""Going on: on another device with a code, and in a tab that comes back after a day."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.doors import CODE, replied, said
from tests.browser.script import WHO_IS_IT
from tests.browser.script_parts import message
from tests.browser.steps import composer, pick, say, see, tap

pytestmark = pytest.mark.browser
TOLD = [
    said("p1", "my back hurts"),
    replied("c1", message("I see.")),
    said("p2", "Back"),
    replied("c2", WHO_IS_IT),
]


def told_elsewhere(clinic: ScriptedConversations) -> None:
    """On another device this conversation has come to a question."""
    clinic.doors.elsewhere = TOLD
    clinic.doors.open = TOLD[-1]["reply"]


def away_for_a_day(chat: Page) -> None:
    """The tab was last used a day ago, and is restored."""
    key = "needlepoint.conversation"
    chat.evaluate(
        f"""() => {{
          const kept = JSON.parse(sessionStorage.getItem("{key}"));
          sessionStorage.setItem("{key}", JSON.stringify({{ ...kept, at: Date.now() - 86_400_000 }}));
        }}"""
    )
    chat.reload()


def test_a_code_is_shown_with_the_minutes_it_is_good_for(chat: Page) -> None:
    pick(chat, "Continue on another device")
    panel = chat.get_by_role("region", name="Continue on another device")
    expect(panel).to_contain_text(CODE)
    expect(panel).to_contain_text("for 10 more minutes")
    expect(panel.get_by_role("heading")).to_be_focused()
    chat.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(composer(chat)).to_be_focused()


def test_the_minutes_run_down_and_out(chat: Page) -> None:
    chat.clock.install()
    pick(chat, "Continue on another device")
    expect(chat.get_by_text("for 10 more minutes")).to_be_visible()
    chat.clock.run_for(9 * 60_000 + 20_000)
    expect(chat.get_by_text("for less than a minute")).to_be_visible()
    chat.clock.run_for(60_000)
    expect(chat.get_by_text("This code has run out.")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "words"), [(500, "did not work just now"), (429, "Too many tries"), (409, "write something first")]
)
def test_without_a_code_the_panel_says_so(chat: Page, clinic: ScriptedConversations, status: int, words: str) -> None:
    clinic.doors.refuses["codes"] = status
    pick(chat, "Continue on another device")
    expect(chat.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_a_conversation_goes_on_here_with_its_code(chat: Page, clinic: ScriptedConversations) -> None:
    told_elsewhere(clinic)
    tap(chat, "Continue a chat from another device")
    field = chat.get_by_label("The code")
    expect(field).to_be_focused()
    field.fill("WRONG")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("This code did not work.")).to_be_visible()
    field.fill("k7pm 4qxd")
    chat.keyboard.press("Enter")
    see(chat, "my back hurts")
    expect(chat.locator(".bubble")).to_have_count(4)
    expect(chat.get_by_role("region", name="Continue a chat")).to_be_hidden()
    tap(chat, "For me, 19 to 49")
    see(chat, "Your summary")
    assert clinic.taken[-1].in_reply_to == "c2"
    chat.reload()
    see(chat, "my back hurts")


def test_a_chat_that_has_begun_does_not_offer_to_take_over_another(chat: Page) -> None:
    say(chat, "hello")
    see(chat, "You said: hello")
    expect(chat.get_by_role("button", name="Continue a chat from another device")).to_have_count(0)


def test_after_a_day_what_was_said_elsewhere_is_filled_in(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "hello")
    see(chat, "You said: hello")
    told_elsewhere(clinic)
    away_for_a_day(chat)
    see(chat, "Who is this for")
    see(chat, "You said: hello")
    expect(chat.locator(".bubble")).to_have_count(7)
    tap(chat, "For me, 19 to 49")
    see(chat, "Your summary")


def test_what_was_cut_off_a_day_ago_but_had_arrived_is_not_said_twice(
    chat: Page, clinic: ScriptedConversations
) -> None:
    clinic.pause = 2
    say(chat, "who")
    expect(chat.locator(".dots")).to_be_visible()
    sent = chat.evaluate("JSON.parse(sessionStorage.getItem('needlepoint.conversation')).waiting[0].message.id")
    clinic.doors.elsewhere = [said(sent, "who"), replied("r2", WHO_IS_IT)]
    clinic.doors.open = clinic.doors.elsewhere[-1]["reply"]
    away_for_a_day(chat)
    clinic.pause = 0
    see(chat, "Who is this for")
    tap(chat, "For me, 19 to 49")
    see(chat, "Your summary")
    expect(chat.locator(".bubble.patient")).to_have_count(2)
    assert [message.text for message in clinic.taken] == ["who", None]


def test_after_a_day_without_a_line_the_chat_is_there_all_the_same(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "hello")
    see(chat, "You said: hello")
    clinic.doors.refuses["transcript"] = 503
    away_for_a_day(chat)
    say(chat, "still here")
    see(chat, "You said: still here")


def test_a_tab_that_was_just_left_asks_for_nothing(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "hello")
    see(chat, "You said: hello")
    told_elsewhere(clinic)
    chat.reload()
    see(chat, "You said: hello")
    chat.wait_for_timeout(300)
    expect(chat.locator(".bubble")).to_have_count(3)
