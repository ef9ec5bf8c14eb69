"""One inquiry is handed on as a paper or a bundle: everything of it, to those who may, with a line in the audit."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.clinical.encounter import FindingRecord
from bot.clinical.vocabulary import Disposition, Finding, Presence
from bot.errors import ExportError
from bot.outside.fhir.bundles import FhirBundles
from bot.outside.sheets import BOX
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.patients import Patient, asked_for, flagged
from tests.web.papers import text_of

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]
TORN = FindingRecord(Finding.TENDERNESS, Presence.PRESENT, ("sore, then not",), contradicted=True)


def kim(**changes: object) -> Patient:
    """A patient with a red flag, a request and a contradiction."""
    known = flagged(Disposition.SEE_DOCTOR, request=asked_for("Kim Zebra", "+16045550123"))
    whole = replace(known, findings=(*known.findings, TORN))
    return replace(Patient(encounter=whole, taps=()), **changes)  # type: ignore[arg-type]  # fields by name


def handed(browser: Browser, inquiry_id: str, form: str) -> tuple[int, bytes]:
    """The answer to saving the inquiry in this form."""
    page = f"/desk/inquiries/{inquiry_id}"
    answer = browser.submit(f"{page}/hand-on", page=page, **{"as": form})
    return answer.status_code, answer.content


def test_the_paper_holds_all_of_the_inquiry(ana: Browser, arrive: Arrive, audited: Audited) -> None:
    inquiry_id = arrive(kim())
    ana.act(inquiry_id, "notes", text="Knows the stairs\nof our house")
    ana.act(inquiry_id, "calls", outcome="no_answer", line="rang twice")
    ana.act(inquiry_id, "judge", verdict="agree", version="1", heard="1")
    status, paper = handed(ana, inquiry_id, "pdf")
    assert (status, paper[:5]) == (200, b"%PDF-")
    shown = " ".join(text_of(paper).split())
    for words in (
        *("Kim Zebra", "+1 604-555-0123", "ICBC claim", "Tuesday morning", "Level: See a doctor"),
        *("Neuropathy: See a doctor, new or worse", "“both feet numb for years”", "3 present, 1 denied, 3 not known"),
        *("“burning pain”", "Contradictions, ask again: sore to touch", "my mother's ankles swell"),
        *("Blood thinners or daily aspirin", "Knows the stairs of our house", "rang twice", "No answer"),
        *("Came to the desk", "I have had a burning pain in my lower back for six months", "Thank you."),
        *("confidential", "by Ana · 1/3", "Agree: See a doctor"),
    ):
        assert words in shown, words
    assert BOX not in shown
    assert audited()[-1] == ("inquiry.handed_on", "pdf")


def test_letters_that_cannot_be_drawn_are_said_to_be_missing(ana: Browser, arrive: Arrive) -> None:
    shown = " ".join(text_of(handed(ana, arrive(kim(text="ਦਰਦ in my back, Привет")), "pdf")[1]).split())
    assert f"{BOX * 3} in my back, Привет" in shown
    assert "Some letters cannot be shown on this paper" in shown


def test_the_bundle_is_of_this_inquiry_and_written_down(ana: Browser, arrive: Arrive, audited: Audited) -> None:
    inquiry_id = arrive(kim())
    page = f"/desk/inquiries/{inquiry_id}"
    answer = ana.submit(f"{page}/hand-on", page=page, **{"as": "fhir"})
    assert answer.headers["content-type"] == "application/fhir+json"
    assert answer.headers["content-disposition"] == f'attachment; filename="inquiry-{inquiry_id[:8]}.fhir.json"'
    assert json.loads(answer.text)["identifier"]["value"] == inquiry_id
    assert audited()[-1] == ("inquiry.handed_on", "fhir")


def test_handing_on_does_not_count_as_opening(ana: Browser, arrive: Arrive, database: Database) -> None:
    inquiry_id = arrive(kim())
    token = ana.form_token("/desk/nowhere")
    ana.send(f"/desk/inquiries/{inquiry_id}/hand-on", {"form_token": token, "as": "pdf"})
    assert "Not opened yet" in ana.read("/desk")


def test_a_damaged_record_is_drawn_but_makes_no_bundle(ana: Browser, arrive: Arrive, database: Database) -> None:
    inquiry_id = arrive(kim())
    with database.write() as connection:
        connection.execute(update(tables.conversations).values(encounter="{"))
    status, paper = handed(ana, inquiry_id, "pdf")
    assert status == 200
    assert "the stored record is damaged" in " ".join(text_of(paper).split())
    status, page = handed(ana, inquiry_id, "fhir")
    assert (status, b"Nothing was given out" in page) == (500, True)


def test_what_is_not_valid_is_never_given_out(ana: Browser, arrive: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise ExportError("no valid FHIR bundle could be made: entry.3.resource.code")

    monkeypatch.setattr(FhirBundles, "bundle", refuse)
    status, page = handed(ana, arrive(kim()), "fhir")
    assert (status, b"Kim" in page) == (500, False)


@pytest.mark.parametrize("form", ["pdf", "fhir"])
def test_an_erased_person_cannot_be_handed_on(ana: Browser, arrive: Arrive, form: str) -> None:
    inquiry_id = arrive(kim())
    person = f"/desk/inquiries/{inquiry_id}/person"
    assert ana.submit(f"{person}/erase", page=f"{person}/erase", sure="yes").status_code == 200
    token = ana.form_token("/desk/nowhere")
    answer = ana.send(f"/desk/inquiries/{inquiry_id}/hand-on", {"form_token": token, "as": form})
    assert answer.status_code == 404


def test_a_form_that_there_is_not_is_refused(ana: Browser, arrive: Arrive) -> None:
    assert handed(ana, arrive(kim()), "xml")[0] == 400
