"""POST /api/understand: what one message expresses, for systems that have the API key."""

import hmac

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from bot.web.bodies import described_body, read_body
from bot.web.limits import admit_request
from bot.web.parts import parts_of
from bot.web.problems import Refused, described
from bot.web.shapes import Line

router = APIRouter(prefix="/api", tags=["understand"], dependencies=[Depends(admit_request)])
CLOSED = "This address is closed: the clinic has set no API_KEY."
NO_KEY = "Send the clinic's API key as `Authorization: Bearer KEY`."


@router.post(
    "/understand",
    responses=described(400, 401, 413, 422, 429, 503),
    openapi_extra={**described_body(Line), "security": [{"key": []}]},
)
async def understand(request: Request) -> Response:
    """Findings, regions, flags and intents of one message, in the line format of `needlepoint understand`."""
    _check_key(request)
    line = await read_body(request, Line)
    read = await parts_of(request).understand(line.model_dump(exclude_none=True))
    return JSONResponse(dict(read))


def _check_key(request: Request) -> None:
    key = parts_of(request).settings.api_key
    if not key:
        raise Refused(401, CLOSED)
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), key.encode()):
        raise Refused(401, NO_KEY)
