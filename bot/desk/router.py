"""The desk's routes put together: `desk_router` is what web mounts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends
from starlette.requests import Request

from bot.desk import (
    account,
    agreement,
    audit,
    caller,
    chat,
    code,
    factor_set_up,
    handing_on,
    inbox,
    inbox_export,
    inquiry,
    invitation,
    judging,
    live,
    member,
    morning,
    new_password,
    nothing,
    own_factor,
    person,
    presence,
    reports,
    set_up,
    settings,
    settings_calendar,
    settings_hours,
    settings_texts,
    sign_in,
    static_files,
    team,
    triage,
    unclear,
)
from bot.service.desk import DeskServices

WAY_IN = (sign_in, code, factor_set_up, set_up, invitation, new_password)
ACCOUNTS = (account, own_factor, team, member)
SETTINGS = (settings_hours, settings_texts, settings_calendar, settings)
"""The page of any subject comes last, for its address would take those of the others."""


class _Handing:
    """Hands the services to every page until the application ends.

    FastAPI remembers every dependency for good. One that held the services would keep the words and rules of each
    application that was exchanged for another while the process runs.
    """

    def __init__(self, services: DeskServices) -> None:
        self._services: DeskServices | None = services

    def __call__(self, request: Request) -> None:
        """This request is answered with the services."""
        request.state.desk = self._services

    @asynccontextmanager
    async def while_open(self, _: object) -> AsyncIterator[None]:
        """The services, for as long as the application runs."""
        yield
        self._services = None


def desk_router(services: DeskServices) -> APIRouter:
    """Every page of the desk on these services, under /desk."""
    handing = _Handing(services)
    router = APIRouter(include_in_schema=False, dependencies=[Depends(handing)], lifespan=handing.while_open)
    inquiries = (inbox, live, morning, inquiry, chat, judging, presence, person, handing_on, inbox_export)
    entering = (triage, caller)
    counting = (agreement, reports, unclear)
    for page in (static_files, *WAY_IN, *ACCOUNTS, *SETTINGS, audit, *counting, *inquiries, *entering, nothing):
        router.include_router(page.router, prefix="/desk")
    return router
