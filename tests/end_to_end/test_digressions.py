"""Over the chat API: whatever is asked for in the middle of the questions is answered, and the question comes back."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.cli.conversation import answer_to
from tests.end_to_end.pair import Pair, Patient

NECK = "my neck has been tight and sore for three months and I get headaches"
SHOULDER = "my left shoulder has been tight and sore for three months"
STATES = ("safety.first", "who", "findings", "background", "booking.offer", "booking.contact")
TYPED = {
    "how much does a visit cost?": "fees",
    "does the needle hurt?": "thin",
    "do I need a referral from my doctor?": "doctor's note",
    "are you a real person?": "automated",
    "why do you need to know that?": None,
    "can you give me a summary so far?": "So far I have",
    "tell me a joke": None,
    "thank you": None,
}
TAPPED = (
    "faq.side_effects",
    "faq.why_scans_look_normal",
    "control.why_asking",
    "control.show_summary",
    "control.repeat",
)


def _until(state: str, patient: Patient) -> dict[str, Any]:
    replies = patient.say(text=SHOULDER if state == "background" else NECK)
    for _ in range(12):
        question = next(reply for reply in reversed(replies) if reply["question"])
        if question["question"] == state:
            return question
        offered = question["question"] == "booking.offer"
        replies = patient.say(choice="book") if offered else patient.say(**answer_to(question))
    raise AssertionError(f"{state} is never asked")


@pytest.mark.parametrize("state", STATES)
def test_a_digression_is_answered_and_the_question_comes_back(
    state: str, pair: Pair, meet: Callable[[Pair], Patient]
) -> None:
    patient = meet(pair)
    question = _until(state, patient)
    for text, words in TYPED.items():
        replies = patient.say(text=text)
        told = " ".join(reply["text"] for reply in replies)
        assert words is None or words in told, (text, told)
        assert replies[-1]["question"] == question["question"], (text, told)
        assert replies[-1]["choices"] == question["choices"]
    for tap in TAPPED:
        replies = patient.say(choice=tap)
        assert replies[-1]["question"] == question["question"], tap


def test_two_questions_and_a_complaint_in_one_message_get_both_answers(
    pair: Pair, meet: Callable[[Pair], Patient]
) -> None:
    replies = meet(pair).say(text="My shoulder has been tight for a month. How much is a visit?")
    assert "fees" in replies[0]["text"]
    assert replies[-1]["question"].startswith("safety")


def test_an_anonymous_conversation_is_erased_whole_after_a_yes(pair: Pair, meet: Callable[[Pair], Patient]) -> None:
    patient = meet(pair)
    patient.say(text="my shoulder, the one from the canoe race, is tight")
    assert patient.say(choice="control.delete_my_data")[-1]["question"] == "confirm.erase"
    done = patient.say(choice="yes")
    assert done[0]["data"]["erased"] is True
    assert patient.encounter()["findings"]["muscle_spasm"]["presence"] == "unknown"
    assert "canoe" not in str(patient.transcript())
