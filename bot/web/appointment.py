"""The page of an appointment, opened by its link alone: see it, give it back, move it, put it into a calendar.

Nothing is changed by looking, for mail programs open links too: changes are forms, and only those of this page count.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from bot.errors import Forbidden
from bot.service.appointments import Appointments, Outcome
from bot.web.appointment_route import HEADERS, PageRoute, page
from bot.web.limits import admit_request
from bot.web.parts import parts_of
from bot.web.problems import Refused

OWN_SITE = ("same-origin", "none")
LARGEST, LONGEST_SLOT = 2048, 100
CALENDAR_FILE = "text/calendar; charset=utf-8"
TOLD = {outcome.value for outcome in Outcome}

router = APIRouter(
    prefix="/appointment", include_in_schema=False, dependencies=[Depends(admit_request)], route_class=PageRoute
)


@router.get("/{token}.ics")
async def calendar_file(request: Request, token: str) -> Response:
    """The appointment for the patient's own calendar."""
    file = await _appointments(request).file(token)
    if file is None:
        raise Forbidden("the link opens no appointment")
    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(file, media_type=CALENDAR_FILE, headers=headers)


@router.get("/{token}")
async def show(request: Request, token: str, told: str = "") -> Response:
    """The appointment, with what can be done about it."""
    shown = await _appointments(request).show(token)
    if shown is None:
        raise Forbidden("the link opens no appointment")
    return page(request, "page.html", shown=shown, told=told if told in TOLD else "")


@router.get("/{token}/cancel")
async def ask_to_cancel(request: Request, token: str) -> Response:
    """Whether they mean it."""
    shown = await _appointments(request).show(token)
    if shown is None or shown.state != "confirmed":
        return _back(token, "")
    return page(request, "cancel.html", shown=shown)


@router.get("/{token}/times")
async def other_times(request: Request, token: str, number: Annotated[int, Query(alias="page")] = 0) -> Response:
    """Free times to move to."""
    appointments = _appointments(request)
    shown = await appointments.show(token)
    if shown is None or shown.state != "confirmed":
        return _back(token, "")
    times = await appointments.times(token, page=max(0, min(number, 10_000)))
    return page(request, "times.html", shown=shown, times=times)


@router.post("/{token}/cancel")
async def cancel(request: Request, token: str) -> Response:
    """Give it back."""
    await _own_form(request)
    return _back(token, (await _appointments(request).cancel(token)).value)


@router.post("/{token}/move")
async def move(request: Request, token: str) -> Response:
    """Move it to the time that was chosen."""
    slot = (await _own_form(request)).get("slot", "")[:LONGEST_SLOT]
    outcome = await _appointments(request).move(token, slot)
    return _back(token, outcome.value)


def _appointments(request: Request) -> Appointments:
    found = parts_of(request).appointments
    if found is None:
        raise Forbidden("this clinic books no times")
    return found


async def _own_form(request: Request) -> dict[str, str]:
    """The form's fields, from this page only; where an old browser does not say whence, the secret link decides."""
    if request.headers.get("sec-fetch-site", "none") not in OWN_SITE:
        raise Refused(403, "This form was not sent from the page of the appointment.")
    if int(request.headers.get("content-length") or 0) > LARGEST:
        raise Refused(413, "This form is too long.")
    form = await request.form(max_files=0, max_fields=4)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _back(token: str, told: str) -> Response:
    path = f"/appointment/{token}" + (f"?told={told}" if told else "")
    return RedirectResponse(path, status_code=303, headers=HEADERS)
