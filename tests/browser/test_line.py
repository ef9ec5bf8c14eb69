"""When something is wrong: nothing a patient wrote is lost, it is sent once, and safety texts are shown."""

import pytest
from playwright.sync_api import Page, expect

from bot.errors import NotUnderstood
from bot.web.problems import RateLimited
from tests.browser.clinic import ScriptedConversations
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.script_parts import message
from tests.browser.steps import composer, say, see, tap, tick

pytestmark = pytest.mark.browser


def test_a_reload_loses_nothing(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "back")
    see(chat, "Is any of this new")
    chat.reload()
    expect(chat.locator(".bubble")).to_have_count(3)
    tick(chat, "None of these")
    tap(chat, "Send answer")
    see(chat, "Who is this for")
    assert clinic.opened == 1


def test_a_message_cut_off_by_a_reload_is_sent_again_with_its_id(chat: Page, clinic: ScriptedConversations) -> None:
    clinic.pause = 2
    say(chat, "slow one")
    expect(chat.locator(".dots")).to_be_visible()
    chat.reload()
    clinic.pause = 0
    see(chat, "You said: slow one")
    assert len(clinic.attempts) == 2
    assert [said.text for said in clinic.taken] == ["slow one"]


def test_what_is_written_offline_is_sent_once_and_in_order(open_page: OpenPage, clinic: ScriptedConversations) -> None:
    chat = open_page(viewport=DESKTOP)
    see(chat, "What is bothering you?")
    chat.context.set_offline(True)
    say(chat, "first")
    expect(chat.get_by_text("You are offline.")).to_be_visible()
    say(chat, "second")
    expect(chat.get_by_text("Not sent yet")).to_have_count(2)
    assert clinic.attempts == []
    chat.context.set_offline(False)
    see(chat, "You said: second")
    expect(chat.get_by_text("Not sent yet")).to_have_count(0)
    expect(chat.get_by_text("You are offline.")).to_have_count(0)
    assert [said.text for said in clinic.taken] == ["first", "second"]


def test_what_is_written_before_the_clinic_is_reached_is_kept(
    open_page: OpenPage, clinic: ScriptedConversations
) -> None:
    clinic.lose_database(times=1)
    chat = open_page()
    expect(chat.get_by_text("can’t answer just now")).to_be_visible()
    say(chat, "early")
    see(chat, "You said: early")


def test_with_the_database_gone_the_safety_text_is_shown_and_the_message_sent_later(
    chat: Page, clinic: ScriptedConversations
) -> None:
    clinic.lose_database(times=2)
    say(chat, "my legs are numb")
    expect(chat.get_by_role("alert").filter(has_text="nearest emergency department")).to_be_visible()
    expect(chat.get_by_text("Not sent yet")).to_be_visible()
    tap(chat, "Try again now")
    expect(chat.locator(".bubble.emergency")).to_have_count(1)
    tap(chat, "Try again now")
    see(chat, "You said: my legs are numb")
    expect(chat.locator(".bubble.emergency")).to_have_count(0)
    assert len(set(clinic.attempts)) == 1
    assert len(clinic.taken) == 1


def test_too_fast_is_said_and_sent_again_by_itself(chat: Page, clinic: ScriptedConversations) -> None:
    clinic.faults.append(RateLimited(1))
    say(chat, "quick")
    expect(chat.get_by_text("sent again in 1 s")).to_be_visible()
    see(chat, "You said: quick")


def test_a_refused_text_comes_back_to_be_changed(chat: Page, clinic: ScriptedConversations) -> None:
    clinic.faults.append(NotUnderstood("text: cannot be read"))
    say(chat, "odd")
    expect(chat.get_by_text("could not be read, so it was not sent")).to_be_visible()
    expect(composer(chat)).to_have_value("odd")
    say(chat, "better")
    see(chat, "You said: better")


def test_a_stale_choice_says_so_and_leaves_the_question_usable(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "who")
    see(chat, "Who is this for")
    clinic.refuse_as_stale()
    tap(chat, "For me, 19 to 49")
    expect(chat.get_by_text("That question was already closed")).to_be_visible()
    tap(chat, "For me, 19 to 49")
    see(chat, "Your summary")


def test_an_ended_session_is_replaced_and_the_message_sent_in_the_new_one(
    chat: Page, clinic: ScriptedConversations
) -> None:
    say(chat, "one")
    see(chat, "You said: one")
    clinic.end_sessions()
    say(chat, "two")
    expect(chat.get_by_text("Your earlier chat has ended.")).to_be_visible()
    see(chat, "You said: two")
    assert clinic.opened == 2
    assert [said.text for said in clinic.taken] == ["one", "two"]


def test_a_reply_that_comes_later_appears_by_itself_and_once(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "anyone?")
    see(chat, "You said: anyone?")
    clinic.say_later({**message("This is Ana from the front desk."), "kind": "staff", "data": {"name": "Ana"}})
    see(chat, "This is Ana from the front desk.")
    expect(chat.get_by_text("Ana, clinic staff")).to_be_visible()
    chat.reload()
    expect(chat.get_by_text("This is Ana from the front desk.")).to_have_count(1)
    clinic.say_later({**message("Are you still there?"), "kind": "staff", "data": {"name": "Ana"}})
    see(chat, "Are you still there?")


def test_a_browser_that_keeps_nothing_can_still_chat(open_page: OpenPage) -> None:
    chat = open_page("/chat", viewport=DESKTOP)
    chat.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden') } })")
    chat.reload()
    say(chat, "hello there")
    see(chat, "You said: hello there")


def test_while_an_answer_is_written_the_chat_shows_it(chat: Page, clinic: ScriptedConversations) -> None:
    clinic.pause = 1
    say(chat, "wait for it")
    expect(chat.locator(".dots")).to_be_visible()
    see(chat, "You said: wait for it")
    expect(chat.locator(".dots")).to_be_hidden()
