"""How every route of an appointment's page answers: its refusals are pages, and nobody keeps or indexes them."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from bot.errors import Forbidden, StorageError
from bot.web.pages import context
from bot.web.problems import Refused

HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose refusals are pages."""

    def get_route_handler(self) -> Handler:
        """The route's handler with the refusals around it."""
        return partial(_answer, super().get_route_handler())


def page(request: Request, name: str, *, status: int = 200, **shown: Any) -> Response:
    """A page with the clinic's facts and what is shown on it."""
    made: Response = request.app.state.templates.TemplateResponse(
        request, f"appointment/{name}", {**context(request), **shown}, status_code=status, headers=HEADERS
    )
    return made


async def _answer(handler: Handler, request: Request) -> Response:
    try:
        return await handler(request)
    except Forbidden:
        return page(request, "refused.html", status=404, reason="unknown")
    except Refused as refusal:
        return page(request, "refused.html", status=refusal.status, reason="form")
    except StorageError:
        return page(request, "refused.html", status=503, reason="storage")
