"""Typed words choose a free time only where they name a single one."""

import pytest

from bot.clinical.booking_times import named_time
from bot.clinical.encounter import OpenQuestion
from bot.clinical.reply import Choice
from bot.clinical.vocabulary import Answer


@pytest.mark.parametrize(
    ("text", "answer", "named"),
    [
        ("Tuesday", None, ("slot.a",)),
        ("tue 9", None, ("slot.a",)),
        ("9", None, None),
        ("3:30 pm", None, ("slot.c",)),
        ("with Bo", None, ("slot.c",)),
        ("friday", None, None),
        ("wednesday at 11", None, None),
        ("dec 2", None, ("slot.b",)),
        ("anything else?", None, ("other_times",)),
        ("do you have other days", None, ("other_times",)),
        ("no", Answer.NO, ("none_suits",)),
        ("whatever", None, None),
    ],
)
def test_words_name_one_time_or_none(text: str, answer: Answer | None, named: tuple[str, ...] | None) -> None:
    choices = (
        Choice("slot.a", "Tue, Dec 1, 9:00 am with Amy Lee"),
        Choice("slot.b", "Wed, Dec 2, 9:00 am with Amy Lee"),
        Choice("slot.c", "Wed, Dec 9, 3:30 pm with Bo Singh"),
        Choice("other_times", "Other times"),
        Choice("none_suits", "None of these suits me"),
    )
    assert named_time(OpenQuestion("booking.slot", choices), text, answer) == named
