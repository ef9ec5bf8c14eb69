"""The inquiry page: what it shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from sqlalchemy import update

from bot.clinical.appointment import Appointment, AppointmentState
from bot.clinical.document import document_for_patient
from bot.clinical.event import Clinic, Facts
from bot.clinical.summary import summarise
from bot.clinical.vocabulary import Disposition, FlagClass, Imaging, Level
from bot.clinical.voice import Voice
from bot.service.desk import DeskServices
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)> \u202eevil {{7*7}}"


def page_of(inquiry_id: str) -> str:
    """The address of an inquiry's page."""
    return f"/desk/inquiries/{inquiry_id}"


def read(browser: Browser, inquiry_id: str) -> str:
    """What the inquiry page shows."""
    return browser.read(page_of(inquiry_id))


def test_it_shows_who_to_call_what_was_found_and_what_was_asked_for(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=backache(request=asked_for("Mary Ng", "+16045550123"), who="me")))
    page = read(ana, id)
    for part in (
        "Call +1 604-555-0123",
        "Mary Ng",
        "Ready for a hands-on examination",
        "2 present, 1 denied, 4 not known. A count, not a test.",
        "burning pain",
        "no swelling",
        "my mother's ankles swell",
        "said of someone else",
        "Tuesday morning",
        "6 months",
        "6 of 10",
    ):
        assert part in page
    assert page.index("Mary Ng") < page.index("Ready for a hands-on") < page.index("Findings")


def test_precautions_are_worded_by_the_protocol(ana: Browser, arrive: Arrive, services: DeskServices) -> None:
    page = read(ana, arrive(Patient(encounter=backache())))
    assert services.protocol.precautions["blood_thinners"].lower() in page.lower()


@pytest.mark.parametrize(
    ("disposition", "words"),
    [
        (Disposition.EMERGENCY, "I can't feel anything when I wipe"),
        (Disposition.CRISIS, "I don't want to be here any more"),
    ],
)
def test_an_urgent_inquiry_shows_the_words_what_to_do_and_what_the_patient_was_told(
    ana: Browser, arrive: Arrive, services: DeskServices, disposition: Disposition, words: str
) -> None:
    encounter = flagged(disposition, request=asked_for("Mary", "+16045550123"))
    page = read(ana, arrive(Patient(encounter=encounter, reply="Call 9-1-1 now.", kind="emergency")))
    assert "Call back now" in page
    assert words in page
    assert "What to do first" in page
    assert page.index("What the patient was told Call 9-1-1 now.") < page.index("Findings")
    assert services.protocol.region.emergency_number in page


def test_a_ticked_item_is_not_shown_as_the_patients_words(ana: Browser, arrive: Arrive) -> None:
    encounter = flagged(Disposition.SAME_DAY)
    flag = replace(encounter.flags[0], rule="ticked:limb_swollen_hot", words="One leg newly swollen")
    assert "Ticked: One leg newly swollen" in read(ana, arrive(Patient(encounter=replace(encounter, flags=(flag,)))))


@pytest.mark.parametrize("level", [Level.SAME_DAY, Level.NONE])
def test_every_class_of_red_flags_has_its_words(ana: Browser, arrive: Arrive, level: Level) -> None:
    encounter = flagged(Disposition.SAME_DAY)
    flags = tuple(replace(encounter.flags[0], flag_class=one, level=level, words=f"said: {one}") for one in FlagClass)
    page = ana.open(page_of(arrive(Patient(encounter=replace(encounter, flags=flags))))).text
    for flag in flags:
        assert flag.words in page
        assert f"<strong>{flag.flag_class.value}</strong>" not in page


def test_the_transcript_is_what_was_written_with_its_spaces_and_tapped_labels(ana: Browser, arrive: Arrive) -> None:
    text = "  two\n\n  lines\tand  spaces \u202b\u05e9\u05dc\u05d5\u05dd "
    id = arrive(Patient(text=text, encounter=backache()))
    assert f'<div class="said" dir="auto">{text}</div>' in ana.open(page_of(id)).text
    tapped = arrive(
        Patient(encounter=backache(), choices=(("saddle_numb", "Numb between the legs"),), taps=("saddle_numb",))
    )
    page = read(ana, tapped)
    assert "Chose: Numb between the legs" in page
    assert "saddle_numb" not in page


def test_the_lines_of_the_transcript_stand_in_the_order_they_were_said(ana: Browser, arrive: Arrive) -> None:
    page = read(ana, arrive(Patient(text="my back hurts", reply="Where exactly?", encounter=backache())))
    assert page.index("This is automated.") < page.index("my back hurts") < page.index("Where exactly?")


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect every element with its attributes."""
        self.seen.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every element of a page."""
    reader = _Elements()
    reader.feed(page)
    return reader.seen


