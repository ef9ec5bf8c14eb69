"""A request asks for no more than the clinic can use, and nothing that was told before."""

from dataclasses import replace

import pytest

from bot.clinical.appointment import Booking, Practitioner
from bot.clinical.contact import claim_in
from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.summary import summarise
from tests.clinical.patient import Patient

DANA = ContactDetails(name="Dana", phone="+16045550182")
AMY = Practitioner("amy", "Amy Lee", ("English", "Cantonese"))
BO = Practitioner("bo", "Bo Singh", ("English",))


def patient_of(facts: Facts, protocol: Protocol, *practitioners: Practitioner, **known: object) -> Patient:
    """A patient who has asked to book and told how to be reached."""
    at = replace(facts, booking=Booking(practitioners=practitioners))
    patient = Patient(at, protocol, replace(Encounter(), **known))  # type: ignore[arg-type]  # fields of the encounter
    patient.says("can I book?", intents=("book_exam",))
    patient.says("Dana 604 555 0182", contact=DANA)
    return patient


def request_of(patient: Patient) -> AppointmentRequest:
    """What the patient asked for."""
    assert patient.encounter.request is not None
    return patient.encounter.request


def test_who_and_which_language_are_asked_where_there_is_a_choice(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, AMY, BO)
    patient.taps("mornings")
    assert [choice.id for choice in patient.last.choices] == ["no_preference", "with.amy", "with.bo"]
    patient.taps("no_preference")
    assert [choice.label for choice in patient.last.choices] == ["English", "Cantonese"]
    patient.taps("visit.2")
    assert patient.asked == "booking.voicemail"
    assert (request_of(patient).practitioner, request_of(patient).visit_language) == (None, "Cantonese")


def test_the_language_of_somebody_who_speaks_one_is_not_asked(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, AMY, BO)
    patient.taps("mornings")
    patient.says("with Bo Singh please")
    assert patient.asked == "booking.voicemail"
    assert request_of(patient).practitioner == "Bo Singh"


@pytest.mark.parametrize("practitioners", [(), (BO,)])
def test_nobody_is_asked_to_choose_among_one(
    facts: Facts, protocol: Protocol, practitioners: tuple[Practitioner, ...]
) -> None:
    patient = patient_of(facts, protocol, *practitioners)
    patient.taps("mornings")
    assert patient.asked == "booking.voicemail"


@pytest.mark.parametrize(("payer", "asked"), [("icbc", "booking.claim"), ("private", "precautions")])
def test_only_some_payers_have_claims(facts: Facts, protocol: Protocol, payer: str, asked: str) -> None:
    patient = patient_of(facts, protocol)
    for tap in ("mornings", "yes", payer):
        patient.taps(tap)
    assert patient.asked == asked


def test_a_typed_claim_is_kept_in_one_form(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol)
    for tap in ("mornings", "yes", "icbc"):
        patient.taps(tap)
    patient.says("it is BC 123-456 78")
    assert request_of(patient).claim == "BC12345678"
    assert "claim BC12345678" in summarise(patient.encounter, protocol)[-1]


def test_a_claim_may_be_skipped(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol)
    for tap in ("mornings", "yes", "icbc", "skip"):
        patient.taps(tap)
    assert (patient.asked, request_of(patient).claim) == ("precautions", None)


def test_a_payer_and_claim_that_were_told_are_not_asked(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, payer="icbc", claim="ab123456")
    for tap in ("mornings", "yes"):
        patient.taps(tap)
    assert patient.asked == "precautions"
    assert (request_of(patient).payer, request_of(patient).claim) == ("icbc", "AB123456")


def test_everything_asked_for_stands_in_the_request_line(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, AMY, BO)
    for tap in ("mornings", "with.amy", "visit.2", "yes", "private", "none"):
        patient.taps(tap)
    assert patient.encounter.stage is Stage.CLOSED
    line = summarise(patient.encounter, protocol)[-1]
    assert all(words in line for words in ("with Amy Lee", "visit in Cantonese", "Mornings", "I pay myself"))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("BC 123-456", "BC123456"),
        ("ab123456", "AB123456"),
        ("claim number is 1234567", "1234567"),
        ("I do not have it", None),
        ("WCB-99 1234", "WCB991234"),
        ("", None),
    ],
)
def test_claim_numbers_are_normalised(text: str, claim: str | None) -> None:
    assert claim_in(text) == claim
