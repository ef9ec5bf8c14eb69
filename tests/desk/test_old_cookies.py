"""S5: after each event that ends a session, its old cookie opens nothing at the very next request."""

from collections.abc import Callable

import pytest

from bot.service.desk import DeskServices
from bot.service.desk_account_records import Member
from bot.service.desk_tokens import digest
from tests.desk.authenticator import PASSWORD, Authenticator, enrol
from tests.desk.browser import Browser
from tests.desk.clock import TurnableClock

Work = Callable[[str], Browser]
NEW = "nine loud herons sing"


def member(services: DeskServices, name: str) -> Member:
    """The account of this name."""
    found = services.staff.team.member_by_email(f"{name}@clinic.example")
    assert found is not None
    return found


Event = Callable[[Browser, Browser, str], None]


def act(what: str, **fields: str) -> Event:
    """A manager sends this form of the team page about Bo."""

    def event(ana: Browser, bo: Browser, bo_id: str) -> None:
        page = f"/desk/team/{bo_id}"
        assert ana.submit(f"{page}/{what}", page=page, **fields).status_code == 303

    return event


def signing_out(ana: Browser, bo: Browser, bo_id: str) -> None:
    """Bo signs out."""
    bo.submit("/desk/sign-out", page="/desk")


EVENTS: dict[str, Event] = {
    "sign-out": signing_out,
    "another role": act("role", role="reception", was="manager"),
    "disabled": act("disable"),
    "second factor reset": act("second-factor/reset"),
    "sessions ended": act("sessions/end"),
}


@pytest.mark.parametrize("event", EVENTS)
def test_an_old_cookie_opens_nothing_after(
    event: str, ana: Browser, work: Work, visit: Callable[..., Browser], phone: Authenticator, services: DeskServices
) -> None:
    bo = work("Bo")
    enrol(bo, phone)
    kept = bo.cookies["needlepoint-desk"]
    assert bo.open("/desk").status_code == 200
    EVENTS[event](ana, bo, member(services, "bo").staff.id)
    thief = visit()
    thief.cookies.set("needlepoint-desk", kept)
    for path in ("/desk", "/desk/account", "/desk/alive"):
        assert thief.open(path).headers["location"].startswith("/desk/sign-in")
    assert ana.open("/desk").status_code == 200


@pytest.mark.parametrize("event", ["another role", "disabled", "second factor reset", "sessions ended"])
def test_a_sign_in_that_waits_for_its_code_is_over_after(
    event: str, half_ana: Browser, work: Work, phone: Authenticator, services: DeskServices
) -> None:
    bo = work("Bo")
    EVENTS[event](bo, half_ana, member(services, "ana").staff.id)
    assert half_ana.open("/desk/sign-in/code").headers["location"] == "/desk/sign-in"


def test_another_password_ends_every_other_session_and_keeps_this_one(
    ana: Browser, visit: Callable[..., Browser]
) -> None:
    other = visit()
    other.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    fields = {"password": PASSWORD, "new": NEW, "new_again": NEW}
    assert other.submit("/desk/account/password", page="/desk/account", **fields).status_code == 303
    assert ana.open("/desk").status_code == 303
    assert other.open("/desk").status_code == 200


def test_another_password_ends_a_sign_in_that_waits_for_its_code(half_ana: Browser, ana: Browser) -> None:
    fields = {"password": PASSWORD, "new": NEW, "new_again": NEW}
    ana.submit("/desk/account/password", page="/desk/account", **fields)
    assert half_ana.open("/desk/sign-in/code").headers["location"] == "/desk/sign-in"


def test_a_sign_in_on_the_old_password_opens_no_session_once_it_is_changed(
    ana: Browser, services: DeskServices, monkeypatch: pytest.MonkeyPatch, visit: Callable[..., Browser]
) -> None:
    fields = {"password": PASSWORD, "new": NEW, "new_again": NEW}
    matches = services.accounts.passwords.matches

    def slow(password: str, kept: str | None) -> bool:
        monkeypatch.undo()
        ana.submit("/desk/account/password", page="/desk/account", **fields)
        return matches(password, kept)

    monkeypatch.setattr(services.accounts.passwords, "matches", slow)
    answer = visit().submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    assert answer.status_code == 401


