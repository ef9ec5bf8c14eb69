"""A clinic's overlay changes what it may, is shown as such, and is held to every rule."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clinical.vocabulary import Level
from bot.errors import KnowledgeError
from bot.knowledge import load_protocol

EXAMPLE = Path(__file__).parents[2] / "docs" / "clinic-overlay.yml"
SIGNED = {"by": "A. Reviewer", "on": "2026-10-01"}
NEW_ITEM = {
    "flag_class": "lump",
    "level": "see_doctor",
    "unsure_level": "see_doctor",
    "label": "A new lump on the shin",
    "plain": "There is a new lump on your shin",
    "sets": {"leg_short": "second"},
    "source": ["judgement"],
    "reviewed": None,
}


def overlay(tmp_path: Path, **sections: Any) -> Path:
    path = tmp_path / "ours.yml"
    path.write_text(yaml.safe_dump({"clinic": "Ours", **sections}), encoding="utf-8")
    return path


def test_the_documented_example_does_what_it_says() -> None:
    plain, changed = load_protocol(), load_protocol(overlay=EXAMPLE)
    assert changed.overlay == "clinic-overlay.yml"
    assert changed.wording["control.greet"].startswith("Welcome to Riverside")
    assert changed.wording["control.thank"] == plain.wording["control.thank"]
    assert "change room" in changed.faq["what_to_wear"]
    assert changed.choices["payer"]["private"] == "I pay at the desk"
    assert "next door" in changed.region.walk_in
    assert "headache_pills" not in changed.items
    assert changed.items["new_medicine"].level is Level.SAME_DAY
    assert any("new_medicine" in one.second for one in changed.sets)
    assert not any("headache_pills" in one.second for one in changed.sets)


def test_an_overlay_gives_another_version_and_leaves_the_data_alone() -> None:
    before = load_protocol()
    changed = load_protocol(overlay=EXAMPLE)
    assert changed.version.startswith(before.version + "+")
    assert load_protocol() == before


def test_a_pair_rule_that_needs_an_item_switched_off_is_out_of_force(tmp_path: Path) -> None:
    off = {"weight_loss": {"reason": "Asked at the visit.", "reviewed": SIGNED}}
    protocol = load_protocol(overlay=overlay(tmp_path, switch_off=off))
    assert "weight_loss_with_night_pain" in {rule.id for rule in load_protocol().pair_rules}
    assert "weight_loss_with_night_pain" not in {rule.id for rule in protocol.pair_rules}


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ({"wordings": {}}, "unknown field 'wordings'"),
        ({"wording": {"control.shout": "Hi"}}, "cannot change 'control.shout'"),
        ({"wording": {"control.greet": 5}}, "cannot change 'control.greet'"),
        ({"wording": {"control.greet": "Call {mobile}."}}, "unknown placeholder {mobile}"),
        ({"wording": {"control.greet": "Call 604-555-0199."}}, "a phone number stands in it"),
        ({"wording": {"control.greet": "It is nothing serious."}}, "it reassures"),
        ({"wording": {"urgent.stroke.emergency": "Please see someone."}}, "does not give the emergency number"),
        ({"wording": "Hello"}, "section 'wording' is 'Hello'"),
        ({"faq": {"parking": {"answer": "Behind."}}}, "unknown answer 'parking'"),
        ({"faq": {"needles": {"answer": "Thin.", "reviewed": None}}}, "ours.yml: needles: has no source"),
        ({"faq": {"needles": {"answer": "IMS will cure you.", "source": ["judgement"], "reviewed": None}}}, "promised"),
        ({"labels": {"choices": {"payer": {"bitcoin": "Coins"}}}}, "cannot change 'choices.payer.bitcoin'"),
        ({"region": {"mayor": "Someone"}}, "unknown fact 'mayor'"),
        ({"region": {"emergency_number": 911}}, "'emergency_number' is 911"),
        ({"switch_off": {"night_pain": {"reason": "No."}}}, "nobody signed it"),
        ({"switch_off": {"night_pain": {"reviewed": SIGNED}}}, "field 'reason' is missing"),
        ({"switch_off": {"saddle_numb": {"reason": "No.", "reviewed": SIGNED}}}, "cannot be switched off"),
        ({"switch_off": {"hiccups": {"reason": "No.", "reviewed": SIGNED}}}, "there is no such item"),
        ({"add_items": {"night_pain": NEW_ITEM}}, "there is such an item already"),
        ({"add_items": {"shin_lump": {**NEW_ITEM, "source": []}}}, "ours.yml: shin_lump: has no source"),
        ({"add_items": {"shin_lump": {**NEW_ITEM, "level": "emergency"}}}, "'shin_lump' raises emergency"),
        ({"add_items": {"shin_lump": {**NEW_ITEM, "sets": {"shin": "second"}}}}, "cannot stand in 'shin: second'"),
        ({"add_items": {"shin_lump": {**NEW_ITEM, "sets": {}}}}, "shin_lump: stands in no set"),
        ({"add_items": {"shin_lump": {**NEW_ITEM, "plain": None}}}, "field 'plain' is missing"),
    ],
)
def test_what_an_overlay_may_not_do_is_refused(sections: dict[str, Any], says: str, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as refused:
        load_protocol(overlay=overlay(tmp_path, **sections))
    assert says in str(refused.value)


def test_a_clinic_may_add_a_line_to_the_longest_list(tmp_path: Path) -> None:
    sets = {"general": "second"}
    protocol = load_protocol(overlay=overlay(tmp_path, add_items={"shin_lump": {**NEW_ITEM, "sets": sets}}))
    assert "shin_lump" in next(one.second for one in protocol.sets if one.id == "general")


def test_a_missing_overlay_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"absent\.yml: file: is missing"):
        load_protocol(overlay=tmp_path / "absent.yml")
