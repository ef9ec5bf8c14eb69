"""The team page: managers list, change, disable and enable accounts; one active manager always remains."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from bot.service.desk import DeskServices
from bot.service.desk_account_records import TeamChange
from bot.service.desk_roles import Role
from tests.desk.authenticator import PASSWORD, Authenticator, enrol
from tests.desk.browser import Browser, shown
from tests.desk.test_old_cookies import member

Work = Callable[[str], Browser]


def act(browser: Browser, staff_id: str, what: str, **fields: str) -> str:
    """What the account's page says after a form on it was sent."""
    page = f"/desk/team/{staff_id}"
    answer = browser.submit(f"{page}/{what}", page=page, **fields)
    assert answer.status_code == 303, answer.status_code
    return browser.read(answer.headers["location"])


def test_everybody_is_listed_with_role_and_second_factor(ana: Browser, work: Work, phone: Authenticator) -> None:
    enrol(work("Bo"), phone)
    page = ana.read("/desk/team")
    assert "Ana You ana@clinic.example Manager No second factor yet" in page
    assert "Bo bo@clinic.example Manager Second factor set up" in page


def test_a_manager_changes_a_role(ana: Browser, work: Work, services: DeskServices) -> None:
    work("Bo")
    bo_id = member(services, "bo").staff.id
    assert "The role is changed" in act(ana, bo_id, "role", role="physiotherapist", was="manager")
    assert member(services, "bo").staff.role is Role.PHYSIOTHERAPIST


def test_a_role_that_somebody_else_changed_meanwhile_stays(ana: Browser, work: Work, services: DeskServices) -> None:
    work("Bo")
    bo_id = member(services, "bo").staff.id
    act(ana, bo_id, "role", role="physiotherapist", was="manager")
    assert "Nothing was changed" in act(ana, bo_id, "role", role="auditor", was="manager")
    assert member(services, "bo").staff.role is Role.PHYSIOTHERAPIST


@pytest.mark.parametrize(("what", "fields"), [("disable", {}), ("role", {"role": "reception", "was": "manager"})])
def test_the_last_active_manager_is_neither_disabled_nor_demoted(
    ana: Browser, work: Work, services: DeskServices, what: str, fields: dict[str, str]
) -> None:
    work("Bo")
    ana_id = member(services, "ana").staff.id
    act(ana, member(services, "bo").staff.id, "disable")
    assert "last active manager" in act(ana, ana_id, what, **fields)
    assert member(services, "ana").is_active
    assert member(services, "ana").staff.role is Role.MANAGER


def test_two_managers_who_demote_each_other_at_once_leave_one(ana: Browser, work: Work, services: DeskServices) -> None:
    work("Bo")
    ids = [member(services, name).staff.id for name in ("ana", "bo")]
    start, became = Barrier(2), list[TeamChange]()

    def disable(by: str, whom: str) -> None:
        start.wait()
        became.append(services.staff.team.disable(by, whom))

    threads = [Thread(target=disable, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(became) == [TeamChange.DONE, TeamChange.LAST_MANAGER]
    assert sum(one.is_active for one in services.staff.team.members()) == 1


def test_a_reset_second_factor_is_set_up_anew(
    ana: Browser, work: Work, phone: Authenticator, services: DeskServices
) -> None:
    bo = work("Bo")
    enrol(bo, phone)
    assert "The second factor is gone" in act(ana, member(services, "bo").staff.id, "second-factor/reset")
    assert not member(services, "bo").has_factor
    bo.submit("/desk/sign-in", email="bo@clinic.example", password=PASSWORD)
    assert "opens with the password alone" in bo.read("/desk/account")


def test_nobody_resets_their_own_second_factor_or_makes_their_own_link(
    ana: Browser, phone: Authenticator, services: DeskServices
) -> None:
    enrol(ana, phone)
    ana_id = member(services, "ana").staff.id
    for what in ("second-factor/reset", "password-link"):
        assert "use your account page" in act(ana, ana_id, what)
    assert member(services, "ana").has_factor


def test_an_account_that_is_not_there_is_not_found(ana: Browser) -> None:
    for what in ("role", "disable", "enable", "password-link"):
        fields = {"role": "auditor", "was": "manager"} if what == "role" else {}
        assert ana.submit(f"/desk/team/{'2' * 32}/{what}", page="/desk/team", **fields).status_code == 404
    assert ana.open("/desk/team/none").status_code == 404


def test_a_role_that_is_none_is_not_understood(ana: Browser, services: DeskServices) -> None:
    page = f"/desk/team/{member(services, 'ana').staff.id}"
    assert ana.submit(f"{page}/role", page=page, role="king", was="manager").status_code == 400


def test_sessions_of_others_are_seen_and_ended_one_by_one(ana: Browser, work: Work, services: DeskServices) -> None:
    bo = work("Bo")
    page = f"/desk/team/{member(services, 'bo').staff.id}"
    session = ana.open(page).text.partition('name="session" value="')[2].partition('"')[0]
    answer = ana.submit(f"{page}/sessions/end", page=page, session=session)
    assert "That session is over" in ana.read(answer.headers["location"])
    assert bo.open("/desk").status_code == 303
    assert "Nowhere at the moment" in ana.read(page)


def test_a_script_in_a_name_runs_nowhere(ana: Browser, services: DeskServices) -> None:
    page = "/desk/team"
    name = "<script>alert(1)</script>"
    answer = ana.submit(f"{page}/invitations", page=page, name=name, email="x@clinic.example", role="auditor")
    assert "<script>alert" not in answer.text
    assert name in shown(answer.text)
    assert "<script>alert" not in ana.open(page).text


def test_what_managers_do_is_written_down(
    ana: Browser, work: Work, services: DeskServices, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    work("Bo")
    bo_id = member(services, "bo").staff.id
    before = len(audited())
    act(ana, bo_id, "role", role="auditor", was="manager")
    act(ana, bo_id, "disable")
    act(ana, bo_id, "enable")
    ana.submit(f"/desk/team/{bo_id}/password-link", page="/desk/team")
    act(ana, bo_id, "sessions/end")
    assert audited()[before:] == [
        ("staff.role_changed", "auditor"),
        ("staff.disabled", None),
        ("staff.enabled", None),
        ("staff.password_link_made", None),
        ("staff.sessions_ended", None),
    ]
