"""The screening: which questions are asked in which order, what is counted, and what the result says."""

from dataclasses import replace

import pytest

from bot.clinical.advance import advance
from bot.clinical.effect import RequestAppointment, RequestPerson
from bot.clinical.encounter import Stage, record_of
from bot.clinical.event import EffectFailed, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.reply import ReplyKind
from bot.clinical.tally import tally
from bot.clinical.view import view
from bot.clinical.vocabulary import Answer, Disposition, Finding, Imaging, Level, Presence
from tests.clinical.patient import BACK, HEADACHE, Patient, answer_routinely, mention, red_flag


@pytest.fixture
def patient(facts: Facts, protocol: Protocol) -> Patient:
    return Patient(facts, protocol)


def test_a_low_back_complaint_needs_five_questions_and_cauda_equina_comes_first(patient: Patient) -> None:
    patient.says("my back", *BACK, duration_days=180, imaging=Imaging.NORMAL)
    answer_routinely(patient)
    assert patient.encounter.asked == ("safety.cauda_equina", "safety.second", "who", "findings", "background")


def test_a_neck_and_headache_complaint_needs_five_questions(patient: Patient) -> None:
    patient.says("neck tight and headaches", *HEADACHE)
    answer_routinely(patient)
    assert patient.encounter.asked == ("safety.first", "pattern", "who", "safety.second", "findings")


def test_the_result_counts_what_was_said_and_quotes_it(patient: Patient) -> None:
    patient.says("my back", *BACK, duration_days=180, imaging=Imaging.NORMAL)
    answer_routinely(patient)
    shown = view(patient.encounter)
    assert shown["disposition"] == "physio_exam"
    assert shown["findings"]["pain"]["quotes"] == ["burning pain in my lower back"]
    assert shown["findings"]["swelling"]["presence"] == "absent"
    assert shown["tally"]["present"] == 3
    result = next(reply for reply in patient.replies if reply.kind is ReplyKind.RESULT)
    assert "A clear scan does not mean nothing is wrong" in result.text
    assert "burning pain in my lower back" in result.text


def test_what_was_said_is_not_asked(patient: Patient) -> None:
    patient.says("my back", *BACK)
    answer_routinely(patient)
    findings = next(reply for reply in patient.replies if reply.question == "findings")
    said = {Finding.PAIN, Finding.MUSCLE_SPASM, Finding.TEMPERATURE_CHANGE, Finding.SWELLING}
    assert said.isdisjoint(findings.asks)
    assert {choice.id for choice in findings.choices} == {
        "tenderness",
        "sweating_change",
        "altered_sensation",
        "none",
        "unsure",
    }


def test_an_unknown_place_is_asked_first_and_both_lists_come_by_question_four(patient: Patient) -> None:
    patient.says("everything is tight", mention("muscle_spasm", "everything is tight"), intents=("describe_symptom",))
    assert patient.asked == "where"
    patient.taps("unsure")
    answer_routinely(patient)
    lists = [index for index, id in enumerate(patient.encounter.asked, start=1) if id.startswith("safety")]
    assert lists[0] == 2
    assert lists[-1] <= 4
    assert patient.encounter.complete


def test_a_price_question_screens_nobody(patient: Patient) -> None:
    patient.says("how much is it?", intents=("faq/cost_insurance",))
    assert patient.encounter.stage is Stage.OPENING
    assert not [reply for reply in patient.replies if reply.kind is ReplyKind.QUESTION]


def test_the_word_pain_in_a_question_about_needles_is_not_a_finding(patient: Patient) -> None:
    patient.says("does it hurt?", mention("pain", "does it hurt"), intents=("faq/does_it_hurt",))
    assert record_of(patient.encounter, Finding.PAIN).presence is Presence.UNKNOWN


def test_a_faq_in_mid_question_is_answered_and_the_question_comes_back(patient: Patient) -> None:
    patient.says("my back", *BACK)
    before = patient.last
    patient.says("does it hurt?", intents=("faq/does_it_hurt",))
    assert patient.last.question == before.question
    assert patient.last.choices == before.choices
    assert patient.encounter.asked == (before.question,)


def test_an_emergency_item_ends_the_form_on_that_turn(patient: Patient) -> None:
    patient.says("my back", *BACK)
    item = patient.last.choices[0].id
    turn = patient.taps(item)
    assert turn.replies[0].kind is ReplyKind.EMERGENCY
    assert patient.encounter.disposition is Disposition.EMERGENCY
    assert patient.encounter.complete
    assert patient.asked == "urgent.contact"
    assert not any(word in reply.text for reply in turn.replies for word in ("scan", "X-ray", "MRI"))


def test_an_emergency_never_returns_to_the_form_and_keeps_the_number(patient: Patient) -> None:
    patient.says("numb when I wipe", flags=(red_flag("cauda_equina", "emergency"),))
    patient.says("tapped by mistake, it is old")
    assert patient.last.kind is ReplyKind.EMERGENCY
    contact = ContactDetails(name="Dana Whitlock", phone="+16045550182")
    turn = patient.says("Dana Whitlock 604 555 0182", contact=contact)
    assert isinstance(turn.effects[0], RequestAppointment)
    assert turn.effects[0].request.contact == contact
    assert patient.encounter.stage is Stage.URGENT
    assert patient.encounter.disposition is Disposition.EMERGENCY


