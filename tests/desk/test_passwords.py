"""Another password: from one's own account, or by a link that a manager makes."""

from collections.abc import Callable

import pytest

from bot.service.desk import DeskServices
from tests.desk.authenticator import PASSWORD, Authenticator, enrol
from tests.desk.browser import Browser, shown
from tests.desk.clock import TurnableClock
from tests.desk.test_invitation import LINK
from tests.desk.test_old_cookies import NEW, member

Visit = Callable[..., Browser]
ACCOUNT = "/desk/account"


def change(browser: Browser, **changes: str) -> str:
    """What the account page says after the form for another password was sent."""
    fields = {"password": PASSWORD, "new": NEW, "new_again": NEW, **changes}
    answer = browser.submit(f"{ACCOUNT}/password", page=ACCOUNT, **fields)
    return browser.read(answer.headers["location"]) if answer.status_code == 303 else shown(answer.text)


def link_for(browser: Browser, staff_id: str) -> str:
    """The address of the password link that the page shows."""
    page = f"/desk/team/{staff_id}"
    found = LINK.search(browser.submit(f"{page}/password-link", page=page).text)
    assert found
    return found.group(1)


def test_the_new_password_opens_and_the_old_does_not(ana: Browser, visit: Visit) -> None:
    assert "Your password is changed" in change(ana)
    for password, status in ((PASSWORD, 401), (NEW, 303)):
        answer = visit().submit("/desk/sign-in", email="ana@clinic.example", password=password)
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "not this one"}, "current password is not right"),
        ({"new": "short", "new_again": "short"}, "at least 12"),
        ({"new": "Password1234!", "new_again": "Password1234!"}, "first that are guessed"),
        ({"new_again": "another one entirely"}, "not the same"),
    ],
)
def test_what_stands_against_it_is_said(ana: Browser, visit: Visit, changes: dict[str, str], said: str) -> None:
    page = change(ana, **changes)
    assert said in page
    assert visit().submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD).status_code == 303


def test_a_link_sets_a_password_once_and_signs_out_everywhere(
    ana: Browser, work: Visit, visit: Visit, services: DeskServices
) -> None:
    bo = work("Bo")
    link, browser = link_for(ana, member(services, "bo").staff.id), visit()
    assert 'value="bo@clinic.example"' in browser.open(link).text
    answer = browser.submit(link, password=NEW, password_again=NEW)
    assert answer.headers["location"] == "/desk/sign-in?told=password_set"
    assert bo.open("/desk").status_code == 303
    assert browser.open(link).status_code == 410
    assert browser.submit("/desk/sign-in", email="bo@clinic.example", password=NEW).status_code == 303


def test_a_link_takes_no_second_factor_away(
    ana: Browser, work: Visit, visit: Visit, phone: Authenticator, services: DeskServices
) -> None:
    enrol(work("Bo"), phone)
    browser = visit()
    browser.submit(link_for(ana, member(services, "bo").staff.id), password=NEW, password_again=NEW)
    answer = browser.submit("/desk/sign-in", email="bo@clinic.example", password=NEW)
    assert answer.headers["location"] == "/desk/sign-in/code"


def test_a_link_ends_after_a_day_by_a_newer_one_and_with_the_account(
    ana: Browser, work: Visit, visit: Visit, clock: TurnableClock, services: DeskServices
) -> None:
    work("Bo")
    bo_id = member(services, "bo").staff.id
    older, newer = link_for(ana, bo_id), link_for(ana, bo_id)
    assert [visit().open(link).status_code for link in (older, newer)] == [410, 200]
    page = f"/desk/team/{bo_id}"
    ana.submit(f"{page}/disable", page=page)
    assert visit().open(newer).status_code == 410
    ana.submit(f"{page}/enable", page=page)
    assert visit().open(newer).status_code == 410
    last = link_for(ana, bo_id)
    clock.turn(hours=24)
    assert visit().open(last).status_code == 410


def test_a_weak_password_is_said_and_the_link_stays_good(
    ana: Browser, work: Visit, visit: Visit, services: DeskServices
) -> None:
    work("Bo")
    link, browser = link_for(ana, member(services, "bo").staff.id), visit()
    answer = browser.submit(link, password="short", password_again="short")
    assert answer.status_code == 400
    assert "at least 12" in shown(answer.text)
    assert browser.submit(link, password=NEW, password_again=NEW).status_code == 303


def test_passwords_are_written_down_as_changed_and_never_as_they_are(
    ana: Browser, work: Visit, services: DeskServices, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    work("Bo")
    before = len(audited())
    change(ana, password="not this one")
    change(ana)
    link = link_for(ana, member(services, "bo").staff.id)
    ana.submit(link, password=NEW, password_again=NEW)
    assert audited()[before:] == [
        ("staff.password_refused", None),
        ("staff.password_changed", None),
        ("staff.password_link_made", None),
        ("staff.password_set_by_link", None),
    ]
