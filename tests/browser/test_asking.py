"""Questions: why they are asked, how far they are, what was understood, the body that can be tapped, and the box."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.steps import say, see, tap, tick, ticked

pytestmark = pytest.mark.browser


def area(chat: Page, name: str) -> Locator:
    """A part of the body on the map."""
    return chat.get_by_role("group", name="Body map").get_by_role("checkbox", name=name, exact=True)


def test_why_is_told_only_when_asked_for(chat: Page) -> None:
    say(chat, "understood")
    why = chat.get_by_role("button", name="Why do you ask?")
    expect(chat.get_by_text("These signs can’t wait.")).to_be_hidden()
    why.click()
    expect(chat.get_by_text("These signs can’t wait.")).to_be_visible()
    expect(why).to_have_attribute("aria-expanded", "true")
    why.click()
    expect(chat.get_by_text("These signs can’t wait.")).to_be_hidden()


def test_progress_is_seen_in_a_bar_and_read_once_with_the_question(chat: Page) -> None:
    expect(chat.locator(".progress")).to_be_hidden()
    say(chat, "understood")
    expect(chat.locator(".progress")).to_have_text("Question 2 of about 5")
    expect(chat.locator(".progress")).to_have_attribute("aria-hidden", "true")
    expect(chat.get_by_role("log").get_by_text("Question 2 of about 5.")).to_have_count(1)
    assert chat.locator(".track i").evaluate("bar => bar.offsetWidth / bar.parentElement.offsetWidth") == pytest.approx(
        0.4, abs=0.02
    )
    say(chat, "result")
    see(chat, "Your summary")
    expect(chat.locator(".progress")).to_be_hidden()


def test_what_was_understood_is_corrected_by_a_tap_with_the_reply_it_is_about(
    chat: Page, clinic: ScriptedConversations
) -> None:
    say(chat, "understood")
    row = chat.get_by_role("group", name="Not right?")
    expect(row.get_by_role("button")).to_have_text(["Lower back and left foot", "Pain", "About 6 months"])
    row.get_by_role("button", name="Lower back and left foot").click()
    see(chat, "Where is it, then?")
    assert (clinic.taken[-1].choices, clinic.taken[-1].in_reply_to) == (("fix.place",), "r2")
    expect(chat.get_by_role("group", name="Where is it, then?")).to_be_focused()
    expect(chat.locator(".bubble.patient").last).to_contain_text("Not right: Lower back and left foot")


def test_more_with_sources_is_offered_once_and_goes_away_when_the_talk_goes_on(
    chat: Page, clinic: ScriptedConversations
) -> None:
    say(chat, "faq and back")
    tap(chat, "Tell me more, with sources")
    see(chat, "Source: Brady 2014.")
    assert clinic.taken[-1].choices == ("control.more",)
    expect(chat.get_by_role("button", name="Tell me more, with sources")).to_have_count(0)
    expect(chat.get_by_role("button", name="Much the same")).to_be_visible()


def test_the_map_and_the_list_are_the_same_boxes(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "where")
    area(chat, "Lower back").click()
    assert ticked(chat) == ["where_lower_back"]
    tick(chat, "Neck")
    expect(area(chat, "Neck")).to_have_attribute("aria-checked", "true")
    area(chat, "Lower back").click()
    assert ticked(chat) == ["where_neck"]
    area(chat, "Lower back").click()
    tap(chat, "Send answer")
    see(chat, "Is it the same for months")
    assert clinic.taken[-1].choices == ("where_neck", "where_lower_back")


def test_the_list_has_every_part_that_the_map_has(chat: Page) -> None:
    say(chat, "where")
    see(chat, "Where does it hurt")
    areas = chat.locator(".area").evaluate_all("areas => areas.map(area => area.getAttribute('aria-label'))")
    listed = chat.locator(".tick").all_inner_texts()
    assert len(areas) == 11
    assert set(areas) < set(listed)


def test_the_map_is_one_stop_of_the_tab_key_and_the_arrows_lead_over_it(chat: Page) -> None:
    say(chat, "where")
    see(chat, "Where does it hurt")
    area(chat, "Head").focus()
    for _ in range(2):
        chat.keyboard.press("ArrowDown")
    expect(area(chat, "Neck")).to_be_focused()
    chat.keyboard.press("Space")
    expect(area(chat, "Neck")).to_have_attribute("aria-checked", "true")
    drawn = area(chat, "Neck").locator("path").first
    expect(drawn).to_have_css("stroke-width", "3.5px")
    chat.keyboard.press("Tab")
    expect(chat.locator(".ticks").get_by_label("Head", exact=True)).to_be_focused()
    chat.keyboard.press("Shift+Tab")
    expect(area(chat, "Neck")).to_be_focused()


def test_the_box_sends_ticks_alone_as_choices(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "box")
    tick(chat, "A scan that was clear")
    tap(chat, "Send answer")
    see(chat, "Your summary")
    assert clinic.taken[-1].choices == ("scan_normal",)
    assert clinic.taken[-1].in_reply_to == "r2"


def test_the_box_sends_a_number_and_words_as_one_text(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "box")
    tick(chat, "A scan that was clear", "It stops me sleeping")
    chat.get_by_role("radio", name="7", exact=True).check()
    chat.get_by_label("Anything to add?").fill("worse in the evening")
    tap(chat, "Send answer")
    see(chat, "Your summary")
    assert clinic.taken[-1].text == "A scan that was clear\nIt stops me sleeping\n7/10\nworse in the evening"


def test_the_scale_goes_by_arrow_keys_and_names_its_ends(chat: Page) -> None:
    say(chat, "box")
    scale = chat.get_by_role("group", name="How bad is it, from 0 to 10?")
    expect(scale.get_by_role("radio")).to_have_count(11)
    scale.get_by_role("radio", name="0, no pain").focus()
    for _ in range(10):
        chat.keyboard.press("ArrowRight")
    expect(scale.get_by_role("radio", name="10, worst pain")).to_be_checked()


def test_the_box_may_be_skipped_but_not_sent_empty(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "box")
    tap(chat, "Send answer")
    expect(chat.get_by_role("alert").filter(has_text=re.compile("Tick what fits, pick a number"))).to_be_visible()
    tap(chat, "Skip this")
    see(chat, "Your summary")
    assert clinic.taken[-1].choices == ("skip",)
