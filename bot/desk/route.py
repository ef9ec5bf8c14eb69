"""How every route of the desk answers: its refusals are pages, and nothing it shows is kept by a browser."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.pages import go_to, render
from bot.desk.refusals import Refused, SentElsewhere, SignedInAlready, SignInNeeded
from bot.desk.way_in import HOME, answer_visitor
from bot.errors import NotUnderstood, StorageError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


class DeskRoute(APIRoute):
    """A route whose refusals are pages and whose answers carry the desk's headers."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with the refusals of the desk around it."""
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await _answer(original, request)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return handler


async def _answer(original: Callable[[Request], Coroutine[Any, Any, Response]], request: Request) -> Response:
    try:
        return await original(request)
    except SignInNeeded:
        return answer_visitor(request)
    except SignedInAlready:
        return go_to(HOME)
    except SentElsewhere as sent:
        return go_to(sent.address)
    except Refused as refusal:
        return render(request, "refused/page.html", status=refusal.status, reason=refusal.reason)
    except NotUnderstood:
        return render(request, "refused/page.html", status=400, reason="not_understood")
    except StorageError:
        return render(request, "refused/page.html", status=503, reason="storage")
