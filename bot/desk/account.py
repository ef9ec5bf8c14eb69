"""The account page: one's own password, second factor and sessions."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, address_of, session_token
from bot.desk.forms import StaffForm
from bot.desk.pages import go_to, render
from bot.desk.route import DeskRoute
from bot.service.desk import DeskServices
from bot.service.desk_accounts import Refusal
from bot.service.desk_own_account import Owner
from bot.service.desk_passwords import LONGEST, SHORTEST, Weakness
from bot.service.desk_records import Staff

router = APIRouter(prefix="/account", route_class=DeskRoute)
HERE = "/desk/account"


@router.get("")
def show_account(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """The account of whoever is signed in."""
    return account_page(request, desk, staff)


@router.post("/password")
def change_password(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """Another password, and every other session ended; or the page again with what stands against it."""
    again = form.get("new_again", "")
    fault = desk.staff.own.change_password(owner_of(request, staff, form), new=form.get("new", ""), again=again)
    if fault is not None:
        return account_page(request, desk, staff, part="password", fault=fault)
    return go_to(f"{HERE}?told=password_changed")


@router.post("/recovery-codes")
def renew_recovery_codes(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """Ten other recovery codes, this once; the earlier ones open nothing any more."""
    codes = desk.staff.own.renew_recovery_codes(owner_of(request, staff, form))
    if isinstance(codes, Refusal):
        return account_page(request, desk, staff, part="codes", fault=codes)
    return render(request, "recovery_codes/page.html", codes=codes, following=HERE)


@router.post("/sessions/end")
def end_session(desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """One of one's own sessions is over."""
    ended = desk.staff.own.end_session(staff, form.get("session", ""))
    return go_to(f"{HERE}?told={'session_ended' if ended else 'session_gone'}#sessions")


@router.post("/sessions/end-others")
def end_other_sessions(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """Every session but this one is over."""
    desk.staff.own.end_other_sessions(owner_of(request, staff, form))
    return go_to(f"{HERE}?told=sessions_ended#sessions")


def owner_of(request: Request, staff: Staff, form: StaffForm | None = None) -> Owner:
    """Whoever is signed in, with the password typed once more."""
    password = form.get("password", "") if form else ""
    return Owner(staff, session_token(request) or "", address_of(request), password)


def account_page(
    request: Request, desk: DeskServices, staff: Staff, *, part: str = "", fault: Refusal | Weakness | None = None
) -> Response:
    """The page, with what stands against what was sent from one of its parts."""
    own = desk.staff.own
    shown: dict[str, Any] = {
        "part": part,
        "fault": fault and fault.value,
        "factor": own.factor(staff),
        "sessions": own.sessions(staff),
        "this_session": owner_of(request, staff).session,
        "shortest": SHORTEST,
        "longest": LONGEST,
    }
    return render(request, "account/page.html", status=fault_status(fault), **shown)


def fault_status(fault: Refusal | Weakness | None) -> int:
    """The status of a page that says this."""
    if fault is None:
        return 200
    return 429 if fault is Refusal.THROTTLED else 400
