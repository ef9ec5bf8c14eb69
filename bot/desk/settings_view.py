"""What the pages of the settings share: the list at the side, what waits to be applied, and a form as it was typed."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.pages import go_to, render
from bot.errors import NotUnderstood
from bot.service.clinic_settings import Form, Outcome, Saved
from bot.service.desk import DeskServices

HERE = "/desk/settings"
BACK = "back."
VERSION = "version"
STATUS = {Saved.OVERTAKEN: 409, Saved.REFUSED: 400}


def settings_page(
    request: Request, desk: DeskServices, template: str, *, section: str, outcome: Outcome | None = None, **shown: Any
) -> Response:
    """A page of the settings with its side list; with an outcome, what stands against what was sent."""
    whole = {
        **shown,
        "section": section,
        "waiting": desk.settings.waiting(),
        "stage": desk.settings.applying.stage.value,
        "reason": desk.settings.applying.reason,
        "is_supervised": desk.settings.applying.is_supervised,
        "outcome": outcome.saved.value if outcome else "",
        "faults": outcome.faults if outcome else {},
    }
    return render(
        request, f"settings/{template}.html", status=STATUS.get(outcome.saved, 200) if outcome else 200, **whole
    )


def form_of(sent: Mapping[str, str], values: Mapping[str, str]) -> Form:
    """These values with the version and the ticks that the form carries."""
    back = frozenset(name.removeprefix(BACK) for name in sent if name.startswith(BACK))
    return Form(values, version_in(sent), back & values.keys())


def version_in(sent: Mapping[str, str]) -> int:
    """The revision that was on the page when it was filled in."""
    value = sent.get(VERSION, "")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise NotUnderstood("version: not a number")
    return int(value)


def after(outcome: Outcome, page: str) -> Response | None:
    """Back to the page that says what became of it; None where the form must be shown again."""
    if outcome.saved in (Saved.DONE, Saved.SAME):
        return go_to(f"{HERE}{page}{'&' if '?' in page else '?'}told={outcome.saved.value}")
    return None
