"""The route of the desk's own files; a file asked for by its version never needs asking again."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from bot.desk.assets import FOLDER, KINDS, version
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute

router = APIRouter(route_class=DeskRoute)
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def send_file(request: Request, name: str) -> Response:
    """One of the desk's own files; they hold nothing of any patient and need no sign-in."""
    if name not in KINDS:
        raise not_found()
    kept = FOR_EVER if request.query_params.get("v") == version(name) else "no-cache"
    return FileResponse(FOLDER / name, media_type=KINDS[name], headers={"Cache-Control": kept})
