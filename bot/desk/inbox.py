"""The inbox: every inquiry that waits for the clinic, most urgent first, then the longest waiting."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Desk, SignedIn, is_quiet, needs_or_sends
from bot.desk.pages import render
from bot.desk.route import DeskRoute
from bot.errors import NotUnderstood
from bot.service.desk_inquiries import COUNTED, FILTERS, write_place
from bot.service.desk_roles import Right

OPENS = needs_or_sends(Right.READ, other=Right.AUDIT, to="/desk/audit")
"""/desk is where everybody comes in: whoever may not read inquiries, but the audit, is sent there."""
router = APIRouter(route_class=DeskRoute, dependencies=[OPENS])


@router.get("")
def show_inbox(request: Request, desk: Desk, staff: SignedIn, status: str = "open", after: str = "") -> Response:
    """One page of the inbox under the filter in the address."""
    if status not in FILTERS:
        raise NotUnderstood("the address names no filter of the inbox")
    (desk.audit.refreshed if is_quiet(request) else desk.audit.looked)(staff, "inbox.read")
    queue = desk.inquiries.queue(status, after=after or None)
    shown: dict[str, Any] = {
        "shown": status,
        "filters": tuple(FILTERS),
        "counts": desk.inquiries.counts(),
        "counted": COUNTED,
        "entries": queue.entries,
        "left_early": desk.inquiries.left_early,
        "following": write_place(queue.following) if queue.following else None,
        "after": after,
        "language_names": {id: one.name for id, one in desk.protocol.languages.items()},
        "region_labels": {region.value: label for region, label in desk.protocol.region_labels.items()},
    }
    return render(request, "inbox/page.html", **shown)
