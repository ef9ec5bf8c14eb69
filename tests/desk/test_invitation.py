"""Invitations: a manager makes one, its link is shown once, and one account is made with it."""

import re
from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from bot.service.desk import DeskServices
from bot.service.desk_accounts import Application, Refusal
from bot.service.desk_passwords import Weakness
from bot.service.desk_roles import Role
from bot.service.desk_team import Sent
from bot.service.records import Letter
from tests.desk.authenticator import PASSWORD
from tests.desk.browser import Browser, shown
from tests.desk.clock import TurnableClock
from tests.desk.test_old_cookies import member

Visit = Callable[..., Browser]
TEAM = "/desk/team"
CAI = {"name": "Cai", "email": " Cai@Clinic.example", "role": "physiotherapist"}
TYPED = {"name": "Cai Jones", "password": PASSWORD, "password_again": PASSWORD}
LINK = re.compile(r'value="http://localhost:8000(/desk/(?:invitation|password)/[\w-]+)"')


class FakePost:
    """Takes mail for staff, or refuses it."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.takes = True

    def send(self, letter: Letter) -> bool:
        """Keep it."""
        self.letters.append(letter)
        return self.takes


@pytest.fixture
def post() -> FakePost:
    """The clinic's mail server."""
    return FakePost()


@pytest.fixture
def services(services: DeskServices, post: FakePost) -> DeskServices:
    """A desk that mails to staff."""
    return replace(services, staff=replace(services.staff, post=post))


def invite(browser: Browser, **changes: str) -> str:
    """The address of the invitation that the page shows."""
    answer = browser.submit(f"{TEAM}/invitations", page=TEAM, **{**CAI, **changes})
    assert answer.status_code == 200
    found = LINK.search(answer.text)
    assert found
    return found.group(1)


def test_an_invitation_makes_one_account_with_the_address_and_role_of_the_manager(
    ana: Browser, visit: Visit, services: DeskServices
) -> None:
    link, cai = invite(ana), visit()
    assert "Your role: physiotherapist" in cai.read(link)
    answer = cai.submit(link, **TYPED, email="other@clinic.example", role="manager")
    assert answer.headers["location"] == "/desk/sign-in?told=set_up"
    made = member(services, "cai").staff
    assert (made.name, made.role) == ("Cai Jones", Role.PHYSIOTHERAPIST)
    assert cai.open(link).status_code == 410
    guard = cai.form_token("/desk/sign-in")
    assert cai.send(link, {**TYPED, "form_token": guard}).status_code == 410
    assert cai.submit("/desk/sign-in", email="cai@clinic.example", password=PASSWORD).status_code == 303


def test_the_link_is_shown_once_and_mailed(ana: Browser, post: FakePost) -> None:
    link = invite(ana)
    assert link not in ana.open(TEAM).text
    (letter,) = post.letters
    assert letter.to == "cai@clinic.example"
    assert f"http://localhost:8000{link}" in letter.body
    assert letter.subject == "Your account at the front desk of Demonstration clinic"


def test_a_name_is_mailed_as_it_was_typed(ana: Browser, post: FakePost) -> None:
    invite(ana, name="Zoë & Co")
    assert "Hello Zoë & Co," in post.letters[0].body


def test_where_mail_fails_the_manager_is_told_to_give_the_link_away(ana: Browser, post: FakePost) -> None:
    post.takes = False
    answer = ana.submit(f"{TEAM}/invitations", page=TEAM, **CAI)
    assert "could not be mailed" in shown(answer.text)
    assert LINK.search(answer.text)


def test_open_invitations_are_listed_and_withdrawn(ana: Browser, visit: Visit) -> None:
    link = invite(ana)
    page = ana.open(TEAM).text
    assert "Cai, Physiotherapist cai@clinic.example, invited by Ana" in shown(page)
    found = re.search(r"/desk/team/invitations/(\w+)/withdraw", page)
    assert found
    assert ana.submit(found.group(0), page=TEAM).headers["location"] == f"{TEAM}?told=withdrawn#invitations"
    assert visit().open(link).status_code == 410
    assert "Nobody is invited" in ana.read(TEAM)
    assert ana.submit(found.group(0), page=TEAM).status_code == 404


