"""Enter for the caller: the protocol question by question, with the words to read out and the answers to enter."""

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.clinical.reply import ReplyKind, contract
from bot.desk.access import Desk, SignedIn, needs
from bot.desk.forms import LongForm
from bot.desk.pages import go_to, render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.triage import contact_in, triage_of
from bot.desk.triage_view import TriageView
from bot.errors import Conflict, Forbidden, NotUnderstood, Overtaken, StorageError, TooLong
from bot.service.accept import LONGEST_TEXT
from bot.service.desk import DeskServices
from bot.service.desk_calls import Call, Calls
from bot.service.desk_roles import Right
from bot.service.records import Incoming

router = APIRouter(prefix="/triage/calls", route_class=DeskRoute, dependencies=[needs(Right.WORK)])
EMERGENCY = ReplyKind.EMERGENCY.value
PICK = "pick:"
"""How the names of boxes to tick begin; the id of the choice follows."""


@router.post("")
async def open_call(desk: Desk, staff: SignedIn, form: LongForm) -> Response:
    """A new call begins."""
    return go_to(_page(await calls_of(desk).open(staff)))


@router.get("/{session_id}")
async def show_call(request: Request, desk: Desk, staff: SignedIn, session_id: str) -> Response:
    """What to say now, and what is known so far."""
    try:
        call = await calls_of(desk).read(session_id, staff)
    except Forbidden:
        raise not_found() from None
    return await asyncio.to_thread(_shown, request, desk, call)


@router.post("/{session_id}/answer")
async def take_answer(request: Request, desk: Desk, staff: SignedIn, form: LongForm, session_id: str) -> Response:
    """The caller's answer is taken in; one that cannot be is shown again with what is wrong."""
    calls, typed, chosen = calls_of(desk), form.get("text", ""), _chosen(form)
    trouble = "both" if typed.strip() and chosen else ""
    incoming = Incoming(form.get("message", ""), None if chosen else typed, chosen, form.get("reply") or None)
    try:
        if not trouble:
            await calls.take(session_id, incoming)
            return go_to(f"{_page(session_id)}#say")
    except Forbidden:
        raise not_found() from None
    except (Conflict, NotUnderstood, TooLong) as error:
        trouble = {Conflict: "moved_on", TooLong: "too_long"}.get(type(error), "empty")
    except StorageError as error:
        say = tuple(str(reply.public()["text"]) for reply in error.replies)
        return await asyncio.to_thread(render, request, "triage/unstored.html", status=503, say=say, typed=typed)
    call = await calls.read(session_id, staff)
    return await asyncio.to_thread(_shown, request, desk, call, typed=typed, trouble=trouble)


@router.post("/{session_id}/finish")
async def finish_call(desk: Desk, staff: SignedIn, form: LongForm, session_id: str) -> Response:
    """The call is an inquiry, with whom to call back."""
    try:
        inquiry_id = await calls_of(desk).finish(session_id, contact_in(form), staff)
    except Forbidden:
        raise not_found() from None
    except Overtaken:
        return go_to(f"{_page(session_id)}?told=not_kept")
    return go_to(f"/desk/inquiries/{inquiry_id}?told=triage_kept")


def calls_of(desk: DeskServices) -> Calls:
    """The calls of this desk; a page that is not there where it can have none."""
    if desk.calls is None:
        raise not_found()
    return desk.calls


def _shown(request: Request, desk: DeskServices, call: Call, *, typed: str = "", trouble: str = "") -> Response:
    triage = triage_of(desk)
    waiting, newest = _to_say(call)
    request_made = call.encounter.request
    shown: dict[str, Any] = {
        "call": call,
        "view": TriageView(call.encounter, desk.protocol, triage.document(call.encounter)),
        "begins": not any(entry.text is not None for entry in call.transcript.entries),
        "say": triage.playbook(call.encounter) if any(reply["kind"] == EMERGENCY for reply in newest) else (),
        "newest": tuple(reply for reply in newest if reply["kind"] != EMERGENCY),
        "waiting": waiting,
        "message_id": desk.inquiries.new_id(),
        "contact": request_made.contact if request_made else None,
        "longest": LONGEST_TEXT,
        "typed": typed,
        "trouble": trouble,
    }
    return render(request, "caller/page.html", status=422 if trouble else 200, **shown)


def _to_say(call: Call) -> tuple[Mapping[str, Any] | None, tuple[Mapping[str, Any], ...]]:
    """The question that waits, and everything else to say since the caller's last answer."""
    newest: list[Mapping[str, Any]] = []
    for entry in call.transcript.entries:
        if entry.reply is None:
            newest = []
        else:
            newest.append(entry.reply.public())
    if call.unasked is not None:
        return {"id": "", **contract(call.unasked)}, tuple(newest)
    waiting = call.transcript.open.public() if call.transcript.open else None
    return waiting, tuple(reply for reply in newest if waiting is None or reply["id"] != waiting["id"])


def _chosen(form: Mapping[str, str]) -> tuple[str, ...]:
    ticked = tuple(name.removeprefix(PICK) for name in form if name.startswith(PICK))
    return (*ticked, form["choice"]) if form.get("choice") else ticked


def _page(session_id: str) -> str:
    return f"/desk/triage/calls/{session_id}"
