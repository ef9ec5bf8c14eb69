"""Accounts in a real browser: set up, second factor, sign in, invite, join; usable by everyone in both sizes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from bot.service.desk import DeskServices
from tests.browser.conftest import DESKTOP, PATIENCE, PHONE
from tests.browser.desk_clinic import serving_desk

pytestmark = pytest.mark.browser
PASSWORD = "seven quiet otters"
WINDOWS: dict[str, ViewportSize] = {"desktop": DESKTOP, "phone": PHONE}
OpenDesk = Callable[..., Page]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[DeskServices, str]]:
    """A desk that nobody has an account at yet."""
    with serving_desk(tmp_path) as serving:
        yield serving


@pytest.fixture
def open_desk(browser: Browser, desk: tuple[DeskServices, str]) -> Iterator[OpenDesk]:
    """Opens an address of the desk in a browser of its own; fails when a script failed or the policy was broken."""
    opened: list[BrowserContext] = []
    troubles: list[str] = []

    def open_desk(path: str, viewport: ViewportSize = DESKTOP) -> Page:
        opened.append(browser.new_context(viewport=viewport))
        page = opened[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(desk[1] + path)
        return page

    yield open_desk
    for context in opened:
        context.close()
    assert troubles == []


def press(page: Page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, email: str) -> None:
    """Fill in the sign-in page and send it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def take_key(page: Page) -> pyotp.TOTP:
    """The authenticator app after it was given the key of the page, whose picture is there."""
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("The picture cannot be scanned").click()
    return pyotp.TOTP(page.locator(".key").inner_text().replace(" ", ""))


def is_sound(page: Page) -> None:
    """Axe finds nothing, and nothing stands out sideways."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def make_first_account(page: Page) -> None:
    """Fill in the page of the set-up link."""
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("E-mail").fill("ana@clinic.example")
    page.get_by_label("Password, at least").fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    press(page, "Make the account")
    page.get_by_text("Your account is ready").wait_for()


def set_up_factor(page: Page) -> tuple[pyotp.TOTP, list[str]]:
    """The app, and the recovery codes that are shown this once."""
    app = take_key(page)
    page.get_by_label("Code of six digits").fill(app.now())
    press(page, "Go on")
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    return app, page.locator(".recovery-codes code").all_inner_texts()


def join(page: Page, email: str) -> None:
    """Make the account of an invitation, and sign in with it for the first time."""
    page.get_by_label("New password, at least").fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    press(page, "Make the account")
    sign_in(page, email)
    set_up_factor(page)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("Nobody is waiting").wait_for()


@pytest.mark.parametrize("window", WINDOWS)
def test_set_up_second_factor_and_sign_in(desk: tuple[DeskServices, str], open_desk: OpenDesk, window: str) -> None:
    page = open_desk(f"/desk/setup/{desk[0].accounts.create_setup_link()}", WINDOWS[window])
    is_sound(page)
    make_first_account(page)
    is_sound(page)
    sign_in(page, "ana@clinic.example")
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    is_sound(page)
    _, codes = set_up_factor(page)
    assert len(codes) == 10
    is_sound(page)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("Nobody is waiting").wait_for()
    press(page, "Sign out")
    sign_in(page, "ana@clinic.example")
    page.get_by_label("Code from your authenticator app").fill("000000")
    press(page, "Go on")
    expect(page.get_by_role("alert")).to_contain_text("not right")
    is_sound(page)
    page.get_by_label("Code from your authenticator app").fill(codes[0])
    press(page, "Go on")
    page.get_by_text("Nobody is waiting").wait_for()
    for path in ("account", "account/second-factor", "team"):
        page.goto(f"{desk[1]}/desk/{path}")
        is_sound(page)
    assert {cookie["name"] for cookie in page.context.cookies()} == {
        "__Host-needlepoint-desk",
        "__Host-needlepoint-visitor",
    }


def test_a_manager_invites_a_colleague_who_joins_and_is_signed_out_when_disabled(
    desk: tuple[DeskServices, str], open_desk: OpenDesk
) -> None:
    ana = open_desk(f"/desk/setup/{desk[0].accounts.create_setup_link()}")
    make_first_account(ana)
    sign_in(ana, "ana@clinic.example")
    set_up_factor(ana)
    ana.goto(f"{desk[1]}/desk/team")
    ana.get_by_label("Name").fill("Cai")
    ana.get_by_label("E-mail").fill("cai@clinic.example")
    press(ana, "Make the link")
    is_sound(ana)
    link = ana.get_by_label("Link").input_value()
    cai = open_desk(link.removeprefix(desk[1]), PHONE)
    is_sound(cai)
    join(cai, "cai@clinic.example")
    ana.goto(f"{desk[1]}/desk/team")
    ana.get_by_role("link", name="Cai", exact=True).click()
    is_sound(ana)
    press(ana, "Disable the account")
    expect(ana.get_by_role("status")).to_contain_text("signed out everywhere")
    cai.reload()
    expect(cai).to_have_url(re.compile(r"/desk/sign-in$"))
