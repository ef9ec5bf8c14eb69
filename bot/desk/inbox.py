"""The inbox: every inquiry that waits for the clinic, most urgent first, then the longest waiting."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, is_quiet, needs_or_sends
from bot.desk.inbox_view import InboxView
from bot.desk.pages import render
from bot.desk.route import DeskRoute
from bot.service.desk_filters import read_query
from bot.service.desk_inquiries import COUNTED, write_place
from bot.service.desk_roles import Right

OPENS = needs_or_sends(Right.READ, other=Right.AUDIT, to="/desk/audit")
"""/desk is where everybody comes in: whoever may not read inquiries, but the audit, is sent there."""
router = APIRouter(route_class=DeskRoute, dependencies=[OPENS])


@router.get("")
def show_inbox(request: Request, desk: Desk, staff: SignedIn, after: str = "") -> Response:
    """One page of the inbox under the filters in the address."""
    query = read_query(request.query_params.multi_items())
    (desk.audit.refreshed if is_quiet(request) else desk.audit.looked)(staff, "inbox.read")
    queue = desk.inquiries.queue(query, staff, after=after or None)
    shown: dict[str, Any] = {
        "query": query,
        "view": InboxView(query, desk.protocol),
        "counts": desk.inquiries.counts(staff),
        "counted": COUNTED,
        "entries": queue.entries,
        "is_cut": queue.is_cut,
        "left_early": desk.inquiries.left_early,
        "due": desk.answer_clock.due,
        "following": write_place(queue.following) if queue.following else None,
        "after": after,
        "language_names": {id: one.name for id, one in desk.protocol.languages.items()},
        "region_labels": {region.value: label for region, label in desk.protocol.region_labels.items()},
    }
    return render(request, "inbox/page.html", **shown)
