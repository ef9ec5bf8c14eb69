"""Live takeover on the inquiry page: take the chat, write to the patient, hand it back."""

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, needs
from bot.desk.chat_view import Draft
from bot.desk.forms import StaffForm
from bot.desk.inquiry import page_of
from bot.desk.pages import go_to, render
from bot.desk.refusals import not_found
from bot.desk.route import DeskRoute
from bot.errors import NotUnderstood, StorageError, TooLong
from bot.service.desk import DeskServices
from bot.service.desk_records import Change
from bot.service.desk_roles import Right
from bot.service.takeover import Takeover

router = APIRouter(
    prefix="/inquiries/{inquiry_id}/chat",
    route_class=DeskRoute,
    dependencies=[needs(Right.READ), needs(Right.WORK)],
)
LONGEST_FORM_ID = 64


@router.post("/take")
async def take_chat(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The chat is theirs; from a colleague only when that was meant."""
    seen = form.get("writer") or None
    if seen and form.get("sure") != "yes":
        raise NotUnderstood("sure: not said")
    change = await chats_of(desk).take(inquiry_id, staff, seen=seen)
    return _after(inquiry_id, change, done="chat_taken", overtaken="chat_with_other")


@router.post("/write")
async def write_message(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The message goes to the patient; one that cannot is shown again with what is wrong."""
    chats, draft = chats_of(desk), _draft(form)
    try:
        change = await chats.write(inquiry_id, staff, form_id=draft.form_id, text=draft.text)
    except NotUnderstood:
        return await _again(request, inquiry_id, draft.wrong("empty"))
    except TooLong:
        return await _again(request, inquiry_id, draft.wrong("too_long"))
    except StorageError:
        shown = {"inquiry_id": inquiry_id, "draft": draft}
        return await asyncio.to_thread(render, request, "chat/unsent.html", status=503, **shown)
    if change is Change.OVERTAKEN:
        return await _again(request, inquiry_id, draft.wrong("not_yours"), status=409)
    return _after(inquiry_id, change, done="chat_sent")


@router.post("/insert")
async def insert_reply(request: Request, desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The page with the chosen reply at the end of what was typed; nothing is sent."""
    chats_of(desk)
    return await _again(request, inquiry_id, _draft(form).inserting(form.get("canned", "")), status=200)


@router.post("/hand-back")
async def hand_back(desk: Desk, staff: SignedIn, form: StaffForm, inquiry_id: str) -> Response:
    """The questions go on."""
    change = await chats_of(desk).hand_back(inquiry_id, staff)
    return _after(inquiry_id, change, done="chat_handed_back", overtaken="chat_not_yours")


def chats_of(desk: DeskServices) -> Takeover:
    """The chats of this desk; a page that is not there where it can have none."""
    if desk.chats is None:
        raise not_found()
    return desk.chats


async def _again(request: Request, inquiry_id: str, draft: Draft, *, status: int = 422) -> Response:
    return await asyncio.to_thread(page_of, request, inquiry_id, draft=draft, status=status)


def _draft(form: Mapping[str, str]) -> Draft:
    form_id = form.get("form", "")
    if not 0 < len(form_id) <= LONGEST_FORM_ID:
        raise NotUnderstood("form: not one of ours")
    return Draft(form_id, form.get("text", ""))


def _after(inquiry_id: str, change: Change, *, done: str, overtaken: str = "") -> Response:
    if change is Change.NOT_FOUND:
        raise not_found()
    told = done if change is Change.DONE else overtaken
    return go_to(f"/desk/inquiries/{inquiry_id}?told={told}#talk")
