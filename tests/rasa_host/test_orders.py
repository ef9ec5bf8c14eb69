"""What the web process may ask, and what is refused at the door."""

from typing import Any

import pytest

from bot.clinical.codec import to_data
from bot.clinical.encounter import Encounter
from bot.errors import EncounterError, NotUnderstood, TooLong
from bot.rasa_host.orders import LONGEST_TEXT, order_of
from tests.rasa_host.conftest import FACTS

GOOD = {"message_id": "m1", "text": "my knee aches", "flags": [], "encounter": None, "facts": FACTS}


def without(*names: str, **more: Any) -> dict[str, Any]:
    return {**{name: value for name, value in GOOD.items() if name not in names}, **more}


REFUSED = [
    ("no object", [1]),
    ("neither text nor choices", without("text")),
    ("both text and choices", without(choices=["yes"])),
    ("no message id", without("message_id")),
    ("an empty message id", without(message_id="")),
    ("a text that is a number", without(text=7)),
    ("choices that are no list", without("text", choices="yes")),
    ("choices that are no ids", without("text", choices=[{"id": "yes"}])),
    ("no facts", without("facts")),
    ("facts without a clinic", without(facts={"now": "2026-11-22T10:00:00+00:00"})),
    ("a flag of no known class", without(flags=[{"class": "measles", "level": "none", "onset": "new", "text": ""}])),
    ("flags that are no list", without(flags={})),
    ("a flag that is no object", without(flags=["stroke"])),
]


@pytest.mark.parametrize("body", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_the_contract_does_not_describe_is_refused(body: Any) -> None:
    with pytest.raises(NotUnderstood):
        order_of(body)


def test_a_text_over_the_limit_is_too_long() -> None:
    assert order_of(without(text="x" * LONGEST_TEXT)).text == "x" * LONGEST_TEXT
    with pytest.raises(TooLong):
        order_of(without(text="x" * (LONGEST_TEXT + 1)))


def test_a_damaged_encounter_is_refused() -> None:
    with pytest.raises(EncounterError):
        order_of(without(encounter={**to_data(Encounter()), "stage": "lost"}))


def test_flags_left_out_are_not_the_same_as_none_found() -> None:
    assert order_of(without("flags")).flags is None
    assert order_of(GOOD).flags == []


def test_a_tap_brings_its_choices() -> None:
    order = order_of(without("text", choices=["pain", "swelling"]))
    assert (order.text, order.choices) == (None, ("pain", "swelling"))
