"""Every refusal of the API as RFC 9457 `application/problem+json`, with a sentence that says what to do."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import (
    Conflict,
    Forbidden,
    NeedlepointError,
    NoResult,
    NotUnderstood,
    RasaError,
    StorageError,
    TooLong,
)
from bot.web.parts import parts_of
from bot.web.render import shown
from bot.web.shapes import Problem

MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[NeedlepointError], int] = {
    TooLong: 413,
    NotUnderstood: 422,
    Conflict: 409,
    Forbidden: 401,
    StorageError: 503,
    RasaError: 503,
}
ADVICE: Mapping[int, str] = {
    401: "Open a new session with POST /api/chat/sessions and send its token as `Authorization: Bearer TOKEN`.",
    404: "There is nothing at this address; the API is described at /api/openapi.json.",
    405: "This address does not take that method; the API is described at /api/openapi.json.",
    500: "Something went wrong on our side; send the same request again, with the same id, in a minute.",
    503: "Nothing was stored; send the same request again, with the same id, in a few seconds.",
}


class RateLimited(Exception):
    """Too much came in from one session or address; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Refused(Exception):
    """A request that a route refuses with this status and sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def problem(
    status: int, detail: str, *, replies: Sequence[Any] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """A problem+json answer; `replies` are safety texts the patient must see although nothing else worked."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if replies:
        body["replies"] = list(replies)
    return Response(json.dumps(body), status, headers=headers, media_type=MEDIA_TYPE)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems a route may answer, for its OpenAPI description."""
    schema = {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}
    return {status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: schema}} for status in statuses}


def add_handlers(app: FastAPI) -> None:
    """Make every error of this application a problem+json answer."""
    app.add_exception_handler(NeedlepointError, _on_known_error)
    app.add_exception_handler(RateLimited, _on_rate_limit)
    app.add_exception_handler(Refused, _on_refusal)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_bad_request)


async def _on_known_error(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}.get(status)
    detail = str(error) if status in (409, 413, 422) and str(error) else ADVICE.get(status, ADVICE[500])
    return problem(status, detail, replies=_still_shown(request, error), headers=headers)


def _still_shown(request: Request, error: Exception) -> list[Any]:
    """What the patient sees although the message was not taken; one that is too long may hold an emergency."""
    if isinstance(error, TooLong):
        return shown(parts_of(request).conversations.signpost())
    return shown(error.replies) if isinstance(error, StorageError | NoResult) else []


async def _on_rate_limit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RateLimited)
    detail = f"Too many requests; send it again, with the same id, in {error.seconds} s."
    headers = {"Retry-After": str(error.seconds)}
    return problem(429, detail, replies=shown(parts_of(request).conversations.signpost()), headers=headers)


async def _on_refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return problem(error.status, error.detail, headers=headers)


async def _on_http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, ADVICE.get(error.status_code, error.detail), headers=error.headers)


async def _on_bad_request(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem(422, "The request does not fit its description at /api/openapi.json.")
