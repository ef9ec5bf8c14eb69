"""One person's account, for managers: role, disabling, second factor, a new password, sessions."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs, session_token
from bot.desk.forms import StaffForm
from bot.desk.pages import go_to, render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.team import HERE, role_in
from bot.service.desk_account_records import TeamChange
from bot.service.desk_roles import Right, Role
from bot.service.desk_team import Sent
from bot.service.desk_tokens import digest

router = APIRouter(prefix="/team/{staff_id}", route_class=DeskRoute, dependencies=[needs(Right.TEAM)])


@router.get("")
def show_member(request: Request, desk: Desk, staff: SignedIn, staff_id: str) -> Response:
    """The account and where it is signed in."""
    team = desk.staff.team
    member = team.member(staff_id)
    if member is None:
        raise not_found()
    shown: dict[str, Any] = {"member": member, "sessions": team.sessions(staff_id), "roles_on_offer": tuple(Role)}
    return render(request, "member/page.html", **shown)


@router.post("/role")
def set_role(desk: Desk, staff: SignedIn, form: StaffForm, staff_id: str) -> Response:
    """Another role."""
    role, was = role_in(form.get("role", "")), role_in(form.get("was", ""))
    return _after(staff_id, desk.staff.team.set_role(staff, staff_id, role=role, was=was), done="role_set")


@router.post("/disable")
def disable(desk: Desk, staff: SignedIn, form: StaffForm, staff_id: str) -> Response:
    """The account opens nothing any more."""
    return _after(staff_id, desk.staff.team.disable(staff.id, staff_id), done="disabled")


@router.post("/enable")
def enable(desk: Desk, staff: SignedIn, form: StaffForm, staff_id: str) -> Response:
    """The account may sign in again."""
    return _after(staff_id, desk.staff.team.enable(staff, staff_id), done="enabled")


@router.post("/second-factor/reset")
def reset_second_factor(desk: Desk, staff: SignedIn, form: StaffForm, staff_id: str) -> Response:
    """No second factor until the next sign-in sets one up."""
    return _after(staff_id, desk.staff.team.reset_factor(staff.id, staff_id), done="factor_reset")


@router.post("/password-link")
def make_password_link(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, staff_id: str) -> Response:
    """The link with which this person sets a new password, this once; it is mailed to nobody."""
    sent = desk.staff.team.password_link(staff, staff_id)
    if not isinstance(sent, Sent):
        return _after(staff_id, sent, done="")
    link = f"{desk.clinic.address}/desk/password/{sent.token}"
    return render(request, "link/page.html", kind="password", sent=sent, link=link, mailed=None)


@router.post("/sessions/end")
def end_sessions(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, staff_id: str) -> Response:
    """One session of this person is over, or all of them when none is named."""
    team, session = desk.staff.team, form.get("session", "")
    if session:
        told = "session_ended" if team.end_session(staff, staff_id, session) else "session_gone"
    else:
        team.end_sessions(staff, staff_id, keeping=digest(session_token(request) or ""))
        told = "sessions_ended"
    return go_to(f"{HERE}/{staff_id}?told={told}")


def _after(staff_id: str, change: TeamChange, *, done: str) -> Response:
    """Back to the account, with the sentence that says what became of it."""
    if change is TeamChange.NOT_FOUND:
        raise not_found()
    return go_to(f"{HERE}/{staff_id}?told={done if change is TeamChange.DONE else change.value}")
