"""The page of a password link that a manager made: its owner sets a new password there, once."""

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
from bot.service.desk_accounts import Refusal
from bot.service.desk_passwords import LONGEST, SHORTEST, Weakness

router = APIRouter(prefix="/password/{token}", route_class=DeskRoute)


@router.get("")
def show_new_password(request: Request, desk: Desk, token: str) -> Response:
    """The form, as long as the link is good."""
    return _page(request, desk, token)


@router.post("")
def set_new_password(request: Request, desk: Desk, token: str, form: VisitorForm) -> Response:
    """The password is set and every session ended, or the form again with what stands against it."""
    password, again = form.get("password", ""), form.get("password_again", "")
    fault = desk.staff.links.set_password(token, password=password, again=again)
    if fault is Refusal.LINK:
        raise link_gone("link_gone")
    if fault is not None:
        return _page(request, desk, token, fault=fault)
    return go_to(f"{SIGN_IN}?told=password_set")


def _page(request: Request, desk: DeskServices, token: str, *, fault: Refusal | Weakness | None = None) -> Response:
    owner = desk.staff.links.whose_password(token)
    if owner is None:
        raise link_gone("link_gone")
    shown = {"owner": owner, "fault": fault and fault.value, "shortest": SHORTEST, "longest": LONGEST}
    return render(request, "new_password/page.html", status=400 if fault else 200, **shown)
