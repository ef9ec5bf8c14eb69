"""The settings pages: managers set what the environment gave before, checked alike, audited, and applied when asked."""

from collections.abc import Callable

import pytest

from tests.desk.browser import Browser

Audited = Callable[[], list[tuple[str, str | None]]]


def save(browser: Browser, page: str, **fields: str) -> tuple[int, str]:
    answer = browser.submit(f"/desk/settings/{page}", version="0", **fields)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/facts",
        "/hours",
        "/place",
        "/booking",
        "/keeping",
        "/texts",
        "/changes",
        "/calendar",
        "/calendar/new",
        "/texts/one?key=wording/control.greet",
        "/texts?q=hello",
    ],
)
def test_every_page_opens(ana: Browser, page: str) -> None:
    assert ana.open(f"/desk/settings{page}").status_code == 200
