"""Coming back: the transcript of a session, and one-time codes that continue it on another device."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from bot.service.codes import MINUTES
from bot.service.resuming import Entry, Transcript
from bot.web.bodies import described_body, read_body
from bot.web.chat import BEARER, Session
from bot.web.limits import admit_code, admit_message, admit_request, forgive_code
from bot.web.parts import Resuming, parts_of
from bot.web.problems import Refused, described
from bot.web.shapes import CodeShape, ResumedSession, TranscriptShape, TypedCode

router = APIRouter(prefix="/api/chat", tags=["chat"], dependencies=[Depends(admit_request)])
WRONG = "This code opens nothing: it is not right, was used, or is too old. Make a new one on the other device."


def _resuming(request: Request) -> Resuming:
    resuming = parts_of(request).resuming
    if resuming is None:
        raise Refused(404, "This server continues no conversations.")
    return resuming


@router.get(
    "/transcript", response_model=TranscriptShape, responses=described(401, 404, 429, 503), openapi_extra=BEARER
)
async def show_transcript(request: Request, session_id: Session) -> Response:
    """Everything said so far, and the question that is open."""
    return JSONResponse(_shown(await _resuming(request).transcript(session_id)))


@router.post(
    "/codes",
    status_code=201,
    response_model=CodeShape,
    responses=described(401, 404, 409, 429, 503),
    openapi_extra=BEARER,
)
async def make_code(request: Request, session_id: Session) -> Response:
    """A code that opens this conversation once, on another device; a new one replaces the one before."""
    admit_message(request, session_id)
    code = await _resuming(request).make_code(session_id)
    return JSONResponse({"code": code, "minutes": MINUTES}, 201)


@router.post(
    "/resume",
    status_code=201,
    response_model=ResumedSession,
    responses=described(400, 404, 413, 422, 429, 503),
    openapi_extra=described_body(TypedCode),
)
async def resume(request: Request) -> Response:
    """The conversation that a code opens, with a token of its own; 404, whatever is wrong with the code."""
    resuming, typed = _resuming(request), await read_body(request, TypedCode)
    admit_code(request)
    resumed = await resuming.resume(typed.code)
    if resumed is None:
        raise Refused(404, WRONG)
    forgive_code(request)
    opened = {"session": resumed.session, "token": resumed.token}
    return JSONResponse({**opened, **_shown(resumed.transcript)}, 201)


def _shown(transcript: Transcript) -> dict[str, Any]:
    return {
        "entries": [_entry(entry) for entry in transcript.entries],
        "open": transcript.open.public() if transcript.open else None,
        "last": transcript.last,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    if entry.reply is not None:
        return {"from": "clinic", "reply": entry.reply.public()}
    return {"from": "patient", "id": entry.id, "text": entry.text}
