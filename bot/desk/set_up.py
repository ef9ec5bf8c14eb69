"""The set-up page: the one-time link with which the first staff account is made."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk
from bot.desk.forms import VisitorForm
from bot.desk.pages import go_to, render
from bot.desk.refusals import link_gone
from bot.desk.route import DeskRoute
from bot.desk.way_in import SIGN_IN
from bot.service.desk_accounts import Application, Refusal
from bot.service.desk_passwords import LONGEST, SHORTEST, Weakness

router = APIRouter(route_class=DeskRoute)


@router.get("/setup/{token}")
def show_set_up(request: Request, desk: Desk, token: str) -> Response:
    """The form, as long as the link is good."""
    if not desk.accounts.link_is_open(token):
        raise link_gone("setup_link_gone")
    return _page(request, Application("", "", "", ""))


@router.post("/setup/{token}")
def set_up(request: Request, desk: Desk, token: str, form: VisitorForm) -> Response:
    """The account is made and the link used up, or the form again with what stands against it."""
    application = Application(*(form.get(name, "") for name in ("name", "email", "password", "password_again")))
    fault = desk.accounts.set_up(token, application)
    if fault is Refusal.LINK:
        raise link_gone("setup_link_gone")
    if fault is not None:
        return _page(request, application, fault)
    return go_to(f"{SIGN_IN}?told=set_up")


def _page(request: Request, typed: Application, fault: Refusal | Weakness | None = None) -> Response:
    shown = {"typed": typed, "fault": fault and fault.value, "shortest": SHORTEST, "longest": LONGEST}
    return render(request, "set_up/page.html", status=400 if fault else 200, **shown)
