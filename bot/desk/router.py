"""The desk's routes put together: `desk_router` is what web mounts."""

from collections.abc import Callable

from fastapi import APIRouter, Depends
from starlette.requests import Request

from bot.desk import inbox, inquiry, live, morning, nothing, presence, set_up, sign_in, static_files
from bot.service.desk import DeskServices


def desk_router(services: DeskServices) -> APIRouter:
    """Every page of the desk on these services, under /desk."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(_handing(services))])
    for page in (static_files, sign_in, set_up, inbox, live, morning, inquiry, presence, nothing):
        router.include_router(page.router, prefix="/desk")
    return router


def _handing(services: DeskServices) -> Callable[[Request], None]:
    def hand(request: Request) -> None:
        request.state.desk = services

    return hand
