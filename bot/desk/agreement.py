"""The page of rule review: how often staff agreed with the screening's level, and every judgement as a CSV file."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.reports import show
from bot.desk.route import DeskRoute
from bot.service.csv_file import CSV
from bot.service.desk_roles import Right
from bot.service.report_records import Counted

router = APIRouter(prefix="/agreement", route_class=DeskRoute, dependencies=[needs(Right.REPORT)])


@router.get("")
def show_agreement(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """The counts of a period, level by level: a report with the way to the judgements behind it."""
    desk.audit.looked(staff, "judgements.read")
    return show(request, desk, Counted.AGREEMENT)


@router.post("/export", dependencies=[needs(Right.READ)])
def export_judgements(desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """Every judgement with rules and levels; with quotes and reasons only where records may be taken out.

    Each line is of one patient, so it is for those who see patients; the counts are for all who see reports.
    """
    desk.audit.looked(staff, "judgements.exported")
    today = desk.clock.now().astimezone(desk.clinic.zone).date().isoformat()
    attached = {"Content-Disposition": f'attachment; filename="judgements-{today}.csv"'}
    return StreamingResponse(desk.judgements.export(staff), media_type=CSV, headers=attached)
