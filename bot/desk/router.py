"""The desk's routes put together: `desk_router` is what web mounts."""

from collections.abc import Callable

from fastapi import APIRouter, Depends
from starlette.requests import Request

from bot.desk import (
    account,
    agreement,
    audit,
    caller,
    code,
    factor_set_up,
    inbox,
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
    set_up,
    settings,
    settings_calendar,
    settings_hours,
    settings_texts,
    sign_in,
    static_files,
    team,
    triage,
)
from bot.service.desk import DeskServices

WAY_IN = (sign_in, code, factor_set_up, set_up, invitation, new_password)
ACCOUNTS = (account, own_factor, team, member)
SETTINGS = (settings_hours, settings_texts, settings_calendar, settings)
"""The page of any subject comes last, for its address would take those of the others."""


def desk_router(services: DeskServices) -> APIRouter:
    """Every page of the desk on these services, under /desk."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(_handing(services))])
    inquiries = (inbox, live, morning, inquiry, judging, presence, person)
    entering = (triage, caller)
    for page in (static_files, *WAY_IN, *ACCOUNTS, *SETTINGS, audit, agreement, *inquiries, *entering, nothing):
        router.include_router(page.router, prefix="/desk")
    return router


def _handing(services: DeskServices) -> Callable[[Request], None]:
    def hand(request: Request) -> None:
        request.state.desk = services

    return hand
