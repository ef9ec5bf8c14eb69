"""The second half of signing in: the code of the authenticator app, or a recovery code."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, HalfSignedIn, address_of, device, session_cookie, set_cookie
from bot.desk.forms import HalfForm
from bot.desk.pages import go_to, render
from bot.desk.route import DeskRoute
from bot.desk.sign_in import RETRY_AFTER
from bot.desk.way_in import SET_UP_PAGE, going_on, with_next
from bot.service.desk_account_records import Step
from bot.service.desk_accounts import Refusal
from bot.service.desk_second_factor import TypedCode

router = APIRouter(prefix="/sign-in/code", route_class=DeskRoute)
STATUS = {Refusal.THROTTLED: 429}


@router.get("")
def show_code(request: Request, half: HalfSignedIn, next: str = "") -> Response:
    """The page that asks for the code."""
    if half.step is Step.SET_UP:
        return go_to(with_next(SET_UP_PAGE, next))
    return _page(request, next=next)


@router.post("")
def enter_code(request: Request, desk: Desk, half: HalfSignedIn, form: HalfForm) -> Response:
    """A whole session with another cookie, or the page again with what is wrong."""
    wanted = form.get("next", "")
    typed = TypedCode(form.get("code", ""), address_of(request), device(request))
    entered = desk.staff.factors.enter(half, typed)
    if isinstance(entered, Refusal):
        return _page(request, next=wanted, refusal=entered)
    response = go_to(going_on(wanted))
    set_cookie(response, desk, name=session_cookie(desk), token=entered)
    return response


def _page(request: Request, *, next: str, refusal: Refusal | None = None) -> Response:
    status = STATUS.get(refusal, 401) if refusal else 200
    shown = {"next": next, "refusal": refusal and refusal.value}
    response = render(request, "code/page.html", status=status, **shown)
    if refusal is Refusal.THROTTLED:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
