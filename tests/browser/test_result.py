"""After the result: printed, saved, copied, shown and mailed; and the three ways to book."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.conftest import OpenPage
from tests.browser.doors import SUMMARY_TEXT
from tests.browser.script_parts import message
from tests.browser.steps import say, see, tap

pytestmark = pytest.mark.browser


@pytest.fixture
def result(chat: Page) -> Page:
    """The chat with a result on the screen."""
    say(chat, "result")
    see(chat, "Your summary")
    return chat


def told(chat: Page, text: str) -> None:
    """The card says this to everyone."""
    expect(chat.locator(".actions").get_by_role("status")).to_contain_text(text)


def test_the_summary_is_saved_as_a_file(result: Page, tmp_path: Path) -> None:
    with result.expect_download() as download:
        tap(result, "Save as PDF")
    assert download.value.suggested_filename == "summary.pdf"
    download.value.save_as(tmp_path / "summary.pdf")
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")


def test_the_summary_is_copied_as_text(result: Page) -> None:
    result.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tap(result, "Copy as text")
    told(result, "Copied.")
    assert result.evaluate("navigator.clipboard.readText()") == SUMMARY_TEXT


def test_where_copying_is_forbidden_the_text_is_there_to_copy_by_hand(result: Page) -> None:
    result.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    tap(result, "Copy as text")
    told(result, "copy the text by hand")
    expect(result.get_by_role("textbox", name="Please copy the text by hand.")).to_have_value(SUMMARY_TEXT)


def test_the_page_for_the_physiotherapist_opens_and_its_link_stays(result: Page) -> None:
    with result.expect_popup() as opened:
        tap(result, "Show this to your physiotherapist")
    opened.value.get_by_text("Summary for your physiotherapist").wait_for()
    link = result.get_by_role("link", name="Open the summary")
    expect(link).to_have_attribute("href", result.url.replace("/chat", "/summary/abc"))
    expect(result.get_by_text("The link works for 7 days.")).to_be_visible()


def test_the_link_is_mailed_and_a_wrong_address_is_told_kindly(result: Page, clinic: ScriptedConversations) -> None:
    tap(result, "Send me the link by e-mail")
    field = result.get_by_label("Your e-mail address")
    expect(field).to_be_focused()
    result.keyboard.press("Enter")
    told(result, "Please check the e-mail address.")
    field.fill("nobody")
    result.keyboard.press("Enter")
    told(result, "Please check the e-mail address.")
    field.fill("sam@clinic.example")
    result.keyboard.press("Enter")
    told(result, "on its way")
    assert clinic.doors.mailed == ["sam@clinic.example"]
    expect(result.get_by_role("button", name="Send me the link by e-mail")).to_be_focused()


def test_a_clinic_that_sends_no_mail_is_not_asked_again(result: Page, clinic: ScriptedConversations) -> None:
    clinic.doors.refuses["mail"] = 503
    tap(result, "Send me the link by e-mail")
    result.get_by_label("Your e-mail address").fill("sam@clinic.example")
    result.keyboard.press("Enter")
    told(result, "This clinic sends no e-mail.")
    expect(result.get_by_role("button", name="Send me the link by e-mail")).to_be_hidden()


def test_a_clinic_that_can_not_store_the_mail_just_now_is_asked_again(
    result: Page, clinic: ScriptedConversations
) -> None:
    result.route(
        "**/api/chat/summary/mail", lambda route: route.fulfill(status=503, headers={"Retry-After": "5"}, body="{}")
    )
    tap(result, "Send me the link by e-mail")
    result.get_by_label("Your e-mail address").fill("sam@clinic.example")
    result.keyboard.press("Enter")
    told(result, "can’t reach the clinic just now")
    expect(result.get_by_role("button", name="Send me the link by e-mail")).to_be_visible()


@pytest.mark.parametrize(("status", "words"), [(409, "did not work"), (429, "Too many tries"), (500, "did not work")])
def test_what_does_not_work_is_told(result: Page, clinic: ScriptedConversations, status: int, words: str) -> None:
    clinic.doors.refuses.update(summary=status, link=status)
    for name in ("Save as PDF", "Copy as text", "Show this to your physiotherapist"):
        tap(result, name)
        told(result, words)


def test_only_the_result_is_printed(result: Page) -> None:
    result.evaluate("() => { window.print = () => {}; }")
    tap(result, "Print")
    result.emulate_media(media="print")
    expect(result.locator(".bubble.result")).to_be_visible()
    expect(result.locator(".bubble.clinic").first).to_be_hidden()
    expect(result.locator(".actions")).to_be_hidden()
    result.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(result.locator(".bubble.clinic").first).to_be_visible()


def test_free_times_are_buttons_by_day_and_one_tap_takes_one(chat: Page, clinic: ScriptedConversations) -> None:
    say(chat, "free")
    day = chat.get_by_role("group", name="Tue, Dec 1", exact=True)
    expect(day.get_by_role("button")).to_have_count(3)
    expect(chat.get_by_role("button", name="Later times")).to_be_visible()
    day.get_by_role("button", name="Tue, Dec 1, 9:00 am with Amy Lee", exact=True).click()
    see(chat, "Your visit is booked.")
    assert clinic.taken[-1].choices == ("slot.1",)


def test_a_visit_is_a_card_with_its_calendar_file_and_its_page(chat: Page, address: str) -> None:
    say(chat, "booked")
    card = chat.locator(".visit")
    expect(card).to_contain_text("Tue, Dec 1, 9:00 am with Amy Lee")
    links = {name: card.get_by_role("link", name=name) for name in ("Add to my calendar", "Change or cancel")}
    assert links["Add to my calendar"].get_attribute("href") == f"{address}/appointment/abc.ics"
    assert links["Change or cancel"].get_attribute("href") == f"{address}/appointment/abc"


def test_the_clinics_own_page_is_a_link_with_the_summary_to_paste(chat: Page) -> None:
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    say(chat, "link")
    link = chat.get_by_role("link", name="Open the booking page")
    expect(link).to_have_attribute("href", "https://book.example/visit")
    expect(link).to_have_attribute("rel", "noopener")
    tap(chat, "Copy my summary")
    expect(chat.locator(".aside").get_by_role("status")).to_have_text("Copied.")
    assert chat.evaluate("navigator.clipboard.readText()") == "Lower back, 6 months.\n3 of 7."


def test_an_address_that_is_a_script_is_never_a_link(open_page: OpenPage) -> None:
    chat = open_page()
    see(chat, "What is bothering you?")
    bad = {"link": {"url": "javascript:alert(1)", "label": "Open", "copy": ""}}
    told = {"replies": [{"id": "x", **message("Here"), "data": bad}]}
    chat.route("**/api/chat/messages", lambda route: route.fulfill(json=told))
    say(chat, "link")
    see(chat, "Here")
    assert chat.locator(".aside a").evaluate("link => link.hasAttribute('href')") is False


def test_nothing_is_asked_of_anyone_else(open_page: OpenPage, address: str) -> None:
    chat = open_page()
    asked: list[str] = []
    chat.on("request", lambda request: asked.append(request.url))
    for text, shown in {"where": "Where does it hurt", "free": "These times", "result": "3 of 7"}.items():
        say(chat, text)
        see(chat, shown)
    tap(chat, "Copy as text")
    assert len(asked) >= 4
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
