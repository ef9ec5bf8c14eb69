"""Setting a second factor up, or another one for a new phone, from one's own account."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn
from bot.desk.account import HERE, fault_status, owner_of
from bot.desk.forms import StaffForm
from bot.desk.pages import render
from bot.desk.qr import qr_image
from bot.desk.route import DeskRoute
from bot.service.desk import DeskServices
from bot.service.desk_accounts import Refusal
from bot.service.desk_records import Staff

router = APIRouter(prefix="/account/second-factor", route_class=DeskRoute)
IMAGE = f"{HERE}/second-factor/qr.svg"


@router.get("")
def show_second_factor(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """What to scan, and the form for the password and the first code."""
    return _page(request, desk, staff)


@router.get("/qr.svg")
def show_image(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """The QR code of the secret on offer, never of the one in force."""
    return qr_image(desk.staff.own.offered(owner_of(request, staff)).uri)


@router.post("")
def replace_second_factor(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """The recovery codes of the new second factor, this once; or the page again with what is wrong."""
    codes = desk.staff.own.replace_factor(owner_of(request, staff, form), code=form.get("code", ""))
    if isinstance(codes, Refusal):
        return _page(request, desk, staff, fault=codes)
    return render(request, "recovery_codes/page.html", codes=codes, following=HERE)


def _page(request: Request, desk: DeskServices, staff: Staff, *, fault: Refusal | None = None) -> Response:
    own = desk.staff.own
    offer, kept = own.offered(owner_of(request, staff)), own.factor(staff)
    shown = {"secret": offer.secret, "image": IMAGE, "factor": kept, "fault": fault and fault.value}
    return render(request, "own_factor/page.html", status=fault_status(fault), **shown)
