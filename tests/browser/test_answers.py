"""Answering: by buttons, by checklist, by the contact form, and by typing at any point."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.steps import composer, say, see, tap, tick, ticked

pytestmark = pytest.mark.browser


def test_a_typed_message_is_sent_with_an_id_of_its_own(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "my knee hurts")
    see(chat, "You said: my knee hurts")
    assert clinic.taken[0].text == "my knee hurts"
    assert UUID(clinic.taken[0].id).version == 4


def test_shift_and_enter_starts_a_new_line(chat: Page, clinic: ScriptedConversations) -> None:
    composer(chat).press_sequentially("one")
    composer(chat).press("Shift+Enter")
    composer(chat).press_sequentially("two")
    composer(chat).press("Enter")
    see(chat, "You said: one")
    assert clinic.taken[0].text == "one\ntwo"


def test_spaces_alone_are_not_sent(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "   ")
    say(chat, "something")
    see(chat, "You said: something")
    assert len(clinic.taken) == 1


def test_markup_is_shown_as_the_patient_typed_it(chat: Page) -> None:
    say(chat, "<img src=x onerror=alert(1)> ouch")
    see(chat, "<img src=x onerror=alert(1)> ouch")
    assert chat.locator(".log img").count() == 0


def test_line_breaks_of_a_text_are_kept(chat: Page) -> None:
    say(chat, "lines")
    see(chat, "Second <b>paragraph</b>.")
    words = chat.locator(".bubble.clinic .words").last
    assert words.inner_text().split("\n") == ["First paragraph", "with a second line.", "", "Second <b>paragraph</b>."]


def test_words_of_patients_are_kept_apart_from_the_direction_of_the_page(chat: Page) -> None:
    say(chat, "مرحبا (ظهر) 5")
    words = chat.locator(".bubble.patient .words")
    expect(words).to_have_attribute("dir", "auto")
    expect(words).to_have_css("direction", "rtl")
    expect(words).to_have_css("unicode-bidi", re.compile("isolate|plaintext"))


def test_a_bubble_stays_the_same_when_its_words_have_arrived(chat: Page) -> None:
    composer(chat).fill("my knee hurts")
    chat.evaluate(
        """() => {
          const log = document.querySelector("[role=log]");
          window.removed = 0;
          new MutationObserver((changes) => { for (const one of changes) window.removed += one.removedNodes.length; })
            .observe(log, { childList: true });
        }"""
    )
    composer(chat).press("Enter")
    see(chat, "You said: my knee hurts")
    assert chat.evaluate("window.removed") == 0


def test_a_list_is_drawn_and_not_read_out_twice(chat: Page) -> None:
    say(chat, "back")
    see(chat, "Is any of this new or getting worse?")
    expect(chat.get_by_role("checkbox")).to_have_count(5)
    assert "1. Numb" not in chat.locator(".bubble.clinic").last.inner_text()


def test_a_checklist_sends_what_is_ticked_with_the_question_it_answers(
    chat: Page, clinic: ScriptedConversations
) -> None:
    say(chat, "back")
    tick(chat, "None of these")
    tap(chat, "Send answer")
    see(chat, "Who is this for")
    answered = clinic.taken[-1]
    assert answered.choices == ("none",)
    assert answered.in_reply_to == "r2"
    expect(chat.locator(".bubble.patient").last).to_contain_text("None of these")


def test_none_of_these_stands_alone(chat: Page) -> None:
    say(chat, "back")
    tick(chat, "A foot that drops, or a leg getting weaker", "Not sure")
    assert ticked(chat) == ["foot_drop", "unsure"]
    tick(chat, "None of these")
    assert ticked(chat) == ["none"]
    tick(chat, "Not sure")
    assert ticked(chat) == ["unsure"]


def test_an_empty_checklist_says_what_to_do(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "back")
    tap(chat, "Send answer")
    expect(chat.get_by_role("alert").filter(has_text="Tick what fits")).to_be_visible()
    assert len(clinic.taken) == 1


def test_a_single_choice_is_one_tap(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "who")
    tap(chat, "For me, 19 to 49")
    see(chat, "Your summary")
    assert clinic.taken[-1].choices == ("me_19_49",)
    expect(chat.get_by_role("button", name="For me, 19 to 49")).to_have_count(0)


def test_a_double_tap_answers_only_once(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "who")
    chat.get_by_role("button", name="For me, 50 to 64").dblclick(delay=30)
    expect(chat.locator(".bubble.clinic")).to_have_count(3)
    chat.wait_for_timeout(300)
    assert [said.choices for said in clinic.taken] == [(), ("me_50_64",)]


def test_a_question_may_be_answered_in_words(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "who")
    expect(chat.get_by_role("button", name="For me, 19 to 49")).to_be_visible()
    say(chat, "does it hurt?")
    see(chat, "You said: does it hurt?")
    expect(chat.get_by_role("button", name="For me, 19 to 49")).to_be_visible()
    assert clinic.taken[-1].choices == ()


def test_the_result_is_a_card_with_the_patients_words(chat: Page) -> None:
    say(chat, "result")
    card = chat.get_by_role("region", name="Your summary")
    expect(card).to_contain_text("3 of 7")
    expect(card.get_by_role("definition").first).to_have_text("“burning pain in my lower back”")
    expect(card.get_by_role("term")).to_have_count(5)
    expect(card).to_contain_text("A clear scan does not mean nothing is wrong.")


def test_an_emergency_is_an_alert_with_numbers_to_call(chat: Page) -> None:
    say(chat, "numb")
    alert = chat.get_by_role("alert").filter(has_text="nearest emergency department")
    expect(alert).to_be_visible()
    numbers = alert.get_by_role("link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert numbers == ["tel:911", "tel:811"]


def test_name_and_phone_are_sent_as_words(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "contact")
    chat.get_by_role("group").get_by_role("button", name="Send").click()
    expect(chat.get_by_text("Please fill in a phone number")).to_be_visible()
    chat.get_by_label("Name", exact=True).fill("Sam Lee")
    chat.get_by_label("Phone", exact=True).fill("604-555-0123")
    chat.get_by_role("group").get_by_role("button", name="Send").click()
    see(chat, "When would suit you?")
    assert clinic.taken[-1].text == "Sam Lee, 604-555-0123"


def test_the_browser_may_fill_in_the_contact(chat: Page) -> None:
    say(chat, "contact")
    fields = chat.locator(".contact input")
    expect(fields).to_have_count(3)
    assert fields.evaluate_all("fields => fields.map(field => field.autocomplete)") == ["name", "tel", "email"]


def test_a_text_that_is_too_long_is_not_sent_and_says_by_how_much(chat: Page, clinic: ScriptedConversations) -> None:
    composer(chat).fill("x" * 3_650)
    expect(chat.get_by_text("350 characters left")).to_be_visible()
    composer(chat).fill("😀" * 4_001)
    expect(chat.get_by_text("1 characters too many")).to_be_visible()
    composer(chat).press("Enter")
    assert clinic.attempts == []
    composer(chat).fill("😀" * 4_000)
    composer(chat).press("Enter")
    expect(chat.locator(".bubble.patient")).to_have_count(1)


def test_the_composer_grows_with_the_text(chat: Page) -> None:
    before = composer(chat).bounding_box()
    composer(chat).fill("one\ntwo\nthree\nfour")
    after = composer(chat).bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] + 40


def test_after_the_request_a_new_chat_may_be_started(chat: Page, clinic: ScriptedConversations) -> None:
    expect(chat.get_by_role("button", name="Start a new chat")).to_have_count(0)
    say(chat, "done")
    tap(chat, "Start a new chat")
    tap(chat, "Keep it")
    tap(chat, "Start a new chat")
    tap(chat, "Yes, clear it")
    expect(chat.locator(".bubble.patient")).to_have_count(0)
    see(chat, "What is bothering you?")
    assert clinic.opened == 2


def test_an_urgent_chat_may_be_taken_off_the_device(chat: Page) -> None:
    say(chat, "numb")
    tap(chat, "Clear this chat from this device")
    tap(chat, "Yes, clear it")
    see(chat, "What is bothering you?")
    assert "numb" not in chat.evaluate("JSON.stringify(sessionStorage)")


def test_the_chat_says_whose_it_is(chat: Page) -> None:
    expect(chat.get_by_role("heading", name="Demonstration clinic")).to_be_visible()
    expect(chat).to_have_title(re.compile("Demonstration clinic"))
    assert chat.locator("html").get_attribute("lang") == "en"


def test_a_long_conversation_scrolls_inside_the_chat_and_never_the_page(chat: Page) -> None:
    for number in range(8):
        say(chat, f"message {number}\n" + "more\n" * 6)
        see(chat, f"You said: message {number}")
    assert chat.evaluate("document.scrollingElement.scrollHeight <= window.innerHeight")
