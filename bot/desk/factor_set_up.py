"""Setting a second factor up at the first sign-in, without which the desk does not open."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, HalfSignedIn, address_of, device, session_cookie, set_cookie
from bot.desk.forms import HalfForm
from bot.desk.pages import go_to, render
from bot.desk.qr import qr_image
from bot.desk.refusals import SignInNeeded
from bot.desk.route import DeskRoute
from bot.desk.way_in import CODE_PAGE, SET_UP_PAGE, going_on, with_next
from bot.service.desk import DeskServices
from bot.service.desk_account_records import HalfSession, Step
from bot.service.desk_accounts import Refusal
from bot.service.desk_second_factor import TypedCode
from bot.service.desk_totp import Offer

router = APIRouter(prefix="/sign-in/second-factor", route_class=DeskRoute)


@router.get("")
def show_set_up(request: Request, desk: Desk, half: HalfSignedIn, next: str = "") -> Response:
    """What to scan, and the form for the first code."""
    if half.step is Step.CODE:
        return go_to(with_next(CODE_PAGE, next))
    return _page(request, desk, half, next=next)


@router.get("/qr.svg")
def show_image(desk: Desk, half: HalfSignedIn) -> Response:
    """The QR code of the secret on offer."""
    if half.step is Step.CODE:
        raise SignInNeeded
    return qr_image(_offer(desk, half).uri)


@router.post("")
def set_up(request: Request, desk: Desk, half: HalfSignedIn, form: HalfForm) -> Response:
    """A whole session and the recovery codes, this once; or the page again when the code was wrong."""
    if half.step is Step.CODE:
        return go_to(CODE_PAGE)
    wanted = form.get("next", "")
    typed = TypedCode(form.get("code", ""), address_of(request), device(request))
    done = desk.staff.factors.set_up(half, typed)
    if isinstance(done, Refusal):
        return _page(request, desk, half, next=wanted, refusal=done)
    response = render(request, "recovery_codes/page.html", codes=done.recovery_codes, following=going_on(wanted))
    set_cookie(response, desk, name=session_cookie(desk), token=done.token)
    return response


def _page(
    request: Request, desk: DeskServices, half: HalfSession, *, next: str, refusal: Refusal | None = None
) -> Response:
    shown = {"next": next, "refusal": refusal and refusal.value, "secret": _offer(desk, half).secret}
    return render(
        request, "factor_set_up/page.html", status=400 if refusal else 200, image=f"{SET_UP_PAGE}/qr.svg", **shown
    )


def _offer(desk: DeskServices, half: HalfSession) -> Offer:
    return desk.staff.factors.offered(half.staff, session=half.digest)
