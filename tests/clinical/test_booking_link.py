"""The clinic's own page: the conversation closes with it, and a call may still be asked for."""

from dataclasses import replace

from bot.clinical.appointment import Booking, Way
from bot.clinical.encounter import Stage
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.reply import contract
from tests.clinical.patient import BACK, Patient, answer_routinely


def test_the_clinics_own_page_closes_the_conversation_with_the_summary_to_copy(
    facts: Facts, protocol: Protocol
) -> None:
    page = "https://clinic.example/book"
    patient = Patient(replace(facts, booking=Booking(Way.LINK, page)), protocol)
    patient.says("my back", *BACK)
    answer_routinely(patient)
    turn = patient.taps("book")
    (told,) = turn.replies
    link = contract(told)["data"]["link"]
    assert (link["url"], link["label"]) == (page, "Open our booking page")
    assert "burning pain in my lower back" in link["copy"]
    assert page in told.text
    assert "911" in told.text
    assert (patient.encounter.stage, patient.encounter.wants_appointment) == (Stage.CLOSED, True)
    turn = patient.says("604 555 0182", contact=ContactDetails(phone="+16045550182"))
    assert [type(effect).__name__ for effect in turn.effects] == ["RequestAppointment"]


def test_a_call_may_be_asked_for_beside_the_clinics_own_page(facts: Facts, protocol: Protocol) -> None:
    patient = Patient(replace(facts, booking=Booking(Way.LINK, "https://clinic.example/book")), protocol)
    patient.says("my back", *BACK)
    answer_routinely(patient)
    patient.taps("call_me")
    assert patient.asked == "booking.contact"
