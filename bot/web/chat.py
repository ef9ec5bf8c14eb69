"""The chat API: open a session, send a message, see what is known, receive later replies (contracts.md)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sse_starlette import EventSourceResponse
from starlette.responses import JSONResponse, Response

from bot.service.records import Incoming
from bot.web.bodies import described_body, read_body
from bot.web.events import stream
from bot.web.limits import admit_message, admit_request, admit_session
from bot.web.parts import parts_of
from bot.web.problems import Refused, described
from bot.web.render import replies_answer
from bot.web.shapes import EncounterShape, NewMessage, NewSession, OpenedSession, Replies

router = APIRouter(prefix="/api/chat", tags=["chat"], dependencies=[Depends(admit_request)])
BEARER: dict[str, Any] = {"security": [{"session": []}]}
NO_TOKEN = "Send the session's token as `Authorization: Bearer TOKEN`; POST /api/chat/sessions gives a new one."


def session_of(request: Request) -> str:
    """The session that the request's bearer token opens; Forbidden when it opens none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(401, NO_TOKEN)
    return parts_of(request).conversations.session_of(token.strip())


Session = Annotated[str, Depends(session_of)]


@router.post(
    "/sessions",
    status_code=201,
    response_model=OpenedSession,
    responses=described(400, 413, 422, 429, 503),
    openapi_extra=described_body(NewSession),
    dependencies=[Depends(admit_session)],
)
async def open_session(request: Request) -> Response:
    """A new session with its token and the opening notice."""
    wanted = await read_body(request, NewSession)
    opened = await parts_of(request).conversations.open(channel=wanted.channel, language=wanted.language)
    return replies_answer(opened.replies, status=201, session=opened.session, token=opened.token)


@router.post(
    "/messages",
    response_model=Replies,
    responses=described(400, 401, 409, 413, 422, 429, 503),
    openapi_extra={**described_body(NewMessage), **BEARER},
)
async def send_message(request: Request, session_id: Session) -> Response:
    """The replies to one message; the same id again gives the same answer and changes nothing."""
    admit_message(request, session_id)
    message = await read_body(request, NewMessage)
    replies = await parts_of(request).conversations.take(session_id, incoming(message))
    return replies_answer(replies)


@router.get("/encounter", response_model=EncounterShape, responses=described(401, 429, 503), openapi_extra=BEARER)
async def show_encounter(request: Request, session_id: Session) -> Response:
    """What is known of the patient so far."""
    return JSONResponse(dict(await parts_of(request).conversations.encounter(session_id)))


@router.get(
    "/events",
    responses={200: {"content": {"text/event-stream": {}}}, **described(401, 429)},
    response_class=EventSourceResponse,
    openapi_extra=BEARER,
)
async def events(request: Request, session_id: Session) -> Response:
    """Server-sent events: replies that arrive later; `Last-Event-ID` resumes after that reply."""
    return stream(request, session_id)


def incoming(message: NewMessage) -> Incoming:
    """The message as the service takes it."""
    choices = (message.choice,) if message.choice is not None else tuple(message.choices or ())
    return Incoming(id=message.id, text=message.text, choices=choices, in_reply_to=message.in_reply_to)
