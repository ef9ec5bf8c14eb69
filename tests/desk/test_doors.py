"""Every address of the desk: signed in or nothing, forms from our own pages only, the same headers everywhere."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from bot.desk.router import desk_router
from bot.errors import StorageError
from bot.service.desk import DeskServices
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.patients import Patient, backache

Visit = Callable[..., Browser]
OWN = "the token of our own page"
WAY_IN = {
    "/desk/static/{name}",
    "/desk/sign-in",
    "/desk/setup/{token}",
    "/desk/invitation/{token}",
    "/desk/password/{token}",
}
HALF = {"/desk/sign-in/code", "/desk/sign-in/second-factor"}
"""Forms of a browser whose password was right and whose code is missing."""


def addresses() -> list[tuple[str, str]]:
    """Every method and path that the router answers, taken from the router itself."""
    app = FastAPI(openapi_url=None)
    app.include_router(desk_router(None))  # type: ignore[arg-type]  # only its paths are looked at
    routes = [route for route in iter_route_contexts(app.routes) if route.path]
    return sorted((method, str(route.path)) for route in routes for method in route.methods or ())


def filled(path: str, inquiry_id: str = "1" * 32) -> str:
    """The path with something in its holes."""
    holes = {"{inquiry_id}": inquiry_id, "{rest:path}": "anything/at/all", "{token}": "token", "{name}": "desk.css"}
    holes |= {"{staff_id}": "2" * 32, "{invitation_id}": "3" * 32, "{session_id}": "4" * 32, "{subject}": "findings"}
    holes |= {"{message_id}": "5" * 32}
    holes |= {"{section}": "facts", "{practitioner}": "new"}
    for hole, value in holes.items():
        path = path.replace(hole, value)
    return path.replace("/desk/events", "/desk/events?once=1")


BEHIND = [(method, path) for method, path in addresses() if path not in WAY_IN]
FORMS = [path for method, path in addresses() if method == "POST"]


def test_the_router_has_the_pages_this_module_is_about() -> None:
    assert ("GET", "/desk") in BEHIND
    assert ("GET", "/desk/inquiries/{inquiry_id}") in BEHIND
    assert len(FORMS) == 56


@pytest.mark.parametrize(("method", "path"), BEHIND)
def test_every_path_demands_that_somebody_is_signed_in(visit: Visit, method: str, path: str) -> None:
    for cookie in (None, "made-up"):
        browser = visit()
        if cookie:
            browser.cookies.set("needlepoint-desk", cookie)
        answer = browser.request(method, filled(path))
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/sign-in")


FOREIGN: list[tuple[str | None, dict[str, str]]] = [
    (None, {}),
    ("0" * 64, {}),
    (OWN, {"Sec-Fetch-Site": "cross-site"}),
    (OWN, {"Sec-Fetch-Site": "same-site"}),
    (OWN, {"Origin": "https://evil.example"}),
    (OWN, {"Origin": "null"}),
]


def test_a_form_that_is_not_from_our_own_page_changes_nothing(
    ana: Browser,
    half_ana: Browser,
    arrive: Callable[[Patient], str],
    audited: Callable[[], list[tuple[str, str | None]]],
) -> None:
    inquiry_id = arrive(Patient(encounter=backache()))
    fields = {"status": "closed", "version": "0", "text": "note", "outcome": "declined"}
    told = {}
    for path in FORMS:
        browser = half_ana if path in HALF else ana
        own = browser.form_token("/desk/sign-in" if path in WAY_IN | HALF else "/desk")
        before, answers = audited(), []
        for token, headers in FOREIGN:
            guard = {"form_token": own if token == OWN else token} if token else {}
            answers.append(browser.send(filled(path, inquiry_id), {**fields, **guard}, **headers).status_code)
        told[path] = (answers, audited() == before)
    assert told == dict.fromkeys(FORMS, ([403] * len(FOREIGN), True))


def test_a_token_of_another_browser_is_refused(ana: Browser, work: Callable[[str], Browser]) -> None:
    foreign = work("Bo").form_token("/desk")
    assert ana.send("/desk/sign-out", {"form_token": foreign}).status_code == 403
    assert ana.open("/desk").status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"a=%ff", b"&".join([b"a=1"] * 50), b"a" * 70_000])
def test_a_damaged_form_is_refused(ana: Browser, body: bytes) -> None:
    answer = ana.request("POST", "/desk/sign-out", content=body)
    assert answer.status_code in (400, 413)
    assert ana.open("/desk").status_code == 200


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk", "/desk/nowhere", "/desk/setup/none", "/desk?status=odd"])
def test_no_page_is_kept_framed_or_runs_what_is_written_in_it(ana: Browser, path: str) -> None:
    headers = ana.open(path).headers
    assert headers["cache-control"] == "no-store"
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/desk/nowhere", 404), ("/desk/inquiries/none", 404), ("/desk?status=odd", 400), ("/desk?after=odd", 400)],
)
def test_what_is_not_there_is_a_page_that_says_so(ana: Browser, path: str, status: int) -> None:
    answer = ana.open(path)
    assert answer.status_code == status
    assert "To the inbox" in answer.text


def test_without_the_database_the_desk_says_so(
    ana: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise StorageError("the database file is gone")

    monkeypatch.setattr(database, "_check_file", gone)
    answer = ana.open("/desk")
    assert answer.status_code == 503
    assert "cannot be reached" in answer.text


@pytest.mark.parametrize("name", ["desk.css", "desk.js", "icon.svg"])
def test_the_desks_own_files_need_no_sign_in_and_are_kept_by_version(visit: Visit, name: str) -> None:
    page = visit().open("/desk/sign-in").text
    address = next(part for part in page.split('"') if part.startswith(f"/desk/static/{name}?v="))
    answer: httpx.Response = visit().open(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert visit().open(f"/desk/static/{name}").headers["cache-control"] == "no-cache"


def test_no_other_file_is_sent(visit: Visit, services: DeskServices) -> None:
    assert visit().open("/desk/static/..%2Frouter.py").status_code != 200
    assert visit().open("/desk/static/router.py").status_code == 404


def test_the_banners_say_what_this_is(visit: Visit) -> None:
    page = visit().read("/desk/sign-in")
    assert "Demonstration clinic." in page
    assert "Clinical rules: draft, not yet reviewed by a physiotherapist" in page
