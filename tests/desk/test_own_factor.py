"""The second factor from one's own account: another phone, and new recovery codes."""

from collections.abc import Callable

import httpx
import pytest

from tests.desk.authenticator import PASSWORD, Authenticator, enrol, recovery_codes
from tests.desk.browser import Browser, shown

Visit = Callable[..., Browser]
CODE = "/desk/sign-in/code"


def sign_in(browser: Browser) -> httpx.Response:
    """The answer to the right password."""
    return browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)


@pytest.fixture
def codes(ana: Browser, phone: Authenticator) -> tuple[str, ...]:
    """Ana has a second factor; her recovery codes."""
    return enrol(ana, phone)


@pytest.fixture
def half(codes: tuple[str, ...], visit: Visit) -> Browser:
    """Another browser in which Ana's password was right."""
    browser = visit()
    sign_in(browser)
    return browser


def test_another_phone_ends_other_sessions_and_the_old_codes(
    half: Browser, codes: tuple[str, ...], visit: Visit, phone: Authenticator
) -> None:
    half.submit(CODE, code=phone.next_code())
    other = visit()
    sign_in(other)
    other.submit(CODE, code=phone.next_code())
    old = Authenticator(phone.clock)
    old.secret = phone.secret
    new_codes = enrol(other, phone)
    assert half.open("/desk").status_code == 303
    assert other.open("/desk").status_code == 200
    third = visit()
    sign_in(third)
    assert third.submit(CODE, code=old.next_code()).status_code == 401
    assert third.submit(CODE, code=codes[0]).status_code == 401
    assert third.submit(CODE, code=new_codes[0]).status_code == 303


@pytest.mark.parametrize(("typed", "said"), [({"code": "000000"}, "not right"), ({"password": "wrong"}, "not right")])
def test_another_phone_needs_its_code_and_the_password(
    half: Browser, phone: Authenticator, typed: dict[str, str], said: str
) -> None:
    half.submit(CODE, code=phone.next_code())
    page = "/desk/account/second-factor"
    other = Authenticator(phone.clock)
    other.scan(half.open(page))
    answer = half.submit(page, **{"code": other.code(), "password": PASSWORD, **typed})
    assert answer.status_code == 400
    assert said in shown(answer.text)
    half.submit("/desk/sign-out", page="/desk")
    sign_in(half)
    assert half.submit(CODE, code=phone.next_code()).status_code == 303


def test_new_recovery_codes_replace_the_old(half: Browser, codes: tuple[str, ...], phone: Authenticator) -> None:
    half.submit(CODE, code=phone.next_code())
    page = "/desk/account"
    assert half.submit(f"{page}/recovery-codes", page=page, password="not this one").status_code == 400
    fresh = recovery_codes(half.submit(f"{page}/recovery-codes", page=page, password=PASSWORD))
    assert not set(fresh) & set(codes)
    assert "10 of 10 recovery codes left" in half.read(page)
    half.submit("/desk/sign-out", page="/desk")
    sign_in(half)
    assert half.submit(CODE, code=codes[0]).status_code == 401
    assert half.submit(CODE, code=fresh[0]).status_code == 303