def test_signing_in_again_ends_what_this_browser_had_opened(ana: Browser, visit: Callable[..., Browser]) -> None:
    kept = ana.cookies["needlepoint-desk"]
    ana.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    thief = visit()
    thief.cookies.set("needlepoint-desk", kept)
    assert thief.open("/desk").status_code == 303
    assert ana.open("/desk").status_code == 200


def test_signing_in_again_ends_the_sign_in_that_waited_for_its_code(
    half_ana: Browser, visit: Callable[..., Browser]
) -> None:
    kept = half_ana.cookies["needlepoint-desk"]
    half_ana.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    thief = visit()
    thief.cookies.set("needlepoint-desk", kept)
    assert thief.open("/desk/sign-in/code").headers["location"] == "/desk/sign-in"
    assert half_ana.open("/desk/sign-in/code").status_code == 200


def test_a_wrong_password_ends_nothing(ana: Browser) -> None:
    ana.submit("/desk/sign-in", email="ana@clinic.example", password="not this one")
    assert ana.open("/desk").status_code == 200


def test_a_disabled_account_signs_in_no_more_until_it_is_enabled(
    ana: Browser, work: Work, visit: Callable[..., Browser], services: DeskServices
) -> None:
    work("Bo")
    bo_id = member(services, "bo").staff.id
    act("disable")(ana, ana, bo_id)
    refused = visit().submit("/desk/sign-in", email="bo@clinic.example", password=PASSWORD)
    assert refused.status_code == 401
    act("enable")(ana, ana, bo_id)
    assert visit().submit("/desk/sign-in", email="bo@clinic.example", password=PASSWORD).status_code == 303


def test_what_a_new_role_may_not_do_is_refused_at_the_next_sign_in(
    ana: Browser, work: Work, services: DeskServices
) -> None:
    bo = work("Bo")
    assert bo.open("/desk/team").status_code == 200
    act("role", role="reception", was="manager")(ana, bo, member(services, "bo").staff.id)
    bo.submit("/desk/sign-in", email="bo@clinic.example", password=PASSWORD)
    assert bo.open("/desk").status_code == 200
    assert bo.open("/desk/team").status_code == 403


def test_sessions_are_listed_with_browser_and_network_and_end_one_by_one(
    ana: Browser, visit: Callable[..., Browser], clock: TurnableClock
) -> None:
    other = visit("203.0.113.77")
    fields = {"email": "ana@clinic.example", "password": PASSWORD, "form_token": other.form_token("/desk/sign-in")}
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
    other.send("/desk/sign-in", fields, **{"User-Agent": agent})
    page = ana.open("/desk/account").text
    assert "Firefox, Windows" in page
    assert "203.0.x.x" in page
    assert "203.0.113" not in page
    session = page.partition('name="session" value="')[2].partition('"')[0]
    answer = ana.submit("/desk/account/sessions/end", page="/desk/account", session=session)
    assert answer.headers["location"] == "/desk/account?told=session_ended#sessions"
    assert other.open("/desk").status_code == 303
    assert ana.open("/desk").status_code == 200


def test_nobody_ends_the_session_of_somebody_else_from_their_own_account(ana: Browser, work: Work) -> None:
    bo = work("Bo")
    session = ana_session(ana)
    answer = bo.submit("/desk/account/sessions/end", page="/desk/account", session=session)
    assert "session_gone" in answer.headers["location"]
    assert ana.open("/desk").status_code == 200


def ana_session(ana: Browser) -> str:
    """What is kept of Ana's cookie."""
    return digest(ana.cookies["needlepoint-desk"])


def test_every_other_session_ends_at_once(ana: Browser, visit: Callable[..., Browser]) -> None:
    others = [visit() for _ in range(3)]
    for other in others:
        other.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    ana.submit("/desk/account/sessions/end-others", page="/desk/account")
    assert [other.open("/desk").status_code for other in others] == [303] * 3
    assert ana.open("/desk").status_code == 200
