"""One log line and one figure per request, by route and never by address: no words, names or tokens of patients.

An error that nothing else caught ends here: it is logged by type and place only, and the client gets a problem+json.
"""

import time
import traceback
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.metrics import Figures
from bot.web.problems import ADVICE, problem
from bot.web.render import shown

log = structlog.get_logger("needlepoint.web")


class Access:
    """Counts and logs every request and turns unforeseen errors into an answer."""

    def __init__(self, app: ASGIApp, *, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application, then write down how it went."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        status: list[int] = []
        started = time.perf_counter()

        async def note_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        except Exception as error:  # noqa: BLE001  # the last place that can answer the patient
            _log_error(scope, error)
            if not status:
                replies = shown(scope["app"].state.parts.conversations.signpost())
                await problem(500, ADVICE[500], replies=replies)(scope, receive, note_status)
        finally:
            self._note(scope, status[0] if status else 499, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route, method = route_of(scope), scope["method"]
        self._figures.count(route, method=method, status=status, seconds=seconds)
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def route_of(scope: Scope) -> str:
    """The template of the route that answered, such as /desk/inquiries/{id}; never the address itself."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", None) or "unknown")


def _log_error(scope: Scope, error: Exception) -> None:
    """Type and place of the error; its message may hold a patient's words."""
    places = [
        f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    log.error("unforeseen error", route=route_of(scope), error=type(error).__name__, places=places[-6:])