def test_an_invitation_ends_after_seven_days(ana: Browser, visit: Visit, clock: TurnableClock) -> None:
    link = invite(ana)
    clock.turn(days=6, hours=23, minutes=59)
    assert visit().open(link).status_code == 200
    clock.turn(minutes=1)
    assert visit().open(link).status_code == 410


def test_a_newer_invitation_to_the_same_address_closes_the_older(ana: Browser, visit: Visit) -> None:
    older, newer = invite(ana), invite(ana, role="auditor")
    assert visit().open(older).status_code == 410
    assert visit().open(newer).status_code == 200


def test_the_store_keeps_no_link(ana: Browser, services: DeskServices) -> None:
    token = invite(ana).rpartition("/")[2]
    assert services.staff.links.invitation(token) is not None
    assert services.staff.links.book.invitation(token, now=services.clock.now()) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Enter a name"),
        ({"email": "cai"}, "Enter an e-mail address"),
        ({"email": "ANA@clinic.example"}, "account with this e-mail"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(ana: Browser, changes: dict[str, str], said: str) -> None:
    answer = ana.submit(f"{TEAM}/invitations", page=TEAM, **{**CAI, **changes})
    assert answer.status_code == 400
    assert said in shown(answer.text)


def test_the_address_of_a_disabled_account_is_taken(ana: Browser, work: Visit, services: DeskServices) -> None:
    work("Bo")
    page = f"/desk/team/{member(services, 'bo').staff.id}"
    ana.submit(f"{page}/disable", page=page)
    answer = ana.submit(f"{TEAM}/invitations", page=TEAM, **{**CAI, "email": "bo@clinic.example"})
    assert "account with this e-mail" in shown(answer.text)


def test_a_weak_password_is_said_and_the_invitation_stays_open(ana: Browser, visit: Visit) -> None:
    link, cai = invite(ana), visit()
    answer = cai.submit(link, name="Cai", password="short", password_again="short")
    assert answer.status_code == 400
    assert "at least 12" in shown(answer.text)
    assert cai.submit(link, **TYPED).status_code == 303


def test_invitations_of_a_manager_who_is_disabled_open_nothing(
    ana: Browser, work: Visit, visit: Visit, services: DeskServices
) -> None:
    link = invite(work("Bo"))
    page = f"/desk/team/{member(services, 'bo').staff.id}"
    ana.submit(f"{page}/disable", page=page)
    assert visit().open(link).status_code == 410


def test_one_invitation_used_by_many_at_once_makes_one_account(ana: Browser, services: DeskServices) -> None:
    by = member(services, "ana").staff
    sent = services.staff.team.invite(by, name="Cai", email="cai@clinic.example", role=Role.RECEPTION)
    assert isinstance(sent, Sent)
    start, answers = Barrier(4), list[Refusal | Weakness | None]()

    def join() -> None:
        start.wait()
        answers.append(services.staff.links.join(sent.token, Application("Cai", "", PASSWORD, PASSWORD)))

    threads = [Thread(target=join) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(None) == 1
    assert answers.count(Refusal.LINK) == 3
    assert len(services.staff.team.members()) == 2


def test_what_becomes_of_invitations_is_written_down(
    ana: Browser, visit: Visit, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    before = len(audited())
    visit().submit(invite(ana), **TYPED)
    invite(ana, email="dee@clinic.example")
    found = re.search(r"/desk/team/invitations/\w+/withdraw", ana.open(TEAM).text)
    assert found
    ana.submit(found.group(0), page=TEAM)
    assert [action for action, _ in audited()[before:]] == [
        "staff.invited",
        "staff.joined",
        "staff.invited",
        "staff.invitation_withdrawn",
    ]
