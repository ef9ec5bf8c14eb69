"""A correction in words clears no safety list and takes back no red flag."""

import pytest

from bot.clinical.vocabulary import URGENT_LEVELS
from tests.safety.conftest import Talk

FIRST = "burning pain in my left lower back for two weeks, my foot tingles"
CORRECTIONS = (
    "no, the right side",
    "no, right",
    "no. 2 months",
    "nope, months not weeks",
    "no, the other side",
    "no, not my back, the hip",
    "no the knee",
    "no, take the tingling off",
    "who said tingling? no",
    "just my right hip",
    "scratch the tingling",
    "no, I never said numb",
    "not the lower back, the upper back",
)
FLAGGED = (
    "low back pain and I can't pee since this morning and my saddle area is numb",
    "crushing chest pain down my left arm and I am sweating",
)


@pytest.mark.parametrize("text", CORRECTIONS)
def test_a_correction_clears_no_safety_list(text: str, talk: Talk) -> None:
    before = talk(FIRST).encounter
    after = talk(FIRST, text).encounter
    assert before.open_question is not None
    assert before.open_question.id.startswith("safety")
    assert set(after.cleared) <= set(before.cleared)


@pytest.mark.parametrize("first", FLAGGED)
@pytest.mark.parametrize(
    "text", [*CORRECTIONS, "take the numb part off", "I never said chest pain", "numb was the wrong word"]
)
def test_a_correction_takes_back_no_red_flag(first: str, text: str, talk: Talk) -> None:
    raised = {flag.flag_class for flag in talk(first).encounter.flags if flag.level in URGENT_LEVELS}
    after = {flag.flag_class for flag in talk(first, text).encounter.flags if flag.level in URGENT_LEVELS}
    assert raised
    assert raised <= after
