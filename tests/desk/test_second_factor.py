"""The second factor: set up at the first sign-in, asked for at every other, each code good once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.service.desk import DeskServices
from bot.service.desk_sealing import Sealer
from bot.settings import Settings, demo
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.authenticator import PASSWORD, Authenticator, recovery_codes
from tests.desk.browser import Browser, shown
from tests.desk.clock import TurnableClock

Visit = Callable[..., Browser]
Hire = Callable[[str], None]
COOKIE = "__Host-needlepoint-desk"
CODE, SET_UP = "/desk/sign-in/code", "/desk/sign-in/second-factor"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A real clinic's settings, where the second factor is a must."""
    return replace(demo({"DATA_DIR": str(tmp_path)}), demo=False)


def sign_in(browser: Browser, name: str = "ana") -> httpx.Response:
    """The answer to the right password."""
    return browser.submit("/desk/sign-in", email=f"{name}@clinic.example", password=PASSWORD)


@pytest.fixture
def codes(hire: Hire, visit: Visit, phone: Authenticator) -> tuple[str, ...]:
    """Ana has an account with a second factor; her recovery codes."""
    hire("Ana")
    browser = visit()
    sign_in(browser)
    phone.scan(browser.open(SET_UP))
    return recovery_codes(browser.submit(SET_UP, code=phone.code()))


@pytest.fixture
def half(codes: tuple[str, ...], visit: Visit) -> Browser:
    """A browser in which Ana's password was right."""
    browser = visit()
    assert sign_in(browser).headers["location"] == CODE
    return browser


def test_the_first_sign_in_opens_nothing_but_the_setting_up(hire: Hire, visit: Visit) -> None:
    hire("Ana")
    browser = visit()
    assert sign_in(browser).headers["location"] == SET_UP
    for page in ("/desk", "/desk/account", "/desk/account/second-factor", "/desk/alive"):
        assert browser.open(page).headers["location"].startswith("/desk/sign-in")
    assert browser.open(CODE).headers["location"] == SET_UP
    assert browser.open(SET_UP).status_code == 200


def test_setting_it_up_gives_another_cookie_and_ten_codes_once(
    hire: Hire, visit: Visit, phone: Authenticator, services: DeskServices
) -> None:
    hire("Ana")
    browser = visit()
    sign_in(browser)
    before = browser.cookies[COOKIE]
    phone.scan(browser.open(SET_UP))
    assert len(set(recovery_codes(browser.submit(SET_UP, code=phone.code())))) == 10
    assert browser.cookies[COOKIE] != before
    assert browser.open("/desk").status_code == 200
    assert services.staff.factors.half(before) is None
    assert browser.open(SET_UP).headers["location"] == "/desk"


def test_a_wrong_first_code_sets_nothing_up(hire: Hire, visit: Visit, phone: Authenticator) -> None:
    hire("Ana")
    browser = visit()
    sign_in(browser)
    answer = browser.submit(SET_UP, code="000000")
    assert answer.status_code == 400
    assert "not right" in shown(answer.text)
    assert browser.open("/desk").status_code == 303


def test_the_picture_is_an_image_of_its_own_and_shows_what_the_key_says(
    hire: Hire, visit: Visit, phone: Authenticator
) -> None:
    hire("Ana")
    browser = visit()
    sign_in(browser)
    page = browser.open(SET_UP)
    assert f'src="{SET_UP}/qr.svg"' in page.text
    assert "img-src 'self'" in page.headers["content-security-policy"]
    image = browser.open(f"{SET_UP}/qr.svg").headers
    assert (image["content-type"], image["cache-control"]) == ("image/svg+xml", "no-store")
    phone.scan(page)
    first = phone.secret
    phone.scan(browser.open(SET_UP))
    assert phone.secret == first
    sign_in(browser)
    phone.scan(browser.open(SET_UP))
    assert phone.secret != first


def test_a_half_signed_in_browser_opens_nothing_but_the_code_page(half: Browser) -> None:
    for page in ("/desk", "/desk/account", "/desk/team", f"{SET_UP}/qr.svg", "/desk/account/second-factor/qr.svg"):
        assert half.open(page).headers["location"].startswith("/desk/sign-in")
    assert half.open(SET_UP).headers["location"] == CODE
    assert "Enter your code" in half.read(CODE)


def test_a_half_signed_in_browser_sets_no_other_factor_up(
    half: Browser, phone: Authenticator, services: DeskServices
) -> None:
    found = services.staff.factors.half(half.cookies[COOKIE])
    assert found is not None
    offer = services.staff.factors.offered(found.staff, session=found.digest)
    thief = Authenticator(phone.clock)
    thief.secret = offer.secret
    assert half.submit(SET_UP, page=CODE, code=thief.code()).headers["location"] == CODE
    assert half.open("/desk").status_code == 303


def test_the_right_code_opens_the_desk_with_another_cookie(half: Browser, phone: Authenticator) -> None:
    before = half.cookies[COOKIE]
    answer = half.submit(CODE, code=phone.next_code())
    assert answer.headers["location"] == "/desk"
    assert half.cookies[COOKIE] != before
    assert half.open("/desk").status_code == 200


