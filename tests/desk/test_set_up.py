"""The one-time set-up link."""

from collections.abc import Callable

import pytest

from bot.service.desk import DeskServices
from tests.desk.browser import Browser, shown
from tests.desk.conftest import PASSWORD, TurnableClock

Visit = Callable[..., Browser]
ANA = {"name": "Ana", "email": "Ana@Clinic.example ", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def link(services: DeskServices) -> str:
    """The address of a fresh link."""
    return f"/desk/setup/{services.accounts.create_setup_link()}"


def test_a_link_makes_one_account_and_then_opens_nothing(visit: Visit, link: str, services: DeskServices) -> None:
    assert not services.accounts.has_staff()
    browser = visit()
    assert browser.submit(link, **ANA).headers["location"] == "/desk/sign-in?told=set_up"
    assert services.accounts.has_staff()
    assert browser.open(link).status_code == 410
    other = {**ANA, "email": "bo@clinic.example", "form_token": browser.form_token("/desk/sign-in")}
    assert browser.send(link, other).status_code == 410
    assert services.accounts.book.credentials("bo@clinic.example") is None


def test_the_new_account_signs_in(visit: Visit, link: str) -> None:
    browser = visit()
    browser.submit(link, **ANA)
    assert browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD).status_code == 303
    assert "Nobody is waiting" in browser.read("/desk")


def test_a_link_that_was_never_made_opens_nothing(visit: Visit) -> None:
    answer = visit().open("/desk/setup/made-up")
    assert answer.status_code == 410
    assert "no longer valid" in shown(answer.text)


def test_a_link_ends_after_a_day(visit: Visit, link: str, clock: TurnableClock) -> None:
    clock.turn(hours=23, minutes=59)
    assert visit().open(link).status_code == 200
    clock.turn(minutes=1)
    assert visit().open(link).status_code == 410


def test_a_newer_link_closes_the_older_one(visit: Visit, link: str, services: DeskServices) -> None:
    services.accounts.create_setup_link()
    assert visit().open(link).status_code == 410


def test_the_store_keeps_neither_the_link_nor_the_password(visit: Visit, link: str, services: DeskServices) -> None:
    visit().submit(link, **ANA)
    known = services.accounts.book.credentials("ana@clinic.example")
    assert known is not None
    assert known[1].startswith("$argon2id$")
    assert PASSWORD not in known[1]
    assert not services.accounts.book.link_is_open(link.rpartition("/")[2], now=services.clock.now())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "  "}, "Enter your name"),
        ({"email": "ana"}, "Enter an e-mail address"),
        ({"password": "short", "password_again": "short"}, "at least 12 characters"),
        ({"password": "x" * 201}, "at most 200"),
        ({"password": "Password1234!", "password_again": "Password1234!"}, "first that are guessed"),
        ({"password": "aaaaaaaaaaaaaaaa"}, "first that are guessed"),
        ({"name": "Anastasia", "password": "Anastasia2026"}, "close to your name"),
        ({"password_again": "another one entirely"}, "not the same"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_good(
    visit: Visit, link: str, changed: dict[str, str], said: str
) -> None:
    browser = visit()
    answer = browser.submit(link, **{**ANA, **changed})
    assert answer.status_code == 400
    assert said in shown(answer.text)
    assert PASSWORD not in answer.text
    assert browser.submit(link, **ANA).status_code == 303


def test_an_address_that_has_an_account_is_refused(
    visit: Visit, hire: Callable[[str], None], services: DeskServices
) -> None:
    hire("Ana")
    answer = visit().submit(f"/desk/setup/{services.accounts.create_setup_link()}", **ANA)
    assert "account with this e-mail" in shown(answer.text)


def test_where_nobody_has_an_account_the_sign_in_page_says_how_to_begin(visit: Visit) -> None:
    assert "needlepoint setup-link" in visit().read("/desk/sign-in")