def test_not_sure_is_followed_up_once_and_then_counts_as_an_emergency(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.taps("unsure")
    assert patient.asked == "safety.unsure1"
    patient.taps("unsure")
    assert patient.encounter.disposition is Disposition.EMERGENCY
    assert patient.replies[-2].text.startswith("Because you are not sure")


def test_an_answered_follow_up_goes_on(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.taps("unsure")
    patient.taps("none")
    answer_routinely(patient)
    assert patient.encounter.disposition is Disposition.PHYSIO_EXAM


def test_a_list_nobody_answers_is_handed_to_a_person_without_a_result(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.says("la la")
    turn = patient.says("la la la")
    assert RequestPerson("unanswered_safety") in turn.effects
    assert patient.encounter.disposition is None
    assert not patient.encounter.complete


def test_a_flag_withholds_the_scan_line(patient: Patient) -> None:
    patient.says("my back", *BACK, imaging=Imaging.NORMAL, flags=(red_flag("infection", "same_day"),))
    assert patient.encounter.disposition is Disposition.SAME_DAY
    answer_routinely(patient)
    assert patient.encounter.complete
    assert not any(word in reply.text for reply in patient.replies for word in ("MRI", "X-ray", "clear scan"))


def test_a_doubtful_flag_is_asked_about_once_and_worse_gives_its_level(patient: Patient) -> None:
    patient.says(
        "foot drop for years", *BACK, flags=(red_flag("limb_weakness", "emergency", ask=True, onset="unclear"),)
    )
    assert patient.asked == "clarify.limb_weakness"
    assert patient.encounter.disposition is None
    patient.taps("worse")
    assert patient.encounter.disposition is Disposition.EMERGENCY


def test_old_and_checked_becomes_see_doctor_and_the_screening_goes_on(patient: Patient) -> None:
    patient.says(
        "foot drop for years", *BACK, flags=(red_flag("limb_weakness", "emergency", ask=True, onset="unclear"),)
    )
    patient.taps("checked")
    answer_routinely(patient)
    assert patient.encounter.disposition is Disposition.SEE_DOCTOR
    assert patient.encounter.complete


def test_a_told_level_is_never_lowered(patient: Patient) -> None:
    patient.says("fever and back pain", *BACK, flags=(red_flag("infection", "same_day"),))
    patient.says("a doctor checked it", flags=(red_flag("infection", "see_doctor", onset="old"),))
    assert patient.encounter.flags[0].level is Level.SAME_DAY


def test_only_a_sore_throat_is_information_and_names_the_nurse_line(patient: Patient) -> None:

    throat = replace(mention("pain", "sore throat"), visceral=True)
    patient.says("sore throat", throat, intents=("describe_symptom",))
    patient.taps("unsure")
    answer_routinely(patient)
    assert patient.encounter.disposition is Disposition.INFORMATION
    result = next(reply for reply in patient.replies if reply.kind is ReplyKind.RESULT)
    assert patient.protocol.region.nurse_line in result.text


def test_a_typed_no_clears_the_list(patient: Patient) -> None:
    patient.says("my back", *BACK)
    patient.says("no nothing like that", answer=Answer.NO)
    assert patient.asked == "safety.second"


def test_the_number_of_a_choice_can_be_typed(patient: Patient) -> None:
    patient.says("my back", *BACK)
    number = [choice.id for choice in patient.last.choices].index("none") + 1
    patient.says(str(number))
    assert patient.asked == "safety.second"


def test_silence_about_a_finding_stays_unknown(patient: Patient) -> None:
    patient.says("my back", *BACK)
    for tap in ("none", "none", "me_19_49", "unsure", "skip"):
        patient.taps(tap)
    assert tally(patient.encounter).unknown == 3


def test_a_request_is_kept_as_soon_as_there_is_a_number(patient: Patient) -> None:
    patient.says("can I book?", intents=("book_exam",))
    contact = ContactDetails(name="Dana", phone="+16045550182")
    turn = patient.says("Dana 604 555 0182", contact=contact)
    assert RequestAppointment(patient.encounter.request) in turn.effects  # type: ignore[arg-type]  # kept above
    for tap in ("mornings", "yes", "icbc", "skip", "none"):
        patient.taps(tap)
    assert patient.encounter.stage is Stage.CLOSED
    request = patient.encounter.request
    assert request is not None
    assert (request.voicemail, request.payer) == ("yes", "icbc")


def test_start_over_asks_first_and_keeps_the_flags(patient: Patient) -> None:
    patient.says("my back", *BACK, flags=(red_flag("infection", "same_day"),))
    patient.says("start over", intents=("start_over",))
    patient.taps("yes")
    assert patient.encounter.stage is Stage.OPENING
    assert patient.encounter.flags
    assert not patient.encounter.findings


def test_a_denied_start_over_brings_the_question_back(patient: Patient) -> None:
    patient.says("my back", *BACK)
    waiting = patient.asked
    patient.says("start over", intents=("start_over",))
    patient.taps("no")
    assert patient.asked == waiting


def test_a_failed_effect_is_said_and_points_to_the_phone(facts: Facts, protocol: Protocol, patient: Patient) -> None:
    event = EffectFailed(RequestPerson("asked"), "no room")
    turn = advance(patient.encounter, event, facts, protocol)
    assert facts.clinic.phone in turn.replies[0].text
