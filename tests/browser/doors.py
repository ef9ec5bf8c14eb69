"""The scripted clinic's endpoints beside the conversation: summary, e-mail, codes and transcript."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from tests.browser.clinic import ScriptedConversations

CODE = "K7PM-4QXD"
SUMMARY_TEXT = "Your summary\n3 of 7\nPain: “burning pain in my lower back”"
Told = dict[str, Any]


class Doors:
    """What these endpoints answer; a test may have them refuse."""

    def __init__(self, conversations: "ScriptedConversations") -> None:
        self._conversations = conversations
        self.reset()

    def reset(self) -> None:
        """As new: everything is answered."""
        self.refuses: dict[str, int] = {}
        self.mailed: list[str] = []
        self.elsewhere: list[Told] = []
        self.open: Told | None = None

    def routes(self) -> list[Route]:
        """The routes, to be asked before the application's own."""
        doors: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "GET /api/chat/summary": self._summary,
            "POST /api/chat/summary/link": self._link,
            "POST /api/chat/summary/mail": self._mail,
            "GET /api/chat/transcript": self._transcript,
            "POST /api/chat/codes": self._code,
            "POST /api/chat/resume": self._resume,
            "GET /summary/abc": self._page,
        }
        return [Route(door.split()[1], self._guarded(act), methods=[door.split()[0]]) for door, act in doors.items()]

    def _guarded(self, act: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            name = request.url.path.rsplit("/", 1)[-1]
            if status := self.refuses.get(name):
                return JSONResponse({"status": status}, status)
            return await act(request)

        return guarded

    async def _summary(self, request: Request) -> Response:
        if request.query_params.get("format") == "pdf":
            return Response(b"%PDF-1.7 summary", media_type="application/pdf")
        return Response(SUMMARY_TEXT, media_type="text/plain")

    async def _link(self, request: Request) -> Response:
        return JSONResponse({"url": "/summary/abc", "days": 7}, 201)

    async def _page(self, request: Request) -> Response:
        return Response("Summary for your physiotherapist", media_type="text/plain")

    async def _mail(self, request: Request) -> Response:
        address = (await request.json())["to"]
        if "@" not in address:
            return JSONResponse({"status": 422}, 422)
        self.mailed.append(address)
        return Response(status_code=202)

    async def _transcript(self, request: Request) -> Response:
        return JSONResponse({"entries": self.elsewhere, "open": self.open, "last": 90})

    async def _code(self, request: Request) -> Response:
        return JSONResponse({"code": CODE, "minutes": 10}, 201)

    async def _resume(self, request: Request) -> Response:
        if (await request.json())["code"].replace(" ", "-").upper() != CODE:
            return JSONResponse({"status": 404}, 404)
        opened = await self._conversations.open(channel="web", language="en")
        told = {"entries": self.elsewhere, "open": self.open, "last": 90}
        return JSONResponse({"session": opened.session, "token": opened.token, **told}, 201)


def said(id: str, text: str) -> Told:
    """A patient's entry of a transcript."""
    return {"from": "patient", "id": id, "text": text}


def replied(id: str, body: Told) -> Told:
    """A clinic's entry of a transcript."""
    return {"from": "clinic", "reply": json.loads(json.dumps({"id": id, **body}))}