def test_nothing_a_patient_or_colleague_writes_becomes_part_of_the_page(ana: Browser, arrive: Arrive) -> None:
    encounter = flagged(Disposition.EMERGENCY, request=asked_for(HOSTILE, HOSTILE[:39], times=HOSTILE, payer=HOSTILE))
    finding = replace(encounter.findings[0], quotes=(HOSTILE,))
    other = replace(encounter.other_findings[0], text=HOSTILE, reason=HOSTILE)
    flag = replace(encounter.flags[0], words=HOSTILE, note=HOSTILE)
    encounter = replace(encounter, findings=(finding,), other_findings=(other,), flags=(flag,), background=(HOSTILE,))
    encounter = replace(encounter, who=HOSTILE, protocol_version=HOSTILE)
    id = arrive(Patient(text=HOSTILE, encounter=encounter, reply=HOSTILE, kind="emergency"))
    ana.act(id, "notes", text=HOSTILE)
    ana.act(id, "calls", outcome="declined", line=HOSTILE)
    for address in ("/desk", page_of(id)):
        page = ana.open(address).text
        assert [attrs.get("src") for tag, attrs in elements(page) if tag == "script"] == [
            part for part in page.split('"') if part.startswith("/desk/static/") and ".js?" in part
        ]
        assert not [tag for tag, _ in elements(page) if tag in ("img", "svg", "iframe", "object", "style")]
        assert not [name for _, attrs in elements(page) for name in attrs if name.startswith("on") or name == "style"]
        assert "49" not in page.replace("&#39;", "").replace("&#34;", "").partition("evil ")[2][:9]
    assert read(ana, id).count("<script>alert(1)</script>") >= 10


def test_the_copy_for_the_clinic_system_is_the_eight_lines_of_the_summary(
    ana: Browser, arrive: Arrive, services: DeskServices
) -> None:
    encounter = backache(request=asked_for("Mary Ng", "+16045550123"))
    lines = summarise(encounter, services.protocol)
    assert len(lines) == 8
    page = ana.open(page_of(arrive(Patient(encounter=encounter)))).text
    copied = page.partition('id="copy-text"')[2].partition(">")[2].partition("</textarea>")[0]
    assert copied.replace("&#39;", "'").removeprefix("\n").split("\n") == list(lines)


def test_times_are_the_clinics_with_utc_beside_them(ana: Browser, arrive: Arrive, clock: TurnableClock) -> None:
    page = ana.open(page_of(arrive(Patient(encounter=backache())))).text
    assert 'title="2026-11-22 17:00:00 UTC">9:00 am</time>' in page


def test_a_damaged_encounter_hides_neither_name_nor_transcript(
    ana: Browser, arrive: Arrive, database: Database
) -> None:
    id = arrive(Patient(text="my back hurts", encounter=backache(request=asked_for("Mary Ng", "+16045550123"))))
    with database.write() as connection:
        connection.execute(update(tables.conversations).values(encounter='{"schema": 99, "odd": true}'))
    page = read(ana, id)
    assert "the stored record is damaged" in page
    assert "Mary Ng" in page
    assert "my back hurts" in page
    assert "Mary Ng" in ana.read("/desk")


def test_it_reads_the_same_document_that_the_patient_prints(
    ana: Browser, arrive: Arrive, services: DeskServices
) -> None:
    encounter = backache(request=asked_for("Mary Ng", "+16045550123"), background=("stops_sleep", "worse on stairs"))
    facts = Facts(services.clock.now(), Clinic(services.clinic.name, services.clinic.phone))
    printed = document_for_patient(encounter, Voice(services.protocol, facts))
    page = read(ana, arrive(Patient(encounter=encounter)))
    assert printed is not None
    for line in printed.lines:
        assert " ".join(line.split()) in page
    for note in printed.notes:
        assert all(value.casefold() in page.casefold() for value in note.values), note


def test_what_was_not_said_is_shown_as_not_said_and_scans_are_shown_beside_a_flag(ana: Browser, arrive: Arrive) -> None:
    silent = read(ana, arrive(Patient(encounter=backache(severity=None))))
    assert "How bad, from 0 to 10Not said" in silent
    page = read(ana, arrive(Patient(encounter=flagged(Disposition.SAME_DAY, imaging=Imaging.NORMAL))))
    assert "Scansscan was clear" in page


def test_whom_they_want_in_which_language_and_the_claim_are_shown(ana: Browser, arrive: Arrive) -> None:
    wish = asked_for("Kim", practitioner="Amy Lee", visit_language="Cantonese", claim="AB123456")
    page = read(ana, arrive(Patient(encounter=backache(request=wish))))
    assert all(words in page for words in ("Amy Lee", "Cantonese", "AB123456"))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AppointmentState.CONFIRMED, "Booked in our calendar"),
        (AppointmentState.CANCELLED, "Cancelled by the patient"),
        (AppointmentState.HELD, None),
    ],
)
def test_a_booked_time_and_one_that_was_given_back_are_shown(
    state: AppointmentState, words: str | None, ana: Browser, arrive: Arrive
) -> None:
    starts_at = datetime(2026, 12, 1, 9, tzinfo=timezone(timedelta(hours=-8)))
    time = Appointment("amy", "Amy <Lee>", starts_at, 40, state)
    page = read(ana, arrive(Patient(encounter=backache(request=asked_for("Kim"), appointment=time))))
    assert (words in page) if words else ("Booked in our" not in page and "Cancelled by" not in page)
    assert ("Tue, Dec 1, 9:00 am with Amy <Lee>" in page) is (words is not None)
