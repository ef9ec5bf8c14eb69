"""Where a browser without a session is sent, and where it goes on once it has one."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import is_quiet
from bot.desk.pages import go_to, render

HOME = "/desk"
SIGN_IN = "/desk/sign-in"
OWN_PAGE = re.compile(r"/desk(/[\w-]+)*(\?[\w=&%-]*)?")
ELSEWHERE = ("cross-site", "same-site")


def answer_visitor(request: Request) -> Response:
    """The way to the sign-in page, and back to the page that was asked for.

    A link on another site sends no cookie of ours, so such a visitor's own browser first asks once more.
    """
    if request.method == "GET" and request.headers.get("sec-fetch-site") in ELSEWHERE:
        return render(request, "way_in/page.html", going_to=_asked(request))
    wanted = _asked(request) if request.method == "GET" and not is_quiet(request) else HOME
    return go_to(SIGN_IN if wanted == HOME else f"{SIGN_IN}?next={quote(wanted, safe='')}")


def going_on(wanted: str) -> str:
    """The page to go on to: one of this desk, else the inbox."""
    return wanted if OWN_PAGE.fullmatch(wanted) else HOME


def _asked(request: Request) -> str:
    query = request.url.query
    return going_on(f"{request.url.path}?{query}" if query else request.url.path)
