"""What the inbox shows, taken out as a CSV file: one row for each inquiry, under the filters in the address."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.route import DeskRoute
from bot.service.csv_file import CSV
from bot.service.desk_filters import read_query
from bot.service.desk_roles import Right

router = APIRouter(prefix="/export", route_class=DeskRoute, dependencies=[needs(Right.EXPORT)])


@router.post("")
def export_inbox(request: Request, desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """The whole list, not only the page of it that is shown."""
    lines = desk.exports.inbox(read_query(request.query_params.multi_items()), staff)
    today = desk.clock.now().astimezone(desk.clinic.zone).date().isoformat()
    attached = {"Content-Disposition": f'attachment; filename="inquiries-{today}.csv"'}
    return StreamingResponse(lines, media_type=CSV, headers=attached)
