"""The page of the opening hours: a line for each weekday, the closed days, and how soon staff answer."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import LongForm
from bot.desk.route import DeskRoute
from bot.desk.settings_view import after, form_of, settings_page
from bot.service.clinic_settings import Outcome, Saved, Shown
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right
from bot.settings.given import HOURS
from bot.settings.hours import DAYS, hours_by_day, hours_of_days, read_hours

router = APIRouter(prefix="/settings/hours", route_class=DeskRoute, dependencies=[needs(Right.SETTINGS)])
OPENING = "OPENING_HOURS"
DAY = "day."
NO_HOURS = "needs at least one day with hours"


@router.get("")
def show_hours(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """The week as it is set."""
    return _page(request, desk)


@router.post("")
def save_hours(request: Request, desk: Desk, staff: SignedIn, form: LongForm) -> Response:
    """The week is saved, or the page says which day cannot be read."""
    typed = {name: form[name] for name in (*HOURS, *(DAY + day for day in DAYS)) if name in form}
    faults = _faults(typed)
    if faults:
        return _page(request, desk, typed=typed, outcome=Outcome(Saved.REFUSED, faults))
    values = {name: value for name, value in typed.items() if name in HOURS}
    outcome = desk.settings.save(staff, form_of(form, {**values, OPENING: _whole(desk, typed)}))
    return after(outcome, "/hours") or _page(request, desk, typed=typed, outcome=outcome)


def _whole(desk: DeskServices, typed: Mapping[str, str]) -> str:
    """The setting of these days; as it is written now, or by the server, where that says the same."""
    written = hours_of_days({day: typed.get(DAY + day, "") for day in DAYS})
    shown = desk.settings.shown((OPENING,))[0][OPENING]
    same = (known for known in (shown.value, shown.without) if read_hours(known) == read_hours(written))
    return next(same, written)


def _faults(typed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    faults: dict[str, tuple[str, ...]] = {}
    for day in DAYS:
        try:
            read_hours(hours_of_days({day: typed.get(DAY + day, "")}))
        except ValueError:
            faults[DAY + day] = ("must be hours such as 9:00-12:00, 13:00-17:00, or nothing when closed",)
    if not any(typed.get(DAY + day, "").strip() for day in DAYS):
        faults[OPENING] = (NO_HOURS,)
    return faults


def _page(
    request: Request, desk: DeskServices, *, typed: Mapping[str, str] | None = None, outcome: Outcome | None = None
) -> Response:
    fields, revision = desk.settings.shown(HOURS)
    shown = {
        "fields": fields,
        "revision": revision,
        "typed": typed or {},
        "week": {DAY + day: hours for day, hours in _week(fields).items()},
    }
    return settings_page(request, desk, "hours", section="hours", outcome=outcome, **shown)


def _week(fields: Mapping[str, Shown]) -> Mapping[str, str]:
    try:
        return hours_by_day(read_hours(fields[OPENING].value))
    except ValueError:
        return dict.fromkeys(DAYS, "")
