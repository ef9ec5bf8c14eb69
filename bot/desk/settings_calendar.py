"""The clinic's own calendar: its rules, its holidays, and a page for each practitioner."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import LongForm, StaffForm
from bot.desk.pages import go_to
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.settings_view import HERE, after, form_of, settings_page, version_in
from bot.service.calendar_file import BOUNDS, WEEKDAYS
from bot.service.calendar_form import (
    CalendarForm,
    PractitionerForm,
    with_practitioner,
    with_rules,
    without_practitioner,
)
from bot.service.calendar_form import form_of as calendar_form_of
from bot.service.clinic_settings import Form, Outcome, Saved
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right
from bot.settings.given import CALENDAR

router = APIRouter(prefix="/settings/calendar", route_class=DeskRoute, dependencies=[needs(Right.SETTINGS)])
NEW = "new"


@router.get("")
def show_calendar(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """Its rules and holidays."""
    return _rules_page(request, desk, _form(desk))


@router.post("")
def save_calendar(request: Request, desk: Desk, staff: SignedIn, form: LongForm) -> Response:
    """They are saved with the practitioners as they are; or the clinic's own file counts again."""
    numbers = {name: form.get(name, "") for name in BOUNDS}
    holidays = form.get("holidays", "")
    text = with_rules(_text(desk), numbers=numbers, holidays=holidays)
    outcome = desk.settings.save(staff, form_of(form, {CALENDAR: text}))
    typed = CalendarForm(numbers, holidays, ())
    return after(outcome, "/calendar") or _rules_page(request, desk, typed, outcome=outcome)


@router.get("/{practitioner}")
def show_practitioner(request: Request, desk: Desk, staff: SignedIn, practitioner: str) -> Response:
    """Name, languages and weekly hours."""
    return _practitioner_page(request, desk, _one(desk, practitioner))


@router.post("/{practitioner}")
def save_practitioner(request: Request, desk: Desk, staff: SignedIn, form: LongForm, practitioner: str) -> Response:
    """They are saved; times that are booked already stay as they are."""
    hours = {day: form.get(day, "") for day in WEEKDAYS}
    known = _one(desk, practitioner)
    typed = PractitionerForm(known.id, form.get("name", "").strip(), form.get("languages", ""), hours)
    outcome = _save(desk, staff, form, text=with_practitioner(_text(desk), typed))
    return after(outcome, "/booking") or _practitioner_page(request, desk, typed, outcome=outcome)


@router.post("/{practitioner}/remove")
def remove_practitioner(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, practitioner: str) -> Response:
    """Patients can no longer ask for this practitioner; times that are booked already stay."""
    known = _one(desk, practitioner)
    outcome = _save(desk, staff, form, text=without_practitioner(_text(desk), known.id))
    if outcome.saved in (Saved.DONE, Saved.SAME):
        return go_to(f"{HERE}/booking?told=done")
    return _practitioner_page(request, desk, known, outcome=outcome)


def _save(desk: DeskServices, staff: SignedIn, form: Mapping[str, str], *, text: str) -> Outcome:
    return desk.settings.save(staff, Form({CALENDAR: text}, version_in(form)))


def _text(desk: DeskServices) -> str:
    return desk.settings.shown((CALENDAR,))[0][CALENDAR].value


def _form(desk: DeskServices) -> CalendarForm:
    return calendar_form_of(_text(desk))


def _one(desk: DeskServices, id: str) -> PractitionerForm:
    found = PractitionerForm() if id == NEW else _form(desk).practitioner(id)
    if found is None:
        raise not_found()
    return found


def _rules_page(
    request: Request, desk: DeskServices, form: CalendarForm, *, outcome: Outcome | None = None
) -> Response:
    fields, revision = desk.settings.shown((CALENDAR,))
    shown = {"form": form, "field": fields[CALENDAR], "revision": revision, "bounds": BOUNDS}
    return settings_page(request, desk, "calendar", section="booking", outcome=outcome, **shown)


def _practitioner_page(
    request: Request, desk: DeskServices, one: PractitionerForm, *, outcome: Outcome | None = None
) -> Response:
    shown = {"one": one, "revision": desk.settings.revision(), "weekdays": WEEKDAYS}
    return settings_page(request, desk, "practitioner", section="booking", outcome=outcome, **shown)
