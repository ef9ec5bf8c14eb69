"""A number that is a sentence of its own answers a clarification, also with chatter after it; never a safety list."""

import pytest

from bot.clinical.encounter import OpenQuestion
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Reading
from bot.clinical.reply import Choice
from bot.clinical.resolve import resolve

CHOICES = tuple(Choice(id, id) for id in ("worse", "checked", "unchecked", "unsure"))
CLARIFY = OpenQuestion("clarify.stroke", CHOICES)


@pytest.mark.parametrize("text", ["2. ok bell in 3 min haha", "2. The kettle is on", "2. ta hen, that's the postie"])
def test_chatter_after_a_number_leaves_the_choice(text: str, protocol: Protocol) -> None:
    assert resolve(CLARIFY, Reading(text), (), protocol) == ("checked",)


@pytest.mark.parametrize(
    "text", ["2. no wait, 1", "2. actually 1", "2. but it is getting worse", "2. or 3", "2 ok bell", "2.5 hours a day"]
)
def test_what_may_take_the_number_back_is_no_such_choice(text: str, protocol: Protocol) -> None:
    assert resolve(CLARIFY, Reading(text), (), protocol) != ("checked",)


def test_on_a_safety_list_words_after_a_number_clear_nothing(protocol: Protocol) -> None:
    items = tuple(protocol.items)[:3]
    choices = (*(Choice(item, protocol.items[item].label) for item in items), Choice("none", "None of these"))
    question = OpenQuestion("safety.first", choices, multiple=True, items=items)
    assert resolve(question, Reading("4. ok bell in 3 min haha"), (), protocol) is None
