"""The pages that patients see: the clinic's page with the chat on it, the chat's frame, and the one script tag."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import FileResponse, Response

from bot.web.assets import ASK_AGAIN, FOLDER, address
from bot.web.parts import parts_of

router = APIRouter(include_in_schema=False)
TEMPLATES = Path(__file__).parent / "templates"


def load_templates() -> Jinja2Templates:
    """The page templates: everything is escaped, and a misspelt name is an error."""
    loader = FileSystemLoader(TEMPLATES)
    return Jinja2Templates(env=Environment(loader=loader, autoescape=True, undefined=StrictUndefined))


@router.get("/")
async def show_clinic(request: Request) -> Response:
    """The clinic's page, with the chat on it; the demonstration clinic's page says more."""
    return _page(request, "demo.html" if parts_of(request).settings.demo else "clinic.html")


@router.get("/chat")
async def show_chat(request: Request) -> Response:
    """The chat itself, which a website shows in a frame."""
    return _page(request, "chat.html")


@router.get("/widget.js")
async def widget() -> Response:
    """The script that puts the chat on a website."""
    return FileResponse(FOLDER / "widget.js", media_type="text/javascript", headers={"Cache-Control": ASK_AGAIN})


def _page(request: Request, name: str) -> Response:
    templates: Jinja2Templates = request.app.state.templates
    answer = templates.TemplateResponse(request, name, context(request))
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer


def context(request: Request) -> dict[str, Any]:
    """What every page may show: the clinic, whether this is the demonstration, and where the files are."""
    parts, versions = parts_of(request), request.app.state.versions
    settings = parts.settings
    return {
        "settings": settings,
        "place": parts.place,
        "clinic_name": settings.clinic_name,
        "clinic_phone": settings.clinic_phone,
        "language": settings.language,
        "demo": settings.demo,
        "asset": lambda name: address(name, versions),
    }
