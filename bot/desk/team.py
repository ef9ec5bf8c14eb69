"""The team page for managers: everybody's account, and invitations."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import go_to, render, words
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.errors import NotUnderstood
from bot.service.desk import DeskServices
from bot.service.desk_accounts import Refusal
from bot.service.desk_roles import Right, Role
from bot.service.desk_team import Sent
from bot.service.records import Letter

router = APIRouter(prefix="/team", route_class=DeskRoute, dependencies=[needs(Right.TEAM)])
HERE = "/desk/team"


@router.get("")
def show_team(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """Everybody's account and the open invitations."""
    return _page(request, desk)


@router.post("/invitations")
def invite(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """The link of the invitation, this once, and mailed where mail is set up; or what stands against it."""
    role = role_in(form.get("role", ""))
    sent = desk.staff.team.invite(staff, name=form.get("name", ""), email=form.get("email", ""), role=role)
    if isinstance(sent, Refusal):
        return _page(request, desk, typed=form, fault=sent)
    link = f"{desk.clinic.address}/desk/invitation/{sent.token}"
    return render(request, "link/page.html", kind="invitation", sent=sent, link=link, mailed=_mailed(desk, sent, link))


@router.post("/invitations/{invitation_id}/withdraw")
def withdraw(desk: Desk, staff: SignedIn, form: StaffForm, invitation_id: str) -> Response:
    """The invitation opens nothing any more."""
    if not desk.staff.team.withdraw(staff, invitation_id):
        raise not_found()
    return go_to(f"{HERE}?told=withdrawn#invitations")


def role_in(value: str) -> Role:
    """The role that was chosen."""
    try:
        return Role(value)
    except ValueError:
        raise NotUnderstood("role: not one of the choices") from None


def _mailed(desk: DeskServices, sent: Sent, link: str) -> bool | None:
    """Whether the mail server took it; None where the clinic sends no mail."""
    post = desk.staff.post
    if post is None:
        return None
    subject, _, body = words("link/invitation.txt", name=sent.name, clinic=desk.clinic, link=link).partition("\n")
    return post.send(Letter(desk.staff.team.new_id(), sent.email, subject, body.lstrip(), desk.clock.now()))


def _page(
    request: Request, desk: DeskServices, *, typed: StaffForm | None = None, fault: Refusal | None = None
) -> Response:
    team = desk.staff.team
    members = team.members()
    shown: dict[str, Any] = {
        "members": members,
        "names": {member.staff.id: member.staff.name for member in members},
        "invitations": team.invitations(),
        "roles_on_offer": tuple(Role),
        "typed": typed or {},
        "fault": fault and fault.value,
    }
    return render(request, "team/page.html", status=400 if fault else 200, **shown)
