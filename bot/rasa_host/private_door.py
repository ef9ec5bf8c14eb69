"""The one door of the rasa process: `POST /turn` and `POST /understand` for those who know the secret, `GET /ready`."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from rasa.core.agent import Agent
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.errors import EncounterError, Forbidden, InputError, NeedlepointError, NotUnderstood, RasaError, TooLong
from bot.rasa_host.canned import converse_once
from bot.rasa_host.in_process_actions import without_words
from bot.rasa_host.orders import order_of
from bot.rasa_host.turn import take_turn
from bot.rasa_host.understanding import understand
from bot.settings import Settings

log = logging.getLogger("needlepoint.rasa")
Answer = Callable[[Agent, Any], Awaitable[dict[str, Any]]]
STATUS = (
    (Forbidden, HTTPStatus.UNAUTHORIZED),
    (TooLong, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (EncounterError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RasaError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def add_door(app: Sanic, settings: Settings) -> None:
    """Give the application its three routes, and an answer in problem+json to everything that goes wrong."""
    door = Blueprint("door")
    door.add_route(_guarded(_turn, settings.rasa_secret), "/turn", methods=["POST"])
    door.add_route(_guarded(understand, settings.rasa_secret), "/understand", methods=["POST"])
    door.add_route(_ready(settings), "/ready", methods=["GET"])
    app.blueprint(door)
    app.error_handler.add(Exception, _problem)


async def _turn(agent: Agent, body: Any) -> dict[str, Any]:
    return await take_turn(agent, order_of(body))


def _guarded(answer: Answer, secret: str) -> Callable[[Request], Awaitable[HTTPResponse]]:
    """A route that asks for the secret first."""

    async def route(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {secret}".encode()):
            raise Forbidden("send the shared secret as `Authorization: Bearer SECRET`")
        return _json(await answer(request.app.ctx.agent, _body(request)))

    route.__name__ = answer.__name__.strip("_")
    return route


def _ready(settings: Settings) -> Callable[[Request], Awaitable[HTTPResponse]]:
    async def ready(request: Request) -> HTTPResponse:
        await converse_once(request.app.ctx.agent, settings)
        return _json({"ready": True})

    return ready


def _body(request: Request) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise NotUnderstood("the body is not JSON") from None


def _problem(request: Request, error: Exception) -> HTTPResponse:
    """The error as RFC 9457 problem+json; what was not meant to happen is named, never quoted."""
    status, detail = _said(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", request.path, without_words(error))
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    return _json(body, status=int(status), content_type="application/problem+json")


def _said(error: Exception) -> tuple[HTTPStatus, str]:
    if isinstance(error, NeedlepointError):
        known = (status for kind, status in STATUS if isinstance(error, kind))
        return next(known, HTTPStatus.INTERNAL_SERVER_ERROR), str(error)
    if isinstance(error, SanicException):
        status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
        return status, status.description or status.phrase
    return HTTPStatus.INTERNAL_SERVER_ERROR, without_words(error)


def _json(value: Any, *, status: int = HTTPStatus.OK, content_type: str = "application/json") -> HTTPResponse:
    return HTTPResponse(json.dumps(value), status=int(status), content_type=content_type)
