"""Texts that staff paste into the triage page, read and kept in a browser."""

import re
from html import unescape

from tests.desk.browser import Browser

LETTER = """Hello, I found you online.

For six months I have had a burning pain in my lower back. My X-ray was clear, and I take warfarin.
No swelling that I can see.

Regards,
Oona Berg
604 555 0142
oona.berg@example.com"""

URGENT = "Since this morning I am numb between my legs and I cannot pee. My back hurts. Tom, 604 555 0177"


def read(browser: Browser, text: str) -> str:
    """The page that shows how a text was read."""
    answer = browser.submit("/desk/triage/read", page="/desk/triage", text=text)
    assert answer.status_code == 200
    return answer.text


def fields_of(page: str) -> dict[str, str]:
    """What the form that keeps the text carries, as the browser would send it."""
    form = page.partition('action="/desk/triage/keep"')[2].partition("</form>")[0]
    found = re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def keep(browser: Browser, text: str, **changed: str) -> str:
    """The address of the inquiry that the text became."""
    answer = browser.send("/desk/triage/keep", {**fields_of(read(browser, text)), **changed})
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]
