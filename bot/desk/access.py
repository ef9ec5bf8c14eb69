"""Who is signed in: the session cookie, and the dependency that every page behind the door asks."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.refusals import Refused, SentElsewhere, SignedInAlready, SignInNeeded
from bot.service.desk import DeskServices
from bot.service.desk_account_records import HalfSession
from bot.service.desk_devices import device_of
from bot.service.desk_records import Device, Staff
from bot.service.desk_roles import Right

QUIET_HEADER = "x-desk-quiet"
QUIET_PARAMETER = "quiet"
"""Marks a page that asked for itself again, which is no sign that anybody still sits there."""


def desk_of(request: Request) -> DeskServices:
    """The services this desk was built with."""
    services: DeskServices = request.state.desk
    return services


def session_cookie(desk: DeskServices) -> str:
    """The cookie's name; outside a demonstration only this host, over TLS, can have set it."""
    return "needlepoint-desk" if desk.clinic.demo else "__Host-needlepoint-desk"


def session_token(request: Request) -> str | None:
    """The session token this browser sent."""
    return request.cookies.get(session_cookie(desk_of(request)))


def set_cookie(response: Response, desk: DeskServices, *, name: str, token: str) -> None:
    """A cookie that scripts cannot read, that other sites cannot send, and that ends with the browser."""
    response.set_cookie(name, token, path="/", secure=not desk.clinic.demo, httponly=True, samesite="strict")


def is_quiet(request: Request) -> bool:
    """The page asked for itself again; nobody touched anything."""
    return QUIET_HEADER in request.headers or QUIET_PARAMETER in request.query_params


def signed_in(request: Request) -> Staff:
    """The staff member at this browser; SignInNeeded when there is none."""
    token = session_token(request)
    staff = desk_of(request).accounts.session(token, quietly=is_quiet(request)) if token else None
    if staff is None:
        raise SignInNeeded
    request.state.staff = staff
    return staff


def half_signed_in(request: Request) -> HalfSession:
    """Whose password was right in this browser a moment ago; else SignInNeeded, or SignedInAlready."""
    token, desk = session_token(request), desk_of(request)
    half = desk.staff.factors.half(token) if token else None
    if half is None:
        is_whole = token is not None and desk.accounts.session(token, quietly=True) is not None
        raise SignedInAlready if is_whole else SignInNeeded
    return half


def address_of(request: Request) -> str:
    """The network address of this browser."""
    return request.client.host if request.client else "unknown"


def device(request: Request) -> Device:
    """What may be kept of this browser."""
    return device_of(agent_of(request), address_of(request))


def agent_of(request: Request) -> str:
    """What this browser says it is."""
    return request.headers.get("user-agent", "")


SignedIn = Annotated[Staff, Depends(signed_in)]
HalfSignedIn = Annotated[HalfSession, Depends(half_signed_in)]
Desk = Annotated[DeskServices, Depends(desk_of)]


def needs(right: Right) -> Any:
    """The dependency of a page, or of a whole router, that is only for staff with this right."""
    return Depends(_needing(right))


def needs_or_sends(right: Right, *, other: Right, to: str) -> Any:
    """The dependency of a page for staff with this right, which sends those who only have another to their own."""

    def check(staff: SignedIn) -> None:
        if staff.may(right):
            return
        if staff.may(other):
            raise SentElsewhere(to)
        raise Refused(403, "not_allowed")

    return Depends(check)


def _needing(right: Right) -> Callable[[Staff], None]:
    def check(staff: SignedIn) -> None:
        if not staff.may(right):
            raise Refused(403, "not_allowed")

    return check
