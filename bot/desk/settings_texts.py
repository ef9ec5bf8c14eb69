"""The clinic's own texts: every text that may be changed beside the one it replaces, held to the house's rules."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import LongForm
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.settings_view import after, form_of, settings_page
from bot.knowledge.own_texts import Standing
from bot.service.clinic_settings import Outcome
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right

router = APIRouter(prefix="/settings/texts", route_class=DeskRoute, dependencies=[needs(Right.SETTINGS)])
MOST = 60
"""Texts on one page; a search narrows it down."""


@router.get("")
def show_texts(request: Request, desk: Desk, staff: SignedIn, q: str = "", group: str = "") -> Response:
    """The texts that the search finds; without one, those that the clinic has changed."""
    standing, own = desk.settings.texts(), desk.settings.texts_set()
    found = [one for one in standing.values() if _is_asked(one, own, q=q.strip().lower(), group=group)]
    shown: dict[str, Any] = {
        "found": found[:MOST],
        "more": max(0, len(found) - MOST),
        "own": own,
        "wanted": {"q": q, "group": group},
        "groups": sorted({one.group for one in standing.values()}),
        "gone": sorted(own.keys() - standing.keys()),
    }
    return settings_page(request, desk, "texts", section="texts", **shown)


@router.get("/one")
def show_text(request: Request, desk: Desk, staff: SignedIn, key: str = "") -> Response:
    """One text, beside the one it replaces."""
    return _page(request, desk, key)


@router.post("/one")
def save_text(request: Request, desk: Desk, staff: SignedIn, form: LongForm) -> Response:
    """It is saved, or refused in the words of the linter."""
    key = form.get("key", "")
    typed = {key: form.get("text", "")}
    if key not in desk.settings.texts() and key not in desk.settings.texts_set():
        raise not_found()
    outcome = desk.settings.save(staff, form_of(form, typed))
    return after(outcome, f"/texts/one?key={quote(key)}") or _page(request, desk, key, typed=typed, outcome=outcome)


def _is_asked(one: Standing, own: Mapping[str, str], *, q: str, group: str) -> bool:
    if not q and not group:
        return one.key in own or one.text != one.house
    text = f"{one.key} {one.text} {own.get(one.key, '')}".lower()
    return q in text and group in ("", one.group)


def _page(
    request: Request,
    desk: DeskServices,
    key: str,
    *,
    typed: Mapping[str, str] | None = None,
    outcome: Outcome | None = None,
) -> Response:
    one = desk.settings.texts().get(key)
    if one is None:
        raise not_found()
    fields, revision = desk.settings.shown((key,))
    shown = {"one": one, "field": fields[key], "revision": revision, "typed": typed or {}}
    return settings_page(request, desk, "text", section="texts", outcome=outcome, **shown)
