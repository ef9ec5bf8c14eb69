"""Where a browser without a session is sent, and where it goes on once it has one."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import is_quiet
from bot.desk.pages import go_to, render

HOME = "/desk"
SIGN_IN = "/desk/sign-in"
CODE_PAGE = f"{SIGN_IN}/code"
SET_UP_PAGE = f"{SIGN_IN}/second-factor"
OWN_PAGE = re.compile(r"/desk(/[\w-]+)*(\?[\w=&%-]*)?")
ELSEWHERE = ("cross-site", "same-site")


def answer_visitor(request: Request) -> Response:
    """The way to the sign-in page, and back to the page that was asked for.

    A link on another site sends no cookie of ours, so such a visitor's own browser first asks once more.
    """
    if request.method == "GET" and request.headers.get("sec-fetch-site") in ELSEWHERE:
        return render(request, "way_in/page.html", going_to=_asked(request))
    wanted = _asked(request) if request.method == "GET" and not is_quiet(request) else HOME
    return go_to(with_next(SIGN_IN, wanted))


def going_on(wanted: str) -> str:
    """The page to go on to: one of this desk, else the inbox; never back to the way in."""
    return wanted if OWN_PAGE.fullmatch(wanted) and not wanted.startswith(SIGN_IN) else HOME


def with_next(address: str, wanted: str) -> str:
    """The address of a page on the way in, which remembers where to go on to."""
    goal = going_on(wanted)
    return address if goal == HOME else f"{address}?next={quote(goal, safe='')}"


def _asked(request: Request) -> str:
    query = request.url.query
    return going_on(f"{request.url.path}?{query}" if query else request.url.path)
