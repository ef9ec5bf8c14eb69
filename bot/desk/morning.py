"""The morning list: what came in since the desk closed, most urgent first, with numbers to call; made to be printed."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.pages import render
from bot.desk.route import DeskRoute
from bot.service.desk_roles import Right

router = APIRouter(route_class=DeskRoute, dependencies=[needs(Right.READ)])


@router.get("/morning")
def show_morning(request: Request, desk: Desk, staff: SignedIn) -> Response:
    """Everything that came in since the last closing and is not done."""
    since = desk.answer_clock.hours.closed_since(desk.clock.now())
    entries, is_cut = desk.inquiries.since(since, staff)
    return render(
        request,
        "morning/page.html",
        since=since,
        entries=entries,
        is_cut=is_cut,
        due=desk.answer_clock.due,
        region_labels={region.value: label for region, label in desk.protocol.region_labels.items()},
        language_names={id: one.name for id, one in desk.protocol.languages.items()},
    )