def test_a_half_sign_in_waits_a_quarter_of_an_hour(half: Browser, phone: Authenticator, clock: TurnableClock) -> None:
    clock.turn(minutes=14, seconds=59)
    assert half.open(CODE).status_code == 200
    clock.turn(seconds=1)
    assert half.open(CODE).headers["location"] == "/desk/sign-in"


def test_a_code_is_good_once(half: Browser, visit: Visit, phone: Authenticator) -> None:
    code = phone.next_code()
    other = visit()
    sign_in(other)
    assert half.submit(CODE, code=code).status_code == 303
    answer = other.submit(CODE, code=code)
    assert answer.status_code == 401
    assert "used already" in shown(answer.text)


def test_the_code_that_set_it_up_signs_nobody_in(half: Browser, phone: Authenticator) -> None:
    assert half.submit(CODE, code=phone.code()).status_code == 401


def test_a_code_older_than_a_used_one_is_refused(half: Browser, visit: Visit, phone: Authenticator) -> None:
    phone.clock.turn(minutes=2)
    earlier = phone.code(steps_off=-1)
    assert half.submit(CODE, code=phone.code()).status_code == 303
    other = visit()
    sign_in(other)
    assert other.submit(CODE, code=earlier).status_code == 401


@pytest.mark.parametrize(("steps_off", "status"), [(-2, 401), (-1, 303), (0, 303), (1, 303), (2, 401)])
def test_a_phones_clock_may_be_one_step_off(
    half: Browser, phone: Authenticator, clock: TurnableClock, steps_off: int, status: int
) -> None:
    clock.turn(minutes=5)
    assert half.submit(CODE, code=phone.code(steps_off=steps_off)).status_code == status


def test_a_code_may_be_typed_with_spaces(half: Browser, phone: Authenticator) -> None:
    code = phone.next_code()
    assert half.submit(CODE, code=f" {code[:3]} {code[3:]} ").status_code == 303


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "x" * 40, "0000-0000-0000-0000"])
def test_anything_else_is_refused(half: Browser, typed: str) -> None:
    assert half.submit(CODE, code=typed).status_code == 401


def test_a_recovery_code_is_good_once(codes: tuple[str, ...], visit: Visit) -> None:
    for typed, status in ((codes[3].upper().replace("-", " "), 303), (codes[3], 401), (codes[4], 303)):
        browser = visit()
        sign_in(browser)
        assert browser.submit(CODE, code=typed).status_code == status
    assert "8 of 10 recovery codes left" in browser.read("/desk/account")


def test_the_code_of_somebody_else_opens_nothing(
    codes: tuple[str, ...], hire: Hire, visit: Visit, phone: Authenticator
) -> None:
    hire("Bo")
    theirs = Authenticator(phone.clock)
    browser = visit()
    sign_in(browser, "bo")
    theirs.scan(browser.open(SET_UP))
    browser.submit(SET_UP, code=theirs.code())
    other = visit()
    sign_in(other, "bo")
    assert other.submit(CODE, code=phone.next_code()).status_code == 401
    assert other.submit(CODE, code=codes[0]).status_code == 401


def test_the_page_that_was_asked_for_comes_after_the_code(
    codes: tuple[str, ...], visit: Visit, phone: Authenticator
) -> None:
    browser = visit()
    fields = {"email": "ana@clinic.example", "password": PASSWORD, "next": "/desk?status=closed"}
    to_code = browser.submit("/desk/sign-in", **fields).headers["location"]
    assert 'value="/desk?status=closed"' in browser.open(to_code).text
    answer = browser.submit(CODE, code=phone.next_code(), next="/desk?status=closed")
    assert answer.headers["location"] == "/desk?status=closed"


def test_the_store_keeps_no_secret_and_no_code_in_clear(
    codes: tuple[str, ...], phone: Authenticator, database: Database
) -> None:
    with database.read() as connection:
        kept = connection.execute(select(tables.second_factors)).one()
        digests = connection.execute(select(tables.recovery_codes.c.digest)).scalars().all()
    assert phone.secret not in kept.secret
    assert len(digests) == 10
    assert not set(digests) & {code.replace("-", "") for code in codes} | set(digests) & set(codes)


def test_another_secret_key_refuses_codes_and_breaks_nothing(
    half: Browser, phone: Authenticator, services: DeskServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.staff.factors.sealer, "_cipher", Sealer("another secret key" * 2)._cipher)
    assert half.submit(CODE, code=phone.next_code()).status_code == 401


def test_what_happens_with_the_second_factor_is_written_down(
    half: Browser, phone: Authenticator, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    half.submit(CODE, code="000000")
    half.submit(CODE, code=phone.next_code())
    assert [action for action, _ in audited()][2:] == [
        "staff.password_accepted",
        "staff.factor_set",
        "staff.recovery_codes_made",
        "staff.signed_in",
        "staff.password_accepted",
        "staff.code_refused",
        "staff.signed_in",
    ]
