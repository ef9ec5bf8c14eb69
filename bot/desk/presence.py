"""Who else has an inquiry open: its page says every few seconds that it is still there, and hears who else is."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import render
from bot.desk.route import DeskRoute
from bot.service.desk_roles import Right

router = APIRouter(
    prefix="/inquiries/{inquiry_id}",
    route_class=DeskRoute,
    dependencies=[needs(Right.READ), needs(Right.WORK)],
)


@router.post("/present")
def stay(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The others who have it open now."""
    present = desk.inquiries.stay(inquiry_id, staff, is_writing=bool(form.get("writing")))
    return render(request, "inquiry/present.html", present=present)
