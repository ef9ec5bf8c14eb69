"""Whether the process lives, and whether each part of it works, with the reason when it does not."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from bot.web.metrics import Figures
from bot.web.parts import Check, PartState, parts_of

router = APIRouter(tags=["health"])
PATIENCE = 5.0


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"description": "A part does not work."}})
async def readyz(request: Request) -> Response:
    """Each part with its state and reason; 503 when one that every conversation needs does not work."""
    checks = parts_of(request).checks
    states = dict(zip(checks, await asyncio.gather(*map(_state, checks.values())), strict=True))
    figures: Figures = request.app.state.figures
    for part, state in states.items():
        figures.show_part(part, state.ready)
    ready = all(state.ready for state in states.values())
    body = {
        "ready": ready,
        "degraded": [part for part, state in states.items() if state.degraded],
        "parts": {part: _shown(state) for part, state in states.items()},
    }
    return JSONResponse(body, 200 if ready else 503)


async def _state(check: Check) -> PartState:
    try:
        return await asyncio.wait_for(check(), PATIENCE)
    except TimeoutError:
        return PartState(ready=False, reason=f"no answer within {PATIENCE:.0f} s")


def _shown(state: PartState) -> dict[str, object]:
    return {"ready": state.ready, "degraded": state.degraded, "reason": state.reason}
