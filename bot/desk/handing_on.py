"""One inquiry handed on to the clinic's own system: as a paper (PDF) or as a FHIR bundle."""

import logging
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.inquiry_view import InquiryView
from bot.desk.pages import plain_text
from bot.desk.paper import PaperParts
from bot.desk.playbook_view import PlaybookView
from bot.desk.refusals import Refused, not_found
from bot.desk.route import DeskRoute
from bot.errors import ExportError, NotUnderstood
from bot.service.desk import DeskServices
from bot.service.desk_background import Background
from bot.service.desk_records import Inquiry
from bot.service.desk_roles import Right
from bot.service.export_records import Form

log = logging.getLogger("needlepoint")
router = APIRouter(prefix="/inquiries/{inquiry_id}", route_class=DeskRoute, dependencies=[needs(Right.HAND_ON)])
FORMS = {Form.PDF: ("application/pdf", "pdf"), Form.FHIR: ("application/fhir+json", "fhir.json")}


@router.post("/hand-on")
def hand_on(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The file, once it is written down that it leaves; nothing is given out that is not whole and valid."""
    wanted = _wanted(form.get("as", ""))
    background = desk.backgrounds.read(inquiry_id)
    inquiry = desk.exports.hand_on(inquiry_id, staff, form=wanted)
    if inquiry is None or background is None:
        raise not_found()
    try:
        content = _pdf(request, desk, inquiry, background) if wanted is Form.PDF else desk.exports.bundle(inquiry)
    except ExportError as error:
        log.warning("inquiry %s was not handed on: %s", inquiry_id, error)
        raise Refused(500, "not_made") from None
    kind, ending = FORMS[wanted]
    attached = {"Content-Disposition": f'attachment; filename="inquiry-{inquiry_id[:8]}.{ending}"'}
    return Response(content, media_type=kind, headers=attached)


def _pdf(request: Request, desk: DeskServices, inquiry: Inquiry, background: Background) -> bytes:
    paper = PaperParts(desk.clinic.name, language=desk.protocol.language)
    shown: dict[str, Any] = {
        "paper": paper,
        "inquiry": inquiry,
        "entry": inquiry.entry,
        "view": InquiryView(inquiry, desk.protocol, desk.inquiries.document(inquiry)),
        "background": background,
        "playbook": PlaybookView(inquiry, background, desk.protocol),
    }
    plain_text(request, "inquiry/paper.jinja", **shown)
    return desk.exports.drawn(paper.whole)


def _wanted(value: str) -> Form:
    wanted = next((form for form in FORMS if form.value == value), None)
    if wanted is None:
        raise NotUnderstood("as: neither pdf nor fhir")
    return wanted
