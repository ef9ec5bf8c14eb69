"""Which role may open which page and make which call: every address of the desk, for every role and for nobody."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from bot.service.desk_roles import RIGHTS, Right, Role
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.patients import Patient, backache
from tests.desk.test_doors import addresses, filled

ANYBODY = None
"""Pages that need no session."""
SIGNED_IN = frozenset(Role)
PATIENTS = frozenset({Role.RECEPTION, Role.PHYSIOTHERAPIST, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})
REPORTERS = frozenset({Role.PHYSIOTHERAPIST, Role.MANAGER, Role.AUDITOR})
AUDITORS = frozenset({Role.MANAGER, Role.AUDITOR})

ALLOWED: dict[tuple[str, str], frozenset[Role] | None] = {
    ("GET", "/desk/static/{name}"): ANYBODY,
    ("GET", "/desk/sign-in"): ANYBODY,
    ("POST", "/desk/sign-in"): ANYBODY,
    ("GET", "/desk/setup/{token}"): ANYBODY,
    ("POST", "/desk/setup/{token}"): ANYBODY,
    ("GET", "/desk/invitation/{token}"): ANYBODY,
    ("POST", "/desk/invitation/{token}"): ANYBODY,
    ("GET", "/desk/password/{token}"): ANYBODY,
    ("POST", "/desk/password/{token}"): ANYBODY,
    ("GET", "/desk/sign-in/code"): SIGNED_IN,
    ("POST", "/desk/sign-in/code"): SIGNED_IN,
    ("GET", "/desk/sign-in/second-factor"): SIGNED_IN,
    ("POST", "/desk/sign-in/second-factor"): SIGNED_IN,
    ("GET", "/desk/sign-in/second-factor/qr.svg"): SIGNED_IN,
    ("POST", "/desk/sign-out"): SIGNED_IN,
    ("GET", "/desk/alive"): SIGNED_IN,
    ("GET", "/desk/{rest:path}"): SIGNED_IN,
    ("GET", "/desk/account"): SIGNED_IN,
    ("POST", "/desk/account/password"): SIGNED_IN,
    ("POST", "/desk/account/recovery-codes"): SIGNED_IN,
    ("POST", "/desk/account/sessions/end"): SIGNED_IN,
    ("POST", "/desk/account/sessions/end-others"): SIGNED_IN,
    ("GET", "/desk/account/second-factor"): SIGNED_IN,
    ("POST", "/desk/account/second-factor"): SIGNED_IN,
    ("GET", "/desk/account/second-factor/qr.svg"): SIGNED_IN,
    ("GET", "/desk/team"): MANAGERS,
    ("POST", "/desk/team/invitations"): MANAGERS,
    ("POST", "/desk/team/invitations/{invitation_id}/withdraw"): MANAGERS,
    ("GET", "/desk/team/{staff_id}"): MANAGERS,
    ("POST", "/desk/team/{staff_id}/role"): MANAGERS,
    ("POST", "/desk/team/{staff_id}/disable"): MANAGERS,
    ("POST", "/desk/team/{staff_id}/enable"): MANAGERS,
    ("POST", "/desk/team/{staff_id}/second-factor/reset"): MANAGERS,
    ("POST", "/desk/team/{staff_id}/password-link"): MANAGERS,
    ("POST", "/desk/team/{staff_id}/sessions/end"): MANAGERS,
    ("GET", "/desk/settings"): MANAGERS,
    ("POST", "/desk/settings/apply"): MANAGERS,
    ("GET", "/desk/settings/changes"): MANAGERS,
    ("GET", "/desk/settings/texts"): MANAGERS,
    ("GET", "/desk/settings/texts/one"): MANAGERS,
    ("POST", "/desk/settings/texts/one"): MANAGERS,
    ("GET", "/desk/settings/hours"): MANAGERS,
    ("POST", "/desk/settings/hours"): MANAGERS,
    ("GET", "/desk/settings/calendar"): MANAGERS,
    ("POST", "/desk/settings/calendar"): MANAGERS,
    ("GET", "/desk/settings/calendar/{practitioner}"): MANAGERS,
    ("POST", "/desk/settings/calendar/{practitioner}"): MANAGERS,
    ("POST", "/desk/settings/calendar/{practitioner}/remove"): MANAGERS,
    ("GET", "/desk/settings/{section}"): MANAGERS,
    ("POST", "/desk/settings/{section}"): MANAGERS,
    ("GET", "/desk"): PATIENTS,
    ("GET", "/desk/inquiries/{inquiry_id}/person"): MANAGERS,
    ("POST", "/desk/inquiries/{inquiry_id}/person/file"): MANAGERS,
    ("GET", "/desk/inquiries/{inquiry_id}/person/erase"): MANAGERS,
    ("POST", "/desk/inquiries/{inquiry_id}/person/erase"): MANAGERS,
    ("POST", "/desk/inquiries/{inquiry_id}/person/hold"): MANAGERS,
    ("POST", "/desk/inquiries/{inquiry_id}/person/end-hold"): MANAGERS,
    ("POST", "/desk/inquiries/{inquiry_id}/hand-on"): PATIENTS,
    ("POST", "/desk/export"): MANAGERS,
    ("GET", "/desk/triage"): PATIENTS,
    ("POST", "/desk/triage/read"): PATIENTS,
    ("POST", "/desk/triage/keep"): PATIENTS,
    ("POST", "/desk/triage/calls"): PATIENTS,
    ("GET", "/desk/triage/calls/{session_id}"): PATIENTS,
    ("POST", "/desk/triage/calls/{session_id}/answer"): PATIENTS,
    ("POST", "/desk/triage/calls/{session_id}/finish"): PATIENTS,
    ("GET", "/desk/audit"): AUDITORS,
    ("POST", "/desk/audit/export"): AUDITORS,
    ("GET", "/desk/agreement"): REPORTERS,
    ("POST", "/desk/agreement/export"): REPORTERS & PATIENTS,
    ("GET", "/desk/reports"): REPORTERS,
    ("GET", "/desk/reports/{subject}"): REPORTERS,
    ("POST", "/desk/reports/{subject}/csv"): REPORTERS,
    ("GET", "/desk/not-understood"): PATIENTS,
    ("POST", "/desk/not-understood/{message_id}/label"): PATIENTS,
    ("POST", "/desk/not-understood/export"): MANAGERS,
    ("GET", "/desk/morning"): PATIENTS,
    ("GET", "/desk/events"): PATIENTS,
    ("GET", "/desk/inquiries/{inquiry_id}"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/judge"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/tick"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/take"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/release"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/status"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/notes"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/snooze"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/present"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/calls"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/chat/take"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/chat/write"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/chat/insert"): PATIENTS,
    ("POST", "/desk/inquiries/{inquiry_id}/chat/hand-back"): PATIENTS,
}
"""The whole table; an address that is not in it fails the first test."""
SENT = {("GET", "/desk", Role.AUDITOR): "/desk/audit"}
"""Who is sent to a page of their own instead of being refused."""
BEHIND = [address for address, roles in ALLOWED.items() if roles is not ANYBODY]


@pytest.fixture
def work_as(work: Callable[[str], Browser], database: Database) -> Callable[[Role], Browser]:
    """Somebody of this role, signed in."""

    def work_as(role: Role) -> Browser:
        browser = work(role.value.capitalize())
        mine = tables.staff.c.email == f"{role.value}@clinic.example"
        with database.write() as connection:
            connection.execute(update(tables.staff).where(mine).values(role=role.value))
        return browser

    return work_as


def test_every_address_of_the_desk_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(addresses())


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_the_table_says_and_nothing_else(
    work_as: Callable[[Role], Browser], arrive: Callable[[Patient], str], role: Role
) -> None:
    browser, inquiry_id = work_as(role), arrive(Patient(encounter=backache()))
    token = browser.form_token("/desk/nowhere")
    for method, path in BEHIND:
        if path == "/desk/sign-out":
            continue
        fields = {"data": {"form_token": token}} if method == "POST" else {}
        answer = browser.request(method, filled(path, inquiry_id), **fields)
        elsewhere = SENT.get((method, path, role))
        if elsewhere:
            assert (answer.status_code, answer.headers["location"]) == (303, elsewhere)
            continue
        roles = ALLOWED[method, path]
        assert (answer.status_code == 403) == (roles is not None and role not in roles), (method, path)


@pytest.mark.parametrize(("method", "path"), BEHIND)
def test_nobody_is_sent_to_sign_in(visit: Callable[..., Browser], method: str, path: str) -> None:
    answer = visit().request(method, filled(path))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("role", list(Role))
def test_a_refused_page_says_that_it_is_not_for_this_role(work_as: Callable[[Role], Browser], role: Role) -> None:
    answer = work_as(role).open(f"/desk/inquiries/{'1' * 32}")
    assert (answer.status_code == 403) == (Right.READ not in RIGHTS[role])
    assert ("Not for your role" in answer.text) == (answer.status_code == 403)


def test_only_a_physiotherapist_may_lower_an_urgency() -> None:
    assert [role for role in Role if Right.LOWER in RIGHTS[role]] == [Role.PHYSIOTHERAPIST]
