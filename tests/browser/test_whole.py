"""The whole path with both real processes: a patient on the clinic's page, and the desk that finds the request."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import DESKTOP, PATIENCE
from tests.browser.steps import say, see, tap, tick
from tests.end_to_end.pair import ROOT, Pair

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COMPLAINT = (
    "I have had a burning pain in my lower back for six months, the muscles are tight, my left foot feels cold, "
    "MRI was clear, no swelling"
)
PATIENT, PHONE, SHOWN_PHONE = "Robin Hale", "604-555-0142", re.compile(r"604.555.0142")
PASSWORD = "quiet lantern over seven hills"
MOST_QUESTIONS = 8


@pytest.fixture(scope="module")
def pair(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both processes, as `make run` starts them."""
    if not (ROOT / ".venv-rasa/bin/python").exists() or not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("needs `make setup`: no rasa environment or no trained model")
    pair = Pair(tmp_path_factory.mktemp("whole"), RASA_TIMEOUT="30")
    try:
        pair.wait_ready()
        yield pair
    finally:
        pair.stop()


@pytest.mark.timeout(300)
def test_a_patient_is_screened_in_the_browser_and_found_at_the_desk(pair: Pair, browser: Browser) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    try:
        chat = open_chat(page, pair)
        say(chat, COMPLAINT)
        see(chat, "Is any of this new or getting worse?")
        answer_by_taps(chat)
        see_result(chat)
        book(chat)
        find_at_the_desk(page, pair)
    finally:
        expect.set_options(timeout=PATIENCE)
        page.context.close()


def open_chat(page: Page, pair: Pair) -> FrameLocator:
    """The chat, opened from the clinic's page."""
    page.goto(pair.url)
    page.get_by_role("button", name="Chat with us").click()
    chat = page.frame_locator("iframe")
    see(chat, "emergency")
    return chat


def answer_by_taps(chat: FrameLocator) -> None:
    """Nothing fits on any list, and the first choice where there is one, until the result."""
    for _ in range(MOST_QUESTIONS):
        bubbles = chat.locator(".bubble").count()
        if chat.locator(".skip").count():
            chat.locator(".skip").click()
        elif chat.locator(".checklist").count():
            none = chat.locator(".checklist input[value=none], .checklist input[value=skip]")
            none.first.check()
            tap(chat, "Send answer")
        else:
            chat.locator(".choices button").first.click()
        expect(chat.locator(".answers:not([hidden])")).to_be_visible()
        expect(chat.locator(".bubble").nth(bubbles + 1)).to_be_visible()
        if chat.locator(".bubble.result").count():
            return
    raise AssertionError(f"no result after {MOST_QUESTIONS} questions")


def see_result(chat: FrameLocator) -> None:
    """The count, the patient's own words and the line for a clear scan."""
    result = chat.get_by_role("region", name="Your summary")
    expect(result).to_contain_text("burning pain")
    expect(result).to_contain_text(re.compile(r"3 of 7"))
    expect(result).to_contain_text("A clear scan does not mean nothing is wrong")


def book(chat: FrameLocator) -> None:
    """Ask for a visit, with name and phone, and answer what is still asked."""
    tap(chat, "Book a visit")
    chat.get_by_label("Name", exact=True).fill(PATIENT)
    chat.get_by_label("Phone", exact=True).fill(PHONE)
    chat.get_by_role("group").get_by_role("button", name="Send").click()
    see(chat, "When would suit you?")
    tick(chat, "Mornings")
    tap(chat, "Send answer")
    tap(chat, "Yes, you may leave a message")
    tap(chat, "I pay myself")
    tick(chat, "None of these")
    tap(chat, "Send answer")
    see(chat, "Your request is with our front desk")


def find_at_the_desk(page: Page, pair: Pair) -> None:
    """Make the first account with the link that was printed, sign in, and open the inquiry."""
    printed = next(line for line in pair.printed if "First staff account" in line)
    link = re.search(r"/desk/\S+", printed)
    assert link
    page.goto(pair.url + link[0])
    page.locator("[name=name]").fill("Ana at the desk")
    page.locator("[name=email]").fill("ana@clinic.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password_again]").fill(PASSWORD)
    page.locator("form [type=submit]").last.click()
    page.locator("[name=email]").fill("ana@clinic.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form [type=submit]").last.click()
    page.get_by_role("link", name=PATIENT).click()
    expect(page.locator("main")).to_contain_text(SHOWN_PHONE)
    expect(page.locator("main")).to_contain_text("burning pain")
