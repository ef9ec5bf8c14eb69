"""Reports as their files have them, and the day that they are read on."""

import csv
import io
from datetime import date

from bot.clinical.encounter import FindingRecord
from bot.clinical.vocabulary import Finding, Presence, Region
from tests.desk.browser import Browser
from tests.desk.conftest import PASSWORD
from tests.desk.patients import backache

TODAY = date(2026, 11, 22)
KNEE = backache(regions=(Region.KNEE,), findings=(FindingRecord(Finding.SWELLING, Presence.PRESENT),))


def back(browser: Browser) -> Browser:
    """Ana, signed in again after a long time."""
    browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    return browser


def rows(browser: Browser, subject: str, **period: str) -> dict[str, list[str]]:
    """A report as its CSV file has it."""
    answer = browser.submit(f"/desk/reports/{subject}/csv", page="/desk/reports", **(period or {"days": "7"}))
    assert answer.status_code == 200
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.text))}
