"""A script that a patient stores runs nowhere: not on any page, in no table, in nothing that is handed out."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import FindingRecord, OtherFinding
from bot.clinical.reading import ContactDetails
from bot.clinical.vocabulary import Disposition, Finding, Presence, Region
from scripts.data_file import read_yaml
from tests.desk.browser import Browser
from tests.desk.patients import Patient, flagged
from tests.desk.test_doors import BEHIND, filled

SCRIPTS: list[str] = read_yaml(Path(__file__).parent / "stored_scripts.yml")
PAGES = [path for method, path in BEHIND if method == "GET" and "{rest:path}" not in path]
RUNS = ("javascript:", "data:", "vbscript:")
LINKS = ("href", "src", "action", "formaction", "xlink:href", "srcdoc")
STRANGE = {"iframe", "object", "embed", "base", "svg/onload"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def patient(script: str) -> Patient:
    """A patient who has written the script wherever anything can be written."""
    contact = ContactDetails(script, script[:40], script)
    request = AppointmentRequest(contact, times=script, payer="icbc", claim=script[:40], practitioner=script)
    pain = FindingRecord(Finding.PAIN, Presence.PRESENT, (script,), (Region.LOWER_BACK,))
    spasm = FindingRecord(Finding.MUSCLE_SPASM, Presence.ABSENT, (script,), contradicted=True)
    hers = OtherFinding(Finding.SWELLING, script, "someone_else")
    encounter = flagged(Disposition.SAME_DAY, findings=(pain, spasm), other_findings=(hers,), request=request)
    flags = tuple(replace(flag, words=script) for flag in encounter.flags)
    return Patient(script, replace(encounter, flags=flags))


class Page(HTMLParser):
    """Everything on a page that could run something that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element with what it carries."""
        given = dict(attrs)
        if tag in STRANGE or (tag == "script" and not (given.get("src") or "").startswith("/desk/static/")):
            self.runs.append(tag)
        self.runs += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.runs += [f"{tag} {name}" for name in LINKS if (given.get(name) or "").strip().lower().startswith(RUNS)]
        if tag == "meta" and "http-equiv" in given and "evil" in (given.get("content") or ""):
            self.runs.append("meta")


def running(answer: httpx.Response) -> list[str]:
    """What of an answer would run in a browser or a spreadsheet."""
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        page = Page()
        page.feed(answer.text)
        return page.runs
    if kind.startswith("text/csv"):
        cells = (cell for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))) for cell in row)
        return [cell for cell in cells if cell.startswith(FORMULA)]
    assert answer.headers["x-content-type-options"] == "nosniff"
    return []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_what_patients_store_runs_nowhere(ana: Browser, arrive: Callable[[Patient], str]) -> None:
    inquiries = {arrive(patient(script)): script for script in SCRIPTS}
    for inquiry_id, script in inquiries.items():
        ana.act(inquiry_id, "notes", text=script)
        page = ana.open(f"/desk/inquiries/{inquiry_id}")
        assert script.strip() in unescape(page.text)  # shown as it was written
    paths = {filled(path, inquiry_id) for path in PAGES for inquiry_id in inquiries}
    assert {path: found for path in paths if (found := running(ana.open(path)))} == {}


def test_a_script_that_could_run_would_be_noticed() -> None:
    for script in (
        "<script>ran()</script>",
        "<img src=x onerror=ran()>",
        '<a href=" javascript:ran()">x</a>',
        "<base href=x>",
    ):
        assert running(httpx.Response(200, html=script))
    for cell in ("=1+1", "-2", "@x"):
        assert running(httpx.Response(200, text=f"a,{cell}\n", headers={"content-type": "text/csv"}))
