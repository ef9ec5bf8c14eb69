"""The audit page: who did what to which opaque id and when, filtered in the address, and the same as a CSV file."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import render
from bot.desk.route import DeskRoute
from bot.errors import NotUnderstood
from bot.service.audit_records import Asked
from bot.service.csv_file import CSV
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right

router = APIRouter(prefix="/audit", route_class=DeskRoute, dependencies=[needs(Right.AUDIT)])
ACTION = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,30}")
OPAQUE = re.compile(r"[0-9A-Za-z_-]{1,64}")
FILTERS = ("action", "staff", "subject", "day")


@router.get("")
def show_audit(request: Request, desk: Desk, staff: SignedIn, before: str = "") -> Response:
    """One page of the lines that the address asks for, newest first."""
    wanted = {name: request.query_params.get(name, "").strip() for name in FILTERS}
    page = desk.audit.page(_asked(desk, wanted), staff, before=_line(before))
    shown: dict[str, Any] = {
        "page": page,
        "wanted": wanted,
        "before": before,
        "kept": urlencode({name: value for name, value in wanted.items() if value}),
    }
    return render(request, "audit/page.html", **shown)


@router.post("/export")
def export_audit(desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """Every line that was asked for as a CSV file, oldest first."""
    wanted = {name: form.get(name, "").strip() for name in FILTERS}
    lines = desk.audit.export(_asked(desk, wanted), staff)
    today = desk.clock.now().astimezone(desk.clinic.zone).date().isoformat()
    attached = {"Content-Disposition": f'attachment; filename="audit-{today}.csv"'}
    return StreamingResponse(lines, media_type=CSV, headers=attached)


def _asked(desk: DeskServices, wanted: Mapping[str, str]) -> Asked:
    since, until = desk.audit.day(_day(wanted["day"])) if wanted["day"] else (None, None)
    return Asked(
        since=since,
        until=until,
        actor=_matching(OPAQUE, wanted["staff"]),
        action=_matching(ACTION, wanted["action"]),
        subject=_matching(OPAQUE, wanted["subject"]),
    )


def _matching(pattern: re.Pattern[str], value: str) -> str | None:
    if not value:
        return None
    if not pattern.fullmatch(value):
        raise NotUnderstood("the address asks for something that no line of the audit can have")
    return value


def _day(value: str) -> date:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise NotUnderstood("the address names no day") from None
    if not 2000 <= day.year < 3000:
        raise NotUnderstood("the address names no day of this system")
    return day


def _line(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise NotUnderstood("the address names no line of the audit")
    return int(value)
