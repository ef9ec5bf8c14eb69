"""Free times are offered six at a time, held, confirmed, and honestly lost; nothing is booked without a yes."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.clinical.advance import advance
from bot.clinical.appointment import AppointmentState, Booking, Way
from bot.clinical.booking_times import slot_id
from bot.clinical.codec import from_data, to_data
from bot.clinical.effect import ConfirmTime, HoldTime, ReleaseTime
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import EffectFailed, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import contract
from bot.clinical.summary import summarise
from tests.clinical.calendar import AMY, BO, DANA, MANAGE, VANCOUVER, chosen, patient_of, times
from tests.clinical.patient import BACK, Patient, answer_routinely, red_flag


def test_only_contact_and_name_come_before_the_times(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    assert patient.asked == "booking.slot"
    labels = [choice.label for choice in patient.last.choices]
    assert labels[0] == "Tue, Dec 1, 9:00 am with Amy Lee"
    assert labels[6:] == ["Other times", "None of these suits me"]
    assert patient.last.times


def test_a_chosen_time_is_held_and_booked_only_after_a_yes(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    turn = patient.taps(chosen(patient))
    first = times(1)[0]
    assert HoldTime("amy", first.starts_at, 40) in turn.effects
    assert patient.asked == "booking.confirm"
    assert "Tue, Dec 1, 9:00 am with Amy Lee. Shall I book it?" in patient.last.text
    assert "Dec" not in summarise(patient.encounter, protocol)[-1]
    turn = patient.taps("yes")
    assert ConfirmTime("amy", first.starts_at, 40) in turn.effects
    told = turn.replies[0]
    assert all(words in told.text for words in ("Tue, Dec 1, 9:00 am", "604-555-0100", "911", "8-1-1"))
    data = contract(told)["data"]
    assert data["appointment"] == {
        "label": "Tue, Dec 1, 9:00 am with Amy Lee",
        "manage": MANAGE,
        "ics": f"{MANAGE}.ics",
    }
    assert "booked: Tue, Dec 1, 9:00 am with Amy Lee" in summarise(patient.encounter, protocol)[-1]


def test_what_the_visit_needs_is_asked_after_it_and_times_are_not(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    patient.taps(chosen(patient))
    patient.taps("yes")
    asked = []
    for tap in ("yes", "icbc", "skip", "none"):
        asked.append(patient.asked)
        patient.taps(tap)
    assert asked == ["booking.voicemail", "booking.payer", "booking.claim", "precautions"]
    assert patient.encounter.stage is Stage.CLOSED
    assert "We will see you on Tue, Dec 1" in patient.last.text


def test_a_no_gives_the_time_back_and_shows_others(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    patient.taps(chosen(patient))
    turn = patient.taps("no")
    assert ReleaseTime() in turn.effects
    assert patient.asked == "booking.slot"


def test_other_times_are_other_times(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(12))
    before = {choice.id for choice in patient.last.choices if choice.id.startswith("slot.")}
    patient.taps("other_times")
    after = {choice.id for choice in patient.last.choices if choice.id.startswith("slot.")}
    assert len(before) == len(after) == 6
    assert not before & after


def test_few_times_have_no_other_page(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(2))
    assert [choice.id for choice in patient.last.choices][2:] == ["none_suits"]


def test_who_finds_no_time_that_suits_asks_the_desk_for_one(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    patient.taps("none_suits")
    assert patient.asked == "booking.times"
    assert "front desk will find a time" in patient.last.text
    patient.taps("mornings")
    assert patient.asked == "booking.practitioner"


def test_without_free_times_the_desk_is_asked_and_that_is_said(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=())
    assert patient.asked == "booking.times"
    assert "no free time" in patient.last.text
    patient.taps("mornings")
    assert patient.asked == "booking.practitioner"
    assert "no free time" not in patient.last.text


def test_times_that_nobody_looked_up_are_not_taken_for_none(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=None)
    assert (patient.asked, patient.last.choices) == ("booking.slot", ())


@pytest.mark.parametrize("effect", [HoldTime, ConfirmTime])
def test_a_time_that_went_to_somebody_else_is_told_kindly_with_the_others(
    effect: type[HoldTime | ConfirmTime], facts: Facts, protocol: Protocol
) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    if effect is ConfirmTime:
        patient.taps(chosen(patient))
    left = replace(patient.facts, times=times(9)[1:])
    failed = effect("amy", times(1)[0].starts_at, 40)
    turn = advance(patient.encounter, EffectFailed(failed, "taken"), left, protocol)
    assert "someone else" in turn.replies[0].text
    assert turn.encounter.appointment is None
    assert turn.encounter.open_question is not None
    assert turn.encounter.open_question.id == "booking.slot"
    assert turn.encounter.open_question.choices[0].label == "Wed, Dec 2, 9:00 am with Amy Lee"


def test_a_time_can_be_typed(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(6))
    patient.says("thursday at 9 please")
    assert patient.encounter.appointment is not None
    assert patient.encounter.appointment.starts_at == times(3)[2].starts_at


def test_a_question_in_between_is_answered_and_the_times_come_back(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    patient.says("does it hurt?", intents=("faq/does_it_hurt",))
    assert patient.asked == "booking.slot"
    assert patient.last.times
    assert len(patient.last.choices) == 8


def test_a_wish_for_a_call_gets_no_times(facts: Facts, protocol: Protocol) -> None:
    way = Booking(Way.CALENDAR, None, (AMY, BO), MANAGE)
    patient = Patient(replace(facts, booking=way, times=times(9)), protocol)
    patient.says("can someone call me?", intents=("talk_to_person",))
    patient.says("Dana 604 555 0182", contact=DANA)
    assert patient.asked == "booking.times"


def test_an_emergency_is_never_offered_a_time(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    patient.taps(chosen(patient))
    patient.says("I can't pee", flags=(red_flag("cauda_equina", "emergency"),))
    assert patient.encounter.stage is Stage.URGENT
    assert not any(reply.times for reply in patient.replies[-2:])
    failed = EffectFailed(HoldTime("amy", times(1)[0].starts_at, 40), "taken")
    turn = advance(patient.encounter, failed, patient.facts, protocol)
    assert turn.encounter.stage is Stage.URGENT
    assert not any(reply.times for reply in turn.replies)


def test_same_day_advice_comes_before_any_time(facts: Facts, protocol: Protocol) -> None:
    way = Booking(Way.CALENDAR, None, (AMY, BO), MANAGE)
    patient = Patient(replace(facts, booking=way, times=times(9)), protocol)
    turn = patient.says("my calf is hot", *BACK, flags=(red_flag("dvt", "same_day"),))
    assert "today" in turn.replies[0].text
    answer_routinely(patient)
    patient.taps("book")
    assert patient.asked == "booking.contact"


def test_who_has_a_time_is_told_it_instead_of_booking_another(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    for tap in (chosen(patient), "yes", "yes", "private", "none"):
        patient.taps(tap)
    turn = patient.says("can I book?", intents=("book_exam",))
    assert "You have a time with us" in turn.replies[0].text
    assert patient.encounter.stage is Stage.CLOSED


def test_who_gave_the_time_back_may_book_anew(facts: Facts, protocol: Protocol) -> None:
    patient = patient_of(facts, protocol, free=times(9))
    for tap in (chosen(patient), "yes", "yes", "private", "none"):
        patient.taps(tap)
    assert patient.encounter.appointment is not None
    given_back = replace(patient.encounter.appointment, state=AppointmentState.CANCELLED)
    patient.encounter = replace(patient.encounter, appointment=given_back)
    assert "cancelled by the patient: Tue, Dec 1" in summarise(patient.encounter, protocol)[-1]
    patient.says("can I book?", intents=("book_exam",))
    assert patient.asked == "booking.slot"


def test_the_facts_travel_as_data(facts: Facts, protocol: Protocol) -> None:
    way = Booking(Way.CALENDAR, None, (AMY, BO), MANAGE)
    known = replace(facts, booking=way, times=times(3), contact_trouble="local_number")
    assert from_data(Facts, to_data(known)) == known
    patient = patient_of(facts, protocol, free=times(3))
    patient.taps(chosen(patient))
    assert from_data(Encounter, to_data(patient.encounter)) == patient.encounter


def test_slot_ids_fit_the_chat_api() -> None:
    moment = datetime(2026, 12, 1, 9, tzinfo=VANCOUVER)
    assert slot_id("amy", moment) == "slot.amy.20261201T1700Z"
