"""The sign-in page, signing out, and staying signed in while somebody types."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, address_of, agent_of, session_cookie, session_token, set_cookie
from bot.desk.forms import StaffForm, VisitorForm
from bot.desk.pages import go_to, render
from bot.desk.route import DeskRoute
from bot.desk.way_in import CODE_PAGE, SET_UP_PAGE, SIGN_IN, going_on, with_next
from bot.service.desk_account_records import Step
from bot.service.desk_accounts import Refusal, SignIn

router = APIRouter(route_class=DeskRoute)
STATUS = {Refusal.CREDENTIALS: 401, Refusal.THROTTLED: 429}
FOLLOWING = {Step.CODE: CODE_PAGE, Step.SET_UP: SET_UP_PAGE}
RETRY_AFTER = str(15 * 60)


@router.get("/sign-in")
def show_sign_in(request: Request, desk: Desk, next: str = "") -> Response:
    """The sign-in page; where nobody has an account yet, it says how to make the first."""
    return _page(request, next=next, nobody_yet=not desk.accounts.has_staff())


@router.post("/sign-in")
def sign_in(request: Request, desk: Desk, form: VisitorForm) -> Response:
    """A session or the way to its second half, or the page again with the one sentence for every failure."""
    email, wanted = form.get("email", ""), form.get("next", "")
    typed = SignIn(email, form.get("password", ""), address_of(request), agent_of(request))
    entry = desk.accounts.sign_in(typed)
    if isinstance(entry, Refusal):
        return _page(request, next=wanted, email=email, refusal=entry)
    if before := session_token(request):
        desk.accounts.leave(before)
    following = FOLLOWING.get(entry.step)
    response = go_to(with_next(following, wanted) if following else going_on(wanted))
    set_cookie(response, desk, name=session_cookie(desk), token=entry.token)
    return response


@router.post("/sign-out")
def sign_out(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """The session is over, in the store and in this browser."""
    desk.accounts.sign_out(session_token(request) or "", staff)
    response = go_to(f"{SIGN_IN}?told=signed_out")
    response.delete_cookie(session_cookie(desk), path="/", secure=not desk.clinic.demo, httponly=True)
    return response


@router.get("/alive")
def stay_signed_in(staff: SignedIn) -> Response:
    """Somebody is typing: the session has been used."""
    return Response(status_code=204)


def _page(
    request: Request, *, next: str, email: str = "", refusal: Refusal | None = None, nobody_yet: bool = False
) -> Response:
    shown = {"next": next, "email": email, "refusal": refusal and refusal.value, "nobody_yet": nobody_yet}
    status = STATUS.get(refusal, 400) if refusal else 200
    response = render(request, "sign_in/page.html", status=status, **shown)
    if refusal is Refusal.THROTTLED:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
