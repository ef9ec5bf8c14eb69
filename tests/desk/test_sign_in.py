"""Signing in, staying signed in, signing out."""

from collections.abc import Callable
from dataclasses import replace
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi import FastAPI

from bot.desk.router import desk_router
from bot.service.desk import DeskServices
from tests.desk.browser import Browser, shown
from tests.desk.conftest import PASSWORD, TurnableClock

Visit = Callable[..., Browser]
Hire = Callable[[str], None]


def try_in(browser: Browser, name: str, password: str) -> httpx.Response:
    """The answer to signing in as this name."""
    return browser.submit("/desk/sign-in", email=f"{name}@clinic.example", password=password)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visit: Visit, hire: Hire) -> None:
    hire("Ana")
    wrong, unknown = try_in(visit(), "ana", "not this one at all"), try_in(visit(), "zoe", PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    assert shown(wrong.text) == shown(unknown.text)


def test_an_account_takes_ten_failures_in_a_quarter_of_an_hour(visit: Visit, hire: Hire, clock: TurnableClock) -> None:
    hire("Ana")
    tries = [try_in(visit(f"10.0.1.{n}"), "ana", "wrong wrong wrong").status_code for n in range(12)]
    assert tries == [401] * 10 + [429] * 2
    assert try_in(visit(), "ana", PASSWORD).status_code == 429
    clock.turn(minutes=16)
    assert try_in(visit(), "ana", PASSWORD).status_code == 303


def test_an_address_takes_thirty_failures_whatever_the_account(visit: Visit, hire: Hire) -> None:
    hire("Ana")
    browser = visit("10.9.9.9")
    tries = [try_in(browser, f"somebody{n}", "wrong wrong wrong").status_code for n in range(31)]
    assert tries == [401] * 30 + [429]
    assert try_in(visit("10.9.9.8"), "ana", PASSWORD).status_code == 303


def test_a_throttled_account_stays_signed_in_where_it_is(ana: Browser, visit: Visit) -> None:
    for _ in range(11):
        try_in(visit("10.6.6.6"), "ana", "wrong wrong wrong")
    assert ana.open("/desk").status_code == 200


def test_success_forgets_the_failures_before_it(visit: Visit, hire: Hire) -> None:
    hire("Ana")
    for _ in range(3):
        browser = visit()
        assert [try_in(browser, "ana", "wrong wrong wrong").status_code for _ in range(9)] == [401] * 9
        assert try_in(browser, "ana", PASSWORD).status_code == 303


def test_guesses_made_at_once_are_counted_before_they_are_looked_at(services: DeskServices) -> None:
    limits = {"key": 3}
    admitted = [
        services.accounts.book.admit_attempt(
            f"{n}", limits=limits, now=services.clock.now(), since=services.clock.now()
        )
        for n in range(5)
    ]
    assert admitted == [True] * 3 + [False] * 2


def test_a_session_ends_after_a_quarter_of_an_hour_without_activity(ana: Browser, clock: TurnableClock) -> None:
    clock.turn(minutes=14)
    assert ana.open("/desk").status_code == 200
    clock.turn(minutes=14)
    assert ana.open("/desk/alive").status_code == 204
    clock.turn(minutes=15)
    assert ana.open("/desk").status_code == 303


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(ana: Browser, clock: TurnableClock) -> None:
    for _ in range(2):
        clock.turn(minutes=7)
        assert ana.open("/desk", **{"X-Desk-Quiet": "1"}).status_code == 200
    clock.turn(minutes=1)
    assert ana.open("/desk?quiet=1").headers["location"] == "/desk/sign-in"


def test_a_session_ends_after_twelve_hours_of_work(ana: Browser, clock: TurnableClock) -> None:
    for _ in range(12 * 6 - 1):
        clock.turn(minutes=10)
        assert ana.open("/desk").status_code == 200
    clock.turn(minutes=10)
    assert ana.open("/desk").status_code == 303


def test_signing_out_ends_the_session_in_the_store(ana: Browser, visit: Visit) -> None:
    token = ana.cookies["needlepoint-desk"]
    assert ana.submit("/desk/sign-out", page="/desk").headers["location"] == "/desk/sign-in?told=signed_out"
    thief = visit()
    thief.cookies.set("needlepoint-desk", token)
    assert thief.open("/desk").status_code == 303


def test_every_sign_in_has_a_token_of_its_own(visit: Visit, hire: Hire) -> None:
    hire("Ana")
    tokens = set()
    for _ in range(2):
        browser = visit()
        try_in(browser, "ana", PASSWORD)
        tokens.add(browser.cookies["needlepoint-desk"])
    assert len(tokens) == 2


def test_the_page_that_was_asked_for_comes_after_signing_in(visit: Visit, hire: Hire) -> None:
    hire("Ana")
    browser = visit()
    sent = browser.open("/desk?status=closed").headers["location"]
    assert 'value="/desk?status=closed"' in browser.open(sent).text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/desk/../x", "/desk\\@evil.example", "/desk//evil", "/chat"],
)
def test_no_other_place_comes_after_signing_in(visit: Visit, hire: Hire, elsewhere: str) -> None:
    hire("Ana")
    fields = {"email": "ana@clinic.example", "password": PASSWORD, "next": elsewhere}
    assert visit().submit("/desk/sign-in", **fields).headers["location"] == "/desk"


def test_a_link_on_another_site_is_asked_for_once_more_by_our_own_page(visit: Visit) -> None:
    answer = visit().open("/desk?status=new", **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert 'content="0; url=/desk?status=new"' in answer.text


@pytest.mark.parametrize("demo", [True, False])
def test_cookies_are_closed_to_scripts_and_other_sites_and_secure_outside_the_demonstration(
    services: DeskServices, hire: Hire, demo: bool
) -> None:
    hire("Ana")
    app = FastAPI()
    app.include_router(desk_router(replace(services, clinic=replace(services.clinic, demo=demo))))
    browser = Browser(app, base_url="https://testserver")
    cookies = SimpleCookie(try_in(browser, "ana", PASSWORD).headers["set-cookie"])
    browser.close()
    name, cookie = next(iter(cookies.items()))
    assert name == ("needlepoint-desk" if demo else "__Host-needlepoint-desk")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
    assert bool(cookie["secure"]) is not demo
    assert not cookie["max-age"]
    assert not cookie["expires"]


def test_what_happens_at_the_door_is_written_down(
    visit: Visit, hire: Hire, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    hire("Ana")
    browser = visit()
    try_in(browser, "ana", "wrong wrong wrong")
    try_in(browser, "ana", PASSWORD)
    browser.submit("/desk/sign-out", page="/desk")
    assert audited() == [
        ("setup_link.created", None),
        ("staff.set_up", None),
        ("staff.sign_in_refused", None),
        ("staff.signed_in", None),
        ("inbox.read", None),
        ("staff.signed_out", None),
    ]
