"""A phone with an authenticator app: takes the key from a page that offers one, and tells the code of the moment."""

import re

import httpx
import pyotp

from tests.desk.browser import Browser, shown
from tests.desk.clock import TurnableClock

PASSWORD = "seven quiet otters"
KEY = re.compile(r'<p class="key"><code>([A-Z2-7 ]+)</code>')
RECOVERY = re.compile(r"<li><code>([a-z0-9-]{19})</code></li>")


class Authenticator:
    """The app, which never talks to the desk."""

    def __init__(self, clock: TurnableClock) -> None:
        self.clock = clock
        self.secret = ""

    def scan(self, page: httpx.Response) -> None:
        """Take the key that the page offers."""
        found = KEY.search(page.text)
        assert found, shown(page.text)
        self.secret = found.group(1).replace(" ", "")

    def code(self, *, steps_off: int = 0) -> str:
        """The code of this half minute, or of one before or after it."""
        totp = pyotp.TOTP(self.secret)
        return totp.generate_otp(totp.timecode(self.clock.now()) + steps_off)

    def next_code(self) -> str:
        """The code of the next half minute, which has then come."""
        self.clock.turn(seconds=30)
        return self.code()


def enrol(browser: Browser, phone: Authenticator) -> tuple[str, ...]:
    """The recovery codes of whoever sets a second factor up from their account."""
    page = "/desk/account/second-factor"
    phone.scan(browser.open(page))
    return recovery_codes(browser.submit(page, code=phone.code(), password=PASSWORD))


def recovery_codes(answer: httpx.Response) -> tuple[str, ...]:
    """The codes that a page shows, this once."""
    assert answer.status_code == 200, shown(answer.text)
    found = tuple(RECOVERY.findall(answer.text))
    assert len(found) == 10
    return found
