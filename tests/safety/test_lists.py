"""The safety lists: in time for every place, told at the level of what is ticked, and nobody who leaves is lost."""

from dataclasses import replace

import pytest

from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.event import Facts
from bot.clinical.pairs import raised_pairs
from bot.clinical.plan import SAFE_BY
from bot.clinical.protocol import PairRule, Protocol
from bot.clinical.reply import ReplyKind
from bot.clinical.safety import lists
from bot.clinical.vocabulary import URGENT_LEVELS, Finding, FlagClass, Level, Onset, Presence, Region
from bot.knowledge import load_protocol
from bot.service.inquiry import inquiry_of
from tests.clinical.patient import BACK, Patient, answer_routinely, mention
from tests.safety.conftest import Talk

RULES = load_protocol().pair_rules
AGES = {"under_19": "me_under_19", "50_plus": "me_50_64", "65_plus": "me_65_plus"}
ORDINARY = ("none", "where_all_over", "same_for_months", "me_19_49")
DAYS = {"new": 10, "old": 200}


@pytest.mark.parametrize("region", list(Region))
def test_every_list_of_a_place_is_answered_before_its_result_and_by_question_four(
    region: Region, facts: Facts, protocol: Protocol
) -> None:
    patient = Patient(facts, protocol)
    patient.says("it hurts", mention("pain", "it hurts", regions=(region.value,)), intents=("describe_symptom",))
    answer_routinely(patient)
    asked = [number for number, id in enumerate(patient.encounter.asked, start=1) if id.startswith("safety.")]
    needed = {item.id for one in lists(patient.encounter, protocol) for item in one.items}
    assert patient.replies[-1].question == "booking.offer" or patient.encounter.complete
    assert needed
    assert needed <= set(patient.encounter.cleared)
    assert asked[0] <= 2
    assert asked[-1] <= SAFE_BY


@pytest.mark.parametrize("region", ["lower_back", "buttock", "thigh", "leg_unspecified"])
def test_no_answer_but_one_to_the_cauda_equina_list_itself_leads_past_it(
    region: str, facts: Facts, protocol: Protocol
) -> None:
    patient = Patient(facts, protocol)
    patient.says("it hurts", mention("pain", "it hurts", regions=(region,)), intents=("describe_symptom",))
    for intent in ("book_exam", "faq/does_it_hurt", "nonsense", "thank", "show_summary", "affirm"):
        patient.says("something else", intents=(intent,))
    assert "saddle_numb" not in patient.encounter.cleared
    assert not any(reply.kind is ReplyKind.RESULT for reply in patient.replies)


def test_every_ticked_item_is_told_on_that_turn_at_its_own_level(facts: Facts, protocol: Protocol) -> None:
    raising = [item for item in protocol.items.values() if item.level is not Level.NONE]
    reached = {item.id: _tick(item.id, facts, protocol) for item in raising}
    for item in raising:
        patient = reached[item.id]
        assert patient is not None, f"no list asks {item.id}"
        assert patient.turn is not None
        disposition = patient.encounter.disposition
        assert disposition is not None, item.id
        assert disposition.urgency <= item.level.urgency, item.id
        is_told = patient.turn.replies[0].kind is ReplyKind.EMERGENCY
        assert is_told is (item.level in URGENT_LEVELS), item.id


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_weak_signs_count_together_and_not_when_one_is_missing(rule: PairRule, protocol: Protocol) -> None:
    for one in rule.any_of or (None,):
        signs = (*rule.all_of, *((one,) if one else ()))
        assert rule.id in _raised(signs, protocol), signs
        assert rule.id not in _raised(signs[1:], protocol), signs


def test_whoever_leaves_at_any_question_is_at_the_desk_with_what_they_said(talk: Talk) -> None:
    steps: list[str | list[str]] = ["burning pain in my lower back since May", ["none"], ["none"], ["me_19_49"]]
    for left_after in range(1, len(steps) + 1):
        conversation = talk(*steps[:left_after])
        inquiry = inquiry_of(conversation.encounter)
        assert inquiry is not None
        assert (inquiry.present, inquiry.complete) == (1, False)


def test_whoever_leaves_a_list_unanswered_twice_is_handed_to_a_person(facts: Facts, protocol: Protocol) -> None:
    patient = Patient(facts, protocol)
    patient.says("my back", *BACK)
    for _ in range(2):
        patient.says("la la")
    inquiry = inquiry_of(patient.encounter)
    assert inquiry is not None
    assert inquiry.person_requested == "unanswered_safety"


def _tick(item: str, facts: Facts, protocol: Protocol) -> Patient | None:
    """The patient who has just ticked this item, in the first place whose lists ask for it."""
    for region in Region:
        patient = Patient(facts, protocol)
        patient.says("it hurts", mention("pain", "it hurts", regions=(region.value,)), intents=("describe_symptom",))
        while patient.asked is not None and patient.asked.startswith(("safety.", "where", "pattern", "who")):
            offered = {choice.id for choice in patient.last.choices}
            if item in offered:
                patient.taps(item)
                return patient
            patient.taps(next(id for id in ORDINARY if id in offered))
    return None


def _raised(signs: tuple[str, ...], protocol: Protocol) -> set[str]:
    encounter = Encounter()
    for sign in signs:
        encounter = _with_sign(encounter, *sign.split(":"))
    return {record.rule for record in raised_pairs(encounter, protocol)}


def _with_sign(encounter: Encounter, kind: str, name: str) -> Encounter:
    if kind == "item":
        return replace(encounter, ticked=(*encounter.ticked, name))
    if kind == "region":
        return replace(encounter, regions=(*encounter.regions, Region(name)))
    if kind == "finding":
        record = FindingRecord(Finding(name), Presence.PRESENT)
        return replace(encounter, findings=(*encounter.findings, record))
    if kind == "flag":
        flag = FlagRecord(FlagClass(name), Level.SEE_DOCTOR, Onset.NEW, "words", "text:test")
        return replace(encounter, flags=(*encounter.flags, flag))
    if kind == "precaution":
        return replace(encounter, precautions=(*encounter.precautions, name))
    if kind == "duration":
        return replace(encounter, duration_days=DAYS[name])
    if kind == "pattern":
        return replace(encounter, pattern=name)
    return replace(encounter, who=AGES[name] if kind == "age" else name)
