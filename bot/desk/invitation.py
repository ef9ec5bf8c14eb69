"""The page of an invitation: whoever was invited makes their account there, once."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk
from bot.desk.forms import VisitorForm
from bot.desk.pages import go_to, render
from bot.desk.refusals import link_gone
from bot.desk.route import DeskRoute
from bot.desk.way_in import SIGN_IN
from bot.service.desk import DeskServices
from bot.service.desk_accounts import Application, Refusal
from bot.service.desk_passwords import LONGEST, SHORTEST, Weakness

router = APIRouter(prefix="/invitation/{token}", route_class=DeskRoute)


@router.get("")
def show_invitation(request: Request, desk: Desk, token: str) -> Response:
    """The form, as long as the invitation is open."""
    return _page(request, desk, token)


@router.post("")
def join(request: Request, desk: Desk, token: str, form: VisitorForm) -> Response:
    """The account is made and the invitation used up, or the form again with what stands against it."""
    typed = Application(form.get("name", ""), "", form.get("password", ""), form.get("password_again", ""))
    fault = desk.staff.links.join(token, typed)
    if fault is Refusal.LINK:
        raise link_gone("link_gone")
    if fault is not None:
        return _page(request, desk, token, name=typed.name, fault=fault)
    return go_to(f"{SIGN_IN}?told=set_up")


def _page(
    request: Request,
    desk: DeskServices,
    token: str,
    *,
    name: str | None = None,
    fault: Refusal | Weakness | None = None,
) -> Response:
    invited = desk.staff.links.invitation(token)
    if invited is None:
        raise link_gone("link_gone")
    shown = {"invited": invited, "name": invited.name if name is None else name, "fault": fault and fault.value}
    status = 400 if fault else 200
    return render(request, "invitation/page.html", status=status, shortest=SHORTEST, longest=LONGEST, **shown)
