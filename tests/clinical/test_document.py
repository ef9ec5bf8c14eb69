"""The result as a document: the same words as the result, nothing about scans beside a flag, none in an emergency."""

from dataclasses import replace

import pytest

from bot.clinical.document import document, document_for_patient
from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.erasing import may_be_erased
from bot.clinical.event import Facts
from bot.clinical.notes import NOTES, notes
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.summary import summarise
from bot.clinical.vocabulary import Imaging, Region, Side
from bot.clinical.voice import Voice
from tests.clinical.patient import BACK, Patient, answer_routinely, mention, red_flag

KIM = AppointmentRequest(ContactDetails("Kim", "+16045550123"), times="mornings", payer="icbc")


@pytest.fixture
def voice(facts: Facts, protocol: Protocol) -> Voice:
    return Voice(protocol, facts)


@pytest.fixture
def patient(facts: Facts, protocol: Protocol) -> Patient:
    """Somebody with a low back, screened to the result."""
    patient = Patient(facts, protocol)
    patient.says("my back", *BACK, duration_days=180, imaging=Imaging.NORMAL)
    answer_routinely(patient)
    return patient


def result_of(patient: Patient) -> Reply:
    """The reply that gave the result."""
    return next(reply for reply in patient.replies if reply.kind is ReplyKind.RESULT)


def values(encounter: Encounter, voice: Voice) -> dict[str, str]:
    """What the patient's document says beside the findings."""
    shown = document_for_patient(encounter, voice)
    assert shown is not None
    return {note.id: note.value for note in shown.notes}


def test_it_has_the_lines_and_rows_of_the_result(patient: Patient, voice: Voice) -> None:
    shown, result = document_for_patient(patient.encounter, voice), result_of(patient)
    assert shown is not None
    assert "\n\n".join(shown.lines) == result.text
    assert (("Count", shown.count), *shown.rows) == result.card
    assert shown.count == "3 of 7"


def test_a_flagged_result_is_told_the_same_way_in_the_document(facts: Facts, protocol: Protocol, voice: Voice) -> None:
    patient = Patient(facts, protocol)
    patient.says(
        "my calf", mention("pain", "my calf hurts", regions=("lower_leg",)), flags=(red_flag("dvt", "same_day"),)
    )
    answer_routinely(patient)
    shown = document_for_patient(patient.encounter, voice)
    assert shown is not None
    assert "\n\n".join(shown.lines) == result_of(patient).text


def test_it_notes_place_time_severity_scans_and_what_was_asked_for(patient: Patient, voice: Voice) -> None:
    known = replace(
        patient.encounter,
        regions=(Region.ANKLE_FOOT,),
        side=Side.LEFT,
        severity=6,
        precautions=("blood_thinners",),
        precaution_taps=("blood", "pregnant"),
        background=("stops_sleep", "worse after gardening"),
        request=KIM,
    )
    known = replace(known, findings=(replace(known.findings[0], contradicted=True), *known.findings[1:]))
    said = values(known, voice)
    assert said["place"] == "left ankle or foot"
    assert said["time"] == "about 6 months"
    assert said["severity"] == "6 of 10"
    assert said["scans"] == "scan was clear"
    assert said["background"] == "It keeps me from sleep; worse after gardening"
    assert said["precautions"].startswith("blood thinners or daily aspirin; Blood thinners")
    assert said["both"] == "pain"
    assert (said["payer"], said["times"]) == ("ICBC claim", "mornings")
    assert "Kim" not in str(document_for_patient(known, voice))


def test_what_is_not_known_is_left_out_for_the_patient_and_listed_for_staff(patient: Patient, voice: Voice) -> None:
    assert "severity" not in values(patient.encounter, voice)
    assert [note.id for note in document(patient.encounter, voice).notes] == list(NOTES)


@pytest.mark.parametrize(("level", "withheld"), [("same_day", True), ("see_doctor", True), (None, False)])
def test_beside_a_flag_no_note_speaks_of_scans(
    patient: Patient, voice: Voice, level: str | None, withheld: bool
) -> None:
    flags = (red_flag("dvt", level),) if level else ()
    known = replace(patient.encounter, background=("scan_normal", "the MRI was fine", "stops_sleep"))
    if flags:
        flagged = Patient(voice.facts, voice.protocol, encounter=replace(known, stage=Stage.SCREENING, complete=False))
        flagged.says("hot calf", flags=flags)
        known = replace(flagged.encounter, complete=True)
    said = str(values(known, voice)).casefold()
    assert "it keeps me from sleep" in said
    assert any(word in said for word in ("scan", "mri")) is not withheld
    assert "scan was clear" in str(document(known, voice).notes)


@pytest.mark.parametrize("flag", [red_flag("cauda_equina", "emergency"), red_flag("self_harm", "crisis")])
def test_after_an_emergency_or_a_crisis_there_is_no_document(patient: Patient, voice: Voice, flag: object) -> None:
    patient.says("and now this", flags=(flag,))  # type: ignore[arg-type]  # a parametrised red flag
    assert patient.encounter.complete
    assert document_for_patient(patient.encounter, voice) is None
    assert document(patient.encounter, voice).lines == ()


@pytest.mark.parametrize("change", [{"complete": False}, {"disposition": None}, {"returning": True}])
def test_without_a_result_there_is_no_document(patient: Patient, voice: Voice, change: dict[str, bool]) -> None:
    changed = replace(patient.encounter, **change)  # type: ignore[arg-type]  # the names are those of its fields
    assert document_for_patient(changed, voice) is None


def test_the_summary_for_the_clinic_system_says_what_the_notes_say(patient: Patient, protocol: Protocol) -> None:
    known = replace(patient.encounter, severity=6, side=Side.BOTH, background=("stops_sleep",), request=KIM)
    lines = "\n".join(summarise(known, protocol))
    for note in notes(known, protocol):
        assert note.value in lines


def test_an_inquiry_with_a_name_or_number_belongs_to_the_clinics_record() -> None:
    assert may_be_erased(Encounter())
    assert may_be_erased(Encounter(request=AppointmentRequest(times="mornings")))
    assert not may_be_erased(Encounter(request=AppointmentRequest(ContactDetails(email="kim@mail.example"))))
