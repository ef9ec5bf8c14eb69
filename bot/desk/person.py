"""One person's data: what is held, the files to hand over, the legal hold, and erasing."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import StaffForm
from bot.desk.pages import go_to, plain_text, render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.errors import NotUnderstood
from bot.service.desk import DeskServices
from bot.service.desk_persons import as_json
from bot.service.desk_records import Staff
from bot.service.desk_roles import Right
from bot.service.person_records import Erasing, HoldReason, Person

router = APIRouter(prefix="/inquiries/{inquiry_id}/person", route_class=DeskRoute)
EXPORTS, ERASES = [needs(Right.EXPORT)], [needs(Right.ERASE)]
FORMS = {"json": ("application/json", "json"), "text": ("text/plain; charset=utf-8", "txt")}


@router.get("", dependencies=EXPORTS)
def show_person(request: Request, desk: Desk, staff: SignedIn, inquiry_id: str) -> Response:
    """What is held about them, and what can be done with it."""
    return render(request, "person/page.html", **_shown(desk, inquiry_id, staff))


@router.post("/file", dependencies=EXPORTS)
def send_file(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """Everything that is held, as a file for machines or for people."""
    wanted = form.get("form", "")
    if wanted not in FORMS:
        raise NotUnderstood("form: neither json nor text")
    kind, ending = FORMS[wanted]
    person = desk.persons.take_out(inquiry_id, staff, form=wanted)
    if person is None:
        raise not_found()
    content = _as_text(request, desk, person) if wanted == "text" else _as_json(desk, person)
    attached = {"Content-Disposition": f'attachment; filename="person-{inquiry_id[:8]}.{ending}"'}
    return Response(content, media_type=kind, headers=attached)


@router.get("/erase", dependencies=ERASES)
def ask_to_erase(request: Request, desk: Desk, staff: SignedIn, inquiry_id: str) -> Response:
    """What would go and what would stay, before anything is erased."""
    return render(request, "person/erase.html", **_shown(desk, inquiry_id, staff))


@router.post("/erase", dependencies=ERASES)
def erase_person(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """It is erased, if it was meant and nothing stands against it."""
    if form.get("sure") != "yes":
        return go_to(f"/desk/inquiries/{inquiry_id}/person/erase?told=not_sure")
    outcome = desk.persons.erase(inquiry_id, staff)
    if outcome is Erasing.NOT_FOUND:
        raise not_found()
    if outcome is not Erasing.DONE:
        return go_to(f"/desk/inquiries/{inquiry_id}/person?told={outcome.value}")
    return render(request, "person/erased.html")


@router.post("/hold", dependencies=ERASES)
def set_hold(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """Nobody may erase it until the hold ends."""
    try:
        reason = HoldReason(form.get("reason", ""))
    except ValueError:
        raise NotUnderstood("reason: not one of the choices") from None
    if not desk.persons.hold(inquiry_id, staff, reason):
        raise not_found()
    return go_to(f"/desk/inquiries/{inquiry_id}/person?told=hold_set")


@router.post("/end-hold", dependencies=ERASES)
def end_hold(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """It may be erased again."""
    told = "hold_ended" if desk.persons.end_hold(inquiry_id, staff) else "no_hold"
    return go_to(f"/desk/inquiries/{inquiry_id}/person?told={told}")


def _shown(desk: DeskServices, inquiry_id: str, staff: Staff) -> dict[str, Any]:
    person = desk.persons.see(inquiry_id, staff)
    if person is None:
        raise not_found()
    return {
        "inquiry_id": inquiry_id,
        "standing": person.standing,
        "counts": {name: len(rows) for name, rows in person.held.items()},
        "must_keep": desk.persons.must_keep(person.standing),
        "kept_until": desk.persons.kept_until(person.standing),
        "reasons_on_offer": tuple(HoldReason),
    }


def _as_json(desk: DeskServices, person: Person) -> str:
    return as_json(person, clinic=desk.clinic.name, at=desk.clock.now())


def _as_text(request: Request, desk: DeskServices, person: Person) -> str:
    return plain_text(request, "person/file.txt", held=person.held)
