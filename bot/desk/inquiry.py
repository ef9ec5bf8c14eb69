"""The inquiry page: who, how urgent, what to do first, what was found, and everything staff do about it."""

import asyncio
from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.clinical.vocabulary import Disposition
from bot.desk.access import Desk, SignedIn, desk_of, needs
from bot.desk.chat_view import Draft, chat_view
from bot.desk.forms import StaffForm
from bot.desk.inquiry_view import InquiryView
from bot.desk.pages import go_to, render
from bot.desk.playbook_view import PlaybookView
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.desk.snoozing import read_until, snoozes_on_offer
from bot.errors import NotUnderstood
from bot.service.desk import DeskServices
from bot.service.desk_records import CallOutcome, Change, Reason, Staff, Status
from bot.service.desk_roles import Right

router = APIRouter(prefix="/inquiries/{inquiry_id}", route_class=DeskRoute, dependencies=[needs(Right.READ)])
WORKS = [needs(Right.WORK)]
Member = TypeVar("Member", Status, CallOutcome, Reason)


@router.get("")
def show_inquiry(request: Request, staff: SignedIn, inquiry_id: str) -> Response:
    """The whole inquiry."""
    return page_of(request, inquiry_id)


def page_of(request: Request, inquiry_id: str, *, draft: Draft | None = None, status: int = 200) -> Response:
    """The page of an inquiry; what stands around it is read first, so that it never knows a message that is not shown.

    `draft` is a message to the patient that was typed and is not sent.
    """
    desk, staff = desk_of(request), request.state.staff
    background = desk.backgrounds.read(inquiry_id)
    inquiry = desk.inquiries.read(inquiry_id, staff)
    if inquiry is None or background is None:
        raise not_found()
    shown: dict[str, Any] = {
        "inquiry": inquiry,
        "view": InquiryView(inquiry, desk.protocol, desk.inquiries.document(inquiry)),
        "background": background,
        "playbook": PlaybookView(inquiry, background, desk.protocol),
        "levels_on_offer": tuple(level.value for level in Disposition),
        "summary": desk.inquiries.summary(inquiry),
        "left_early": desk.inquiries.left_early(inquiry.entry),
        "statuses_on_offer": tuple(Status),
        "outcomes_on_offer": tuple(CallOutcome),
        "reasons_on_offer": tuple(Reason),
        "due_at": desk.answer_clock.due(inquiry.entry),
        "snoozes": snoozes_on_offer(desk),
        "chat": chat_view(desk, inquiry, staff, draft),
    }
    return render(request, "inquiry/page.html", status=status, **shown)


@router.post("/take", dependencies=WORKS)
def take(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The inquiry is theirs, unless somebody else was quicker."""
    change = desk.inquiries.take(inquiry_id, staff, owner_id=form.get("owner") or None)
    return _after(inquiry_id, change, done="taken", overtaken="taken_by_other")


@router.post("/release", dependencies=WORKS)
def release(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The inquiry is free for others."""
    return _after(inquiry_id, desk.inquiries.release(inquiry_id, staff), done="released")


@router.post("/status", dependencies=WORKS)
async def set_status(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The inquiry has the chosen status; closed, nobody writes in its chat any more."""
    status = _member(Status, form.get("status", ""))
    change = await asyncio.to_thread(_set_status, desk, staff, form, inquiry_id, status)
    if change is Change.DONE and status is Status.CLOSED and desk.chats:
        await desk.chats.close(inquiry_id, staff)
    return _after(inquiry_id, change, done="status_set")


def _set_status(desk: DeskServices, staff: Staff, form: Mapping[str, str], inquiry_id: str, status: Status) -> Change:
    """What became of it; a note typed beside it is kept first."""
    version = _number(form.get("version", ""))
    if form.get("note", "").strip():
        desk.inquiries.add_note(inquiry_id, staff, text=form["note"])
    reason = _member(Reason, form["reason"]) if form.get("reason") else None
    return desk.inquiries.set_status(inquiry_id, staff, status=status, version=version, reason=reason)


@router.post("/snooze", dependencies=WORKS)
def snooze(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The inquiry is out of sight until the chosen time, or back at once when none is given."""
    until = read_until(form.get("until", ""), form.get("at", ""), desk)
    version = _number(form.get("version", ""))
    change = desk.inquiries.snooze(inquiry_id, staff, until=until, version=version)
    return _after(inquiry_id, change, done="snoozed" if until else "woken")


@router.post("/notes", dependencies=WORKS)
def add_note(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The note is kept."""
    change = desk.inquiries.add_note(inquiry_id, staff, text=form.get("text", ""))
    return _after(inquiry_id, change, done="noted", note_needed="note_empty", part="#notes")


@router.post("/calls", dependencies=WORKS)
def log_call(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The call is kept."""
    outcome = _member(CallOutcome, form.get("outcome", ""))
    change = desk.inquiries.log_call(inquiry_id, staff, outcome=outcome, text=form.get("line", ""))
    return _after(inquiry_id, change, done="called", note_needed="called_note_needed", part="#calls")


def _after(
    inquiry_id: str,
    change: Change,
    *,
    done: str,
    overtaken: str = "overtaken",
    note_needed: str = "note_needed",
    part: str = "",
) -> Response:
    """Back to the inquiry, with the sentence that says what became of it."""
    if change is Change.NOT_FOUND:
        raise not_found()
    told = {
        Change.DONE: done,
        Change.OVERTAKEN: overtaken,
        Change.NOTE_NEEDED: note_needed,
        Change.REASON_NEEDED: "reason_needed",
        Change.URGENT: "urgent_not_snoozed",
    }[change]
    return go_to(f"/desk/inquiries/{inquiry_id}?told={told}{part}")


def _member(kind: type[Member], value: str) -> Member:
    try:
        return kind(value)
    except ValueError:
        raise NotUnderstood(f"{kind.__name__}: not one of the choices") from None


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise NotUnderstood("version: not a number")
    return int(value)
