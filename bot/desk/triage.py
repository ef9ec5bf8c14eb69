"""Triage without a chat: paste a mail or a phone note, see it screened, and make it an inquiry."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.clinical.reading import ContactDetails
from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import LongForm
from bot.desk.pages import go_to, render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.triage_view import TriageView, pieces
from bot.errors import NotUnderstood, StorageError, TooLong
from bot.service.desk import DeskServices
from bot.service.desk_roles import Right
from bot.service.desk_triage import LONGEST_PASTED, Triage

router = APIRouter(prefix="/triage", route_class=DeskRoute, dependencies=[needs(Right.WORK)])
_FORM_ID = re.compile(r"[0-9a-f]{32}")


@router.get("")
def show_triage(request: Request, desk: Desk) -> Response:
    """The form to paste into, and the way to enter a call."""
    triage_of(desk)
    return render(request, "triage/page.html", pasted="", trouble="", longest=LONGEST_PASTED)


@router.post("/read")
def read_pasted(request: Request, desk: Desk, staff: SignedIn, form: LongForm) -> Response:
    """The text as it was read, with what to do now; nothing is stored but that somebody did this."""
    triage, pasted = triage_of(desk), form.get("text", "")
    try:
        screened = triage.screen(pasted)
    except (TooLong, NotUnderstood) as error:
        trouble = "too_long" if isinstance(error, TooLong) else "empty"
        return render(request, "triage/page.html", status=422, pasted=pasted, trouble=trouble, longest=LONGEST_PASTED)
    view = TriageView(screened.encounter, desk.protocol, triage.document(screened.encounter))
    say = triage.playbook(screened.encounter)
    try:
        desk.audit.looked(staff, "triage.read")
    except StorageError:  # what is read may be an emergency: the words for it are shown, whatever else fails
        return render(request, "triage/unstored.html", status=503, say=say, typed=screened.text)
    marked = pieces(screened.text, screened.reading.mentions, screened.flags)
    form_id = desk.inquiries.new_id()
    return render(request, "triage/read.html", screened=screened, view=view, say=say, pieces=marked, form_id=form_id)


@router.post("/keep")
def keep_pasted(desk: Desk, staff: SignedIn, form: LongForm) -> Response:
    """The text is an inquiry; sent again, the same form leads to the same one."""
    form_id = form.get("form", "")
    if not _FORM_ID.fullmatch(form_id):
        raise NotUnderstood("form: not one of our own")
    try:
        inquiry_id = triage_of(desk).keep(form_id, form.get("text", ""), contact_in(form), staff)
    except TooLong:
        raise NotUnderstood("the text is longer than what was read") from None
    if inquiry_id is None:
        raise not_found()
    return go_to(f"/desk/inquiries/{inquiry_id}?told=triage_kept")


def triage_of(desk: DeskServices) -> Triage:
    """The triage of this desk; a page that is not there where it has none."""
    if desk.triage is None:
        raise not_found()
    return desk.triage


def contact_in(form: LongForm) -> ContactDetails:
    """The contact as staff typed it."""
    return ContactDetails(form.get("name"), form.get("phone"), form.get("email"))
