"""The protocol in force holds what clinical.md asks for."""

import shutil
import time
from pathlib import Path

import pytest

from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Finding, FlagClass, Level, Region
from bot.knowledge import load_protocol
from bot.knowledge.answers import TOPICS
from bot.knowledge.flag_book import load_flag_book
from bot.knowledge.loader import load_from
from bot.knowledge.safety import LONGEST_LIST, UNSURE_IS_URGENT, lists_of

SADDLE = ("lower_back", "back_unspecified", "buttock", "pelvis_groin", "thigh", "leg_unspecified")
CORD_AND_CHEST = ("upper_back", "back_unspecified", "neck", "shoulder", "arm")
SHORT_LIST_ONLY = ("elbow", "wrist_hand", "hip", "knee", "lower_leg", "ankle_foot")
LIMBS = (*SHORT_LIST_ONLY, "shoulder", "arm", "thigh", "leg_unspecified", "buttock")


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


def asked(protocol: Protocol, *regions: str) -> dict[str, tuple[str, ...]]:
    places = {Region(region) for region in regions}
    return lists_of([one for one in protocol.sets if places.intersection(one.regions)])


def asked_at_all(protocol: Protocol, *regions: str) -> set[str]:
    return {item for items in asked(protocol, *regions).values() for item in items}


@pytest.mark.alone
def test_it_loads_in_less_than_150_ms() -> None:
    def seconds() -> float:
        start = time.process_time()
        load_protocol()
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.15


def test_the_same_data_have_the_same_version_whatever_their_line_ends(root: Path) -> None:
    before = load_from(root, language="en", region="ca-bc").version
    path = root / "en" / "faq.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_from(root, language="en", region="ca-bc").version == before


@pytest.mark.parametrize("file", ["en/wording.yml", "regions/ca-bc.yml", "pair_rules.yml", "en/lexicon.yml"])
def test_any_change_of_the_data_gives_another_version(file: str, root: Path) -> None:
    before = load_from(root, language="en", region="ca-bc").version
    path = root / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert load_from(root, language="en", region="ca-bc").version != before


@pytest.mark.parametrize("file", ["en/flags_net.json", "en/flags/cancer.yml", "en/wording.yml", "safety_items.yml"])
def test_a_file_of_any_kind_that_decides_counts_in_the_version(file: str, root: Path) -> None:
    (root / "en" / "flags_net.json").write_text('{"weights": [0.5]}\n', encoding="utf-8")
    before = load_from(root, language="en", region="ca-bc").version
    (root / file).write_bytes((root / file).read_bytes() + b"\n")
    assert load_from(root, language="en", region="ca-bc").version != before


def test_another_languages_words_do_not_change_the_version(root: Path) -> None:
    before = load_from(root, language="en", region="ca-bc").version
    shutil.copytree(root / "en", root / "fr")
    assert load_from(root, language="en", region="ca-bc").version == before


def test_another_region_file_does_not_change_the_version(root: Path) -> None:
    before = load_from(root, language="en", region="ca-bc").version
    shutil.copy(root / "regions" / "ca-bc.yml", root / "regions" / "elsewhere.yml")
    assert load_from(root, language="en", region="ca-bc").version == before


def test_the_protocol_cannot_be_changed_by_those_who_use_it(protocol: Protocol) -> None:
    with pytest.raises(TypeError):
        protocol.wording["opening.notice"] = "Hi"  # type: ignore[index]  # that it is refused is the claim


@pytest.mark.parametrize("region", list(Region))
def test_every_region_has_a_safety_list_short_enough_to_read(region: Region, protocol: Protocol) -> None:
    lists = asked(protocol, region.value)
    assert any(lists.values())
    assert all(len(items) < LONGEST_LIST for items in lists.values())


@pytest.mark.parametrize("region", [region for region in Region if region.value not in SADDLE])
def test_nobody_else_gets_the_saddle_list(region: Region, protocol: Protocol) -> None:
    assert asked(protocol, region.value)["cauda_equina"] == ()


@pytest.mark.parametrize("region", SADDLE)
def test_back_and_leg_pain_gets_the_saddle_list_on_its_own(region: str, protocol: Protocol) -> None:
    saddle = asked(protocol, region)["cauda_equina"]
    classes = {protocol.items[item].flag_class for item in saddle}
    assert classes == {FlagClass.CAUDA_EQUINA, FlagClass.LIMB_WEAKNESS}
    assert all(protocol.items[item].level is Level.EMERGENCY for item in saddle)


@pytest.mark.parametrize("region", CORD_AND_CHEST)
def test_upper_body_pain_is_asked_about_chest_and_cord(region: str, protocol: Protocol) -> None:
    first = asked(protocol, region)["first"]
    assert {"chest_pain", "breathless_blood", "hands_tingling", "band_like"} <= set(first)


