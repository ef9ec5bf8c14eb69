"""Every other address below /desk: nothing is there, which only somebody signed in is told."""

from fastapi import APIRouter
from starlette.responses import Response

from bot.desk.access import SignedIn
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute

router = APIRouter(route_class=DeskRoute)


@router.get("/{rest:path}")
def show_nothing(staff: SignedIn, rest: str) -> Response:
    """There is no such page."""
    raise not_found()
