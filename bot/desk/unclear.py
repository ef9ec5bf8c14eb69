"""Messages that the chat did not understand: staff pick the right intent, and a file to train with is taken out."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import go_to, render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.service.desk_roles import Right
from bot.service.training_file import YAML
from bot.service.training_records import NOT_FOR_TRAINING

router = APIRouter(prefix="/not-understood", route_class=DeskRoute, dependencies=[needs(Right.WORK)])
LABELLED = "labelled"
_PLACE = re.compile(r"[0-9A-Za-z-]{0,90}")


@router.get("")
def show_unclear(request: Request, desk: Desk, staff: SignedIn, before: str = "", show: str = "") -> Response:
    """One page of the messages without an intent yet, or of those with one, newest first."""
    page = desk.training.page(staff, labelled=show == LABELLED, before=before or None)
    return render(
        request,
        "unclear/page.html",
        page=page,
        is_labelled=show == LABELLED,
        before=before,
        intents=desk.training.intents(),
        not_for_training=NOT_FOR_TRAINING,
    )


@router.post("/export", dependencies=[needs(Right.EXPORT)])
def export_training(desk: Desk, staff: SignedIn, form: StaffForm) -> Response:
    """Every message with an intent as a file for Rasa, masked; to be read before anything is trained with it."""
    today = desk.clock.now().astimezone(desk.clinic.zone).date().isoformat()
    attached = {"Content-Disposition": f'attachment; filename="to-review-nlu-{today}.yml"'}
    return StreamingResponse(desk.training.export(staff), media_type=YAML, headers=attached)


@router.post("/{message_id}/label")
def label(desk: Desk, staff: SignedIn, form: StaffForm, message_id: str) -> Response:
    """The message has this intent from now on."""
    if not desk.training.label(message_id, form.get("label", ""), staff):
        raise not_found()
    shown = LABELLED if form.get("show") == LABELLED else ""
    before = form.get("before", "")
    place = f"&before={before}" if _PLACE.fullmatch(before) and before else ""
    return go_to(f"/desk/not-understood?told=labelled&show={shown}{place}")
