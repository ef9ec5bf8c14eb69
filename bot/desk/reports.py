"""The reports: how far chats come, what is found, how soon staff answer; a page with a plot for each, and CSV."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.service.csv_file import CSV
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right
from bot.service.report_period import LAST, USUAL, BadPeriod, Period, last_days, read_period
from bot.service.report_records import Counted

router = APIRouter(prefix="/reports", route_class=DeskRoute, dependencies=[needs(Right.REPORT)])


@router.get("")
def show_reports(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """From start to booked."""
    desk.audit.looked(staff, "report.read")
    return show(request, desk, Counted.START)


@router.get("/{subject}")
def show_report(request: Request, desk: Desk, staff: SignedIn, subject: str) -> Response:
    """One subject of a period: a plot and the same figures as a table."""
    asked = _subject(subject)
    desk.audit.looked(staff, "report.read")
    return show(request, desk, asked)


@router.post("/{subject}/csv")
def export_report(desk: Desk, staff: SignedIn, form: StaffForm, subject: str) -> Response:
    """The table of the page as a CSV file, with nothing that the page does not show."""
    asked, period = _subject(subject), read_period(form, today=desk.reports.today())
    desk.audit.looked(staff, "report.exported")
    lines = desk.reports.export(desk.reports.report(asked, period))
    name = f"{asked.value}-{period.first}-{period.last}.csv"
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type=CSV, headers=attached)


def show(request: Request, desk: DeskServices, subject: Counted, *, template: str = "reports/page.html") -> Response:
    """The page of a subject; where the address names no period, what is wrong with it and the usual one."""
    period, trouble = _period(request, desk)
    shown: dict[str, Any] = {
        "report": desk.reports.report(subject, period),
        "subject": subject.value,
        "subjects": [one.value for one in Counted],
        "trouble": trouble,
        "asked": {name: request.query_params.get(name, "") for name in ("from", "to")},
        "last": LAST,
        "today": desk.reports.today(),
        "kept": urlencode(period.pairs()),
        "clock": desk.answer_clock,
    }
    return render(request, template, status=400 if trouble else 200, **shown)


def _period(request: Request, desk: DeskServices) -> tuple[Period, str]:
    today = desk.reports.today()
    try:
        return read_period(request.query_params, today=today), ""
    except BadPeriod as bad:
        return last_days(str(USUAL), today=today), bad.reason


def _subject(value: str) -> Counted:
    try:
        return Counted(value)
    except ValueError:
        raise not_found() from None
