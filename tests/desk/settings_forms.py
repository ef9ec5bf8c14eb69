"""The forms of the settings pages, filled in and saved by a browser."""

import re
from collections.abc import Callable, Mapping

from tests.desk.browser import Browser

VERSION = re.compile(r'name="version" value="(\d+)"')


def saving(browser: Browser) -> Callable[..., tuple[int, str]]:
    """Fills in a page as it stands and saves it: the status, and what is shown then."""

    def save(page: str, fields: Mapping[str, str], version: str | None = None) -> tuple[int, str]:
        address = f"/desk/settings/{page}"
        found = VERSION.search(browser.open(address).text)
        assert found
        sent = {"form_token": browser.form_token(address), "version": version or found[1], **fields}
        answer = browser.send(address.partition("?")[0], sent)
        if answer.status_code == 303:
            return 303, browser.read(answer.headers["location"])
        return answer.status_code, answer.text

    return save
