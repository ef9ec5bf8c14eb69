"""What staff do about an inquiry's level: agree or say that it should be higher or lower, and tick its playbook."""

from fastapi import APIRouter
from starlette.responses import Response

from bot.clinical.vocabulary import Disposition
from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import go_to
from bot.desk.refusals import Refused, not_found
from bot.desk.route import DeskRoute
from bot.errors import NotUnderstood
from bot.service.desk_judgements import Judged, Judging, Verdict
from bot.service.desk_roles import Right

router = APIRouter(prefix="/inquiries/{inquiry_id}", route_class=DeskRoute, dependencies=[needs(Right.WORK)])
MOST = 10**9


@router.post("/judge")
def judge(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The judgement is kept, and the inquiry listed by it; a clinical one is a physiotherapist's."""
    judging = Judging(
        verdict=_verdict(form.get("verdict", "")),
        level=None if form.get("verdict") == Verdict.AGREE.value else _level(form.get("level", "")),
        reason=form.get("reason", "").strip() or None,
        version=_number(form.get("version", "")),
        heard=_number(form.get("heard", "")),
    )
    judged = desk.judgements.judge(inquiry_id, staff, judging)
    if judged is Judged.NOT_FOUND:
        raise not_found()
    if judged is Judged.CLINICAL and judging.verdict is Verdict.LOWER:
        raise Refused(403, "not_allowed")
    return go_to(f"/desk/inquiries/{inquiry_id}?told=judged_{judged.value}")


@router.post("/tick")
def tick(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The step of the playbook is done, or not after all."""
    change = desk.backgrounds.untick if form.get("undo") else desk.backgrounds.tick
    if not change(inquiry_id, staff, step=form.get("step", "")):
        raise not_found()
    return go_to(f"/desk/inquiries/{inquiry_id}#urgency")


def _verdict(value: str) -> Verdict:
    try:
        return Verdict(value)
    except ValueError:
        raise NotUnderstood("verdict: not one of the choices") from None


def _level(value: str) -> Disposition:
    try:
        return Disposition(value)
    except ValueError:
        raise NotUnderstood("level: not one of the choices") from None


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:12]) < MOST):
        raise NotUnderstood("not a number")
    return int(value[:12])
