"""Pages from templates: everything is escaped, a misspelt name is an error, and times are the clinic's."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.access import desk_of, set_cookie
from bot.desk.assets import address
from bot.desk.forms import TOKEN_FIELD, form_token, visitor_cookie
from bot.desk.phone import readable
from bot.desk.times import Times, on_scale, span
from bot.errors import StorageError
from bot.service.desk import DeskServices
from bot.service.desk_accounts import IDLE
from bot.service.desk_judgements import name_of
from bot.service.desk_roles import Right
from bot.service.desk_watch import Alarm

TEMPLATES = Path(__file__).parent / "templates"


def render(request: Request, template: str, *, status: int = 200, **shown: Any) -> Response:
    """The page with what it shows, for whoever is signed in or nobody."""
    page = _environment().get_template(template)
    response = HTMLResponse(page.render({**_frame(request), **shown}), status)
    key = getattr(request.state, "visitor_key", None)
    if key is not None:
        desk = desk_of(request)
        set_cookie(response, desk, name=visitor_cookie(desk), token=key)
    return response


def words(template: str, **shown: Any) -> str:
    """A text from a template that is no page, such as a mail; nothing in it is escaped."""
    return _environment().overlay(autoescape=False).get_template(template).render(shown)


def plain_text(request: Request, template: str, **shown: Any) -> str:
    """The text of a template that is no page: a file to hand over."""
    return _environment().get_template(template).render({**_frame(request), **shown})


def go_to(address: str) -> Response:
    """Show another page after a form, so that a reload sends nothing twice."""
    return RedirectResponse(address, 303)


def _frame(request: Request) -> dict[str, Any]:
    desk = desk_of(request)
    staff = getattr(request.state, "staff", None)
    return {
        "clinic": desk.clinic,
        "protocol": desk.protocol,
        "review": desk.review(),
        "staff": staff,
        "alarm": _alarm(desk) if staff and staff.may(Right.READ) else None,
        "times": Times(desk.clinic.zone, desk.clock.now()),
        "token_field": TOKEN_FIELD,
        "form_token": form_token(request),
        "told": request.query_params.get("told", ""),
        "idle_seconds": int(IDLE.total_seconds()),
        "asset": address,
    }


def _alarm(desk: DeskServices) -> Alarm | None:
    """What every page warns of; a store that is down has a page of its own."""
    try:
        return desk.watch.alarm()
    except StorageError:
        return None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["readable"] = readable
    environment.filters["span"] = span
    environment.filters["on_scale"] = on_scale
    environment.globals["name_of"] = name_of
    return environment
