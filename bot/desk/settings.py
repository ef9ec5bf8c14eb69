"""The settings of the clinic for managers, a page for each subject; what is saved waits until it is applied."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import LongForm, StaffForm
from bot.desk.pages import go_to
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.settings_view import HERE, after, form_of, settings_page
from bot.errors import NotUnderstood
from bot.knowledge.place import known_regions
from bot.service.calendar_form import form_of as calendar_form_of
from bot.service.clinic_settings import Outcome
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right
from bot.settings.given import BOOKING, CALENDAR, FACTS, KEEPING, PLACE

router = APIRouter(prefix="/settings", route_class=DeskRoute, dependencies=[needs(Right.SETTINGS)])
SECTIONS: Mapping[str, tuple[str, ...]] = {"facts": FACTS, "place": PLACE, "booking": BOOKING, "keeping": KEEPING}


@router.get("")
def show_settings(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """The subjects, and what is saved and not in force yet."""
    return settings_page(request, desk, "page", section="", revision=desk.settings.revision())


@router.post("/apply")
def apply_settings(desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """What is saved comes into force, where the processes are ours to exchange."""
    is_heard = desk.settings.apply(staff)
    return go_to(f"{HERE}?told={'applying' if is_heard else 'restart'}")


@router.get("/changes")
def show_changes(request: Request, desk: Desk, staff: SignedIn, before: str = "") -> Response:
    """Who changed what, from what to what, newest first."""
    if before and not (before.isascii() and before.isdigit() and len(before) < 10):
        raise NotUnderstood("before: not a number")
    changes, older = desk.settings.past(before=int(before) if before else None)
    names = desk.audit.trail.names()
    return settings_page(request, desk, "changes", section="changes", changes=changes, older=older, names=names)


@router.get("/{section}")
def show_section(request: Request, desk: Desk, staff: SignedIn, section: str) -> Response:
    """The settings of one subject."""
    if section not in SECTIONS:
        raise not_found()
    return _page(request, desk, section)


@router.post("/{section}")
def save_section(request: Request, desk: Desk, staff: SignedIn, form: LongForm, section: str) -> Response:
    """They are saved, or the page says what is wrong with them and loses nothing of what was typed."""
    if section not in SECTIONS:
        raise not_found()
    typed = {name: form[name] for name in SECTIONS[section] if name in form}
    outcome = desk.settings.save(staff, form_of(form, typed))
    return after(outcome, f"/{section}") or _page(request, desk, section, typed=typed, outcome=outcome)


def _page(
    request: Request,
    desk: DeskServices,
    section: str,
    *,
    typed: Mapping[str, str] | None = None,
    outcome: Outcome | None = None,
) -> Response:
    fields, revision = desk.settings.shown(SECTIONS[section])
    shown: dict[str, Any] = {"fields": fields, "revision": revision, "typed": typed or {}, "regions": known_regions()}
    if section == "booking":
        calendar, _ = desk.settings.shown((CALENDAR,))
        shown |= {"calendar": calendar[CALENDAR], "form": calendar_form_of(calendar[CALENDAR].value)}
    template = "booking" if section == "booking" else "section"
    return settings_page(request, desk, template, section=section, outcome=outcome, **shown)
