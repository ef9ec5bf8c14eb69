"""The pages that patients see: the clinic's page with the chat on it, the chat's frame, and the one script tag."""

import re
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.assets import Asset, address, asset, asset_answer
from bot.web.colour import readable_colours
from bot.web.logo import HARMLESS
from bot.web.parts import parts_of

router = APIRouter(include_in_schema=False)
INDENT = re.compile(rb"\n\s+")
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
    """The chat itself, which a website shows in a frame and may give a colour."""
    own = parts_of(request).settings.clinic_colour
    return _page(request, "chat.html", colours=readable_colours(request.query_params.get("colour"), own))


@router.get("/widget.js")
async def widget(request: Request) -> Response:
    """The script that puts the chat on a website."""
    return asset_answer(request, _assets(request)["widget.js"])


@router.api_route("/static/{name}", methods=["GET", "HEAD"])
async def show_asset(request: Request, name: str) -> Response:
    """One of the files that the pages load."""
    found = _assets(request).get(name)
    if found is None:
        raise HTTPException(404)
    return asset_answer(request, found)


@router.get("/logo")
async def show_logo(request: Request) -> Response:
    """The clinic's logo."""
    logo: Asset | None = request.app.state.logo
    if logo is None:
        raise HTTPException(404)
    return asset_answer(request, logo, headers={"Content-Security-Policy": HARMLESS})


def _page(request: Request, name: str, **more: Any) -> Response:
    templates: Jinja2Templates = request.app.state.templates
    page = templates.TemplateResponse(request, name, {**context(request), **more})
    return asset_answer(request, asset(INDENT.sub(b"\n", bytes(page.body)), "text/html"))


def _assets(request: Request) -> dict[str, Asset]:
    assets: dict[str, Asset] = request.app.state.assets
    return assets


def context(request: Request) -> dict[str, Any]:
    """What every page may show: the clinic, whether this is the demonstration, and where the files are."""
    parts, assets, logo = parts_of(request), _assets(request), request.app.state.logo
    settings = parts.settings
    return {
        "settings": settings,
        "place": parts.place,
        "clinic_name": settings.clinic_name,
        "clinic_phone": settings.clinic_phone,
        "language": settings.language,
        "demo": settings.demo,
        "asset": lambda name: address(name, assets),
        "logo": f"/logo?v={logo.version}" if logo else address("mark.svg", assets),
    }
