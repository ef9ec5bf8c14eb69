"""Forms: read within limits, and only from a page of this desk that this very browser was shown."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends
from starlette.requests import Request

from bot.desk.access import HalfSignedIn, SignedIn, desk_of, session_token
from bot.desk.refusals import Refused
from bot.service.desk import DeskServices

TOKEN_FIELD = "form_token"
MOST_FIELDS = 20
LARGEST = 64 * 1024
MOST_TICKED = 60
"""Fields of a form with lists to tick; the chat takes as many choices."""
LARGEST_PASTED = 128 * 1024
"""8,000 characters of any script, as a browser writes them."""
OWN_SITE = ("same-origin", "none")


def visitor_cookie(desk: DeskServices) -> str:
    """The cookie that ties the forms shown before signing in to one browser."""
    return "needlepoint-visitor" if desk.clinic.demo else "__Host-needlepoint-visitor"


def visitor_key(request: Request) -> str:
    """The visitor's key: the one this browser has, or a new one that the page sets."""
    known = request.cookies.get(visitor_cookie(desk_of(request)))
    if known is None:
        known = getattr(request.state, "visitor_key", None) or secrets.token_urlsafe(32)
        request.state.visitor_key = known
    return known


def form_token(request: Request) -> str:
    """What a form on this page must carry: made from the cookie, which no other site can read."""
    key = session_token(request) if getattr(request.state, "staff", None) else visitor_key(request)
    return _token(key or "")


async def _visitor_form(request: Request) -> Mapping[str, str]:
    return await _checked(request, request.cookies.get(visitor_cookie(desk_of(request))))


async def _staff_form(request: Request, staff: SignedIn) -> Mapping[str, str]:
    return await _checked(request, session_token(request))


async def _long_form(request: Request, staff: SignedIn) -> Mapping[str, str]:
    return await _checked(request, session_token(request), largest=LARGEST_PASTED, fields=MOST_TICKED)


async def _half_form(request: Request, half: HalfSignedIn) -> Mapping[str, str]:
    return await _visitor_form(request)


VisitorForm = Annotated[Mapping[str, str], Depends(_visitor_form)]
HalfForm = Annotated[Mapping[str, str], Depends(_half_form)]
StaffForm = Annotated[Mapping[str, str], Depends(_staff_form)]
LongForm = Annotated[Mapping[str, str], Depends(_long_form)]
"""The form of a page where long texts are pasted or lists are ticked."""


async def _checked(
    request: Request, key: str | None, *, largest: int = LARGEST, fields: int = MOST_FIELDS
) -> Mapping[str, str]:
    if not _from_own_page(request):
        raise Refused(403, "foreign_form")
    sent = await _fields(request, largest=largest, most=fields)
    if not key or not hmac.compare_digest(sent.get(TOKEN_FIELD, "").encode(), _token(key).encode()):
        raise Refused(403, "foreign_form")
    return sent


def _from_own_page(request: Request) -> bool:
    """What the browser says of where the form was; old ones say nothing, and the token alone decides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in OWN_SITE
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def _fields(request: Request, *, largest: int, most: int) -> dict[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise Refused(413, "not_understood")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most, errors="strict")
    except ValueError:
        raise Refused(400, "not_understood") from None
    return {name: _plain(value) for name, value in pairs}


def _plain(value: str) -> str:
    """Typed text with plain line ends and without the characters that no database and no screen can hold."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable() or ord(sign) > 159)


def _token(key: str) -> str:
    return hmac.new(key.encode(), b"a form of the desk", hashlib.sha256).hexdigest()