@pytest.mark.parametrize("region", SHORT_LIST_ONLY)
def test_a_limb_gets_one_short_list(region: str, protocol: Protocol) -> None:
    lists = asked(protocol, region)
    assert lists["first"] == ()
    assert "joint_hot" in lists["second"]
    assert "injury_deformed" in lists["second"]


@pytest.mark.parametrize("region", LIMBS)
def test_every_limb_is_asked_about_clot_and_circulation(region: str, protocol: Protocol) -> None:
    assert {"limb_swollen_hot", "limb_cold_pale"} <= asked_at_all(protocol, region)


def test_only_head_and_neck_ask_for_the_pattern(protocol: Protocol) -> None:
    asking = {region for one in protocol.sets if one.asks_pattern for region in one.regions}
    assert asking == {Region.NECK, Region.HEAD}


def test_an_unknown_place_is_asked_about_saddle_general_signs_and_limbs(protocol: Protocol) -> None:
    lists = lists_of([one for one in protocol.sets if one.for_unknown])
    assert "saddle_numb" in lists["cauda_equina"]
    assert {"cancer_ever", "fever_ill", "joint_hot", "injury_deformed"} <= {*lists["first"], *lists["second"]}
    assert all(len(items) < LONGEST_LIST for items in lists.values())


def test_items_of_merged_sets_stand_once(protocol: Protocol) -> None:
    lists = asked(protocol, *[region.value for region in Region])
    every = [item for items in lists.values() for item in items]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("flag_class", list(FlagClass))
def test_every_class_can_be_raised_in_text_and_by_a_list_unless_it_is_only_read(
    flag_class: FlagClass, protocol: Protocol
) -> None:
    by_list = {item.flag_class for item in protocol.items.values() if item.level is not Level.NONE}
    by_list |= {rule.flag_class for rule in protocol.pair_rules}
    assert flag_class in by_list or flag_class in (FlagClass.SELF_HARM, FlagClass.UNSAFE_AT_HOME)
    assert flag_class in {rule.flag_class for rule in load_flag_book().rules}


def test_not_being_sure_is_an_emergency_for_four_classes_and_never_nothing(protocol: Protocol) -> None:
    for item in protocol.items.values():
        if item.flag_class is not None:
            urgent = item.flag_class in UNSURE_IS_URGENT
            assert item.unsure_level is (Level.EMERGENCY if urgent else Level.SEE_DOCTOR), item.id


def test_every_finding_topic_and_item_is_worded(protocol: Protocol) -> None:
    assert set(protocol.finding_labels) == set(protocol.finding_questions) == set(Finding)
    assert set(protocol.region_labels) == set(Region)
    assert set(TOPICS) <= set(protocol.faq)
    assert len(TOPICS) == 29
    assert all(item.label and item.plain and item.source for item in protocol.items.values())


def test_where_answers_reach_every_place_that_is_a_place(protocol: Protocol) -> None:
    reached = {region for regions in protocol.where_choices.values() for region in regions}
    general = {Region.SKIN_GENERAL, Region.JOINTS_GENERAL, Region.MUSCLES_GENERAL}
    vague = {Region.BACK_UNSPECIFIED, Region.LEG_UNSPECIFIED}
    assert reached == set(Region) - general - vague
    assert set(protocol.where_choices) == set(protocol.choices["where"])


def test_six_taps_stand_for_every_precaution_but_the_age(protocol: Protocol) -> None:
    tapped = {precaution for ids in protocol.precaution_taps.values() for precaution in ids}
    assert len(protocol.precaution_taps) == 6
    assert tapped == set(protocol.precautions) - {"minor"}


@pytest.mark.parametrize("topic", ["who_should_not", "pregnancy", "blood_thinners", "children"])
def test_needling_is_answered_neither_yes_nor_no(topic: str, protocol: Protocol) -> None:
    assert "can't say yes or no" in protocol.faq[topic]


@pytest.mark.parametrize("topic", ["what_is_ims", "how_it_works", "why_scans_look_normal", "what_is_neuropathic_pain"])
def test_theory_is_told_as_the_clinics_own(topic: str, protocol: Protocol) -> None:
    assert "Our clinic explains it this way" in protocol.faq[topic]


@pytest.mark.parametrize("topic", ["cost_insurance", "hours_location", "learn_more"])
def test_an_answer_that_needs_the_clinics_facts_has_one_without_them(topic: str, protocol: Protocol) -> None:
    facts = ("{fees}", "{address}", "{hours}", "{website}", "{email}")
    assert any(fact in protocol.faq[topic] for fact in facts)
    assert not any(fact in protocol.faq[f"{topic}/unknown"] for fact in facts)


def test_no_other_answer_needs_a_fact_the_clinic_may_not_have_given(protocol: Protocol) -> None:
    facts = ("{fees}", "{address}", "{hours}", "{website}", "{email}")
    needing = {key for key, text in protocol.faq.items() if any(fact in text for fact in facts)}
    assert all(f"{key}/unknown" in protocol.faq for key in needing)
