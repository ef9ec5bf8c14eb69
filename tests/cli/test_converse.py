"""The simple patient of `needlepoint converse`, and what counts as a failure."""

from typing import Any

import pytest

from bot.cli.chat_client import ChatRefused
from bot.cli.conversation import COMPLAINT, Course, answer_to, hold
from bot.cli.converse import summary


def reply(kind: str, question: str | None = None, *choices: str, multiple: bool = False) -> dict[str, Any]:
    """A reply of the chat API."""
    offered = [{"id": choice, "label": choice} for choice in choices]
    return {"id": f"r-{question}", "kind": kind, "question": question, "choices": offered, "multiple": multiple}


class Scripted:
    """A service that gives these replies turn by turn."""

    def __init__(self, *turns: list[dict[str, Any]], complete: bool = False) -> None:
        self._turns = list(turns)
        self._complete = complete
        self.said: list[dict[str, Any]] = []

    def open(self) -> tuple[str, list[dict[str, Any]]]:
        """A session without a notice."""
        return "token", []

    def say(self, token: str, **said: Any) -> list[dict[str, Any]]:
        """The next replies."""
        self.said.append(said)
        if not self._turns:
            raise ChatRefused(503, "gone")
        return self._turns.pop(0)

    def encounter(self, token: str) -> dict[str, Any]:
        """An encounter of this completeness."""
        return {"complete": self._complete, "disposition": "physio_exam" if self._complete else None}


CHECKLIST = [reply("message"), reply("question", "safety", "numb", "none", "unsure", multiple=True)]
RESULT = [reply("result"), reply("booking", "book", "yes", "no")]


def test_a_question_put_again_counts_once_and_booking_does_not_count() -> None:
    service = Scripted(CHECKLIST, CHECKLIST, RESULT, complete=True)
    course = hold(service, "my back", id="a")  # type: ignore[arg-type]  # a fake
    assert (course.questions, course.end, course.disposition, course.failed) == (1, "result", "physio_exam", False)
    assert service.said[:2] == [{"text": "my back"}, {"choices": ["none"], "in_reply_to": "r-safety"}]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (reply("question", "q", "numb", "none", multiple=True), {"choices": ["none"], "in_reply_to": "r-q"}),
        (reply("question", "q", "yes", "no", "unsure"), {"choice": "no", "in_reply_to": "r-q"}),
        (reply("question", "q", "me", "child"), {"choice": "me", "in_reply_to": "r-q"}),
        (reply("question", "q"), {"text": "I am not sure."}),
    ],
)
def test_the_simple_patient_denies_or_takes_the_first(asked: dict, said: dict) -> None:
    assert answer_to(asked) == said


def test_silence_is_a_dead_end_unless_the_encounter_is_complete() -> None:
    silent = Scripted([reply("message")], [reply("message")])
    assert hold(silent, "hello", id="a").is_dead_end  # type: ignore[arg-type]  # a fake
    assert silent.said[1] == {"text": COMPLAINT}
    assert hold(Scripted([reply("message")], complete=True), "bye", id="a").end == "closing"  # type: ignore[arg-type]


def test_a_refusal_is_an_error_of_that_conversation() -> None:
    course = hold(Scripted(CHECKLIST), "my back", id="a")  # type: ignore[arg-type]  # a fake
    assert (course.error, course.failed) == ("503: gone", True)


def test_a_conversation_without_end_is_an_error() -> None:
    course = hold(Scripted(*[CHECKLIST] * 50), "my back", id="a")  # type: ignore[arg-type]  # a fake
    assert course.error == "no end after 40 turns"


def test_more_than_twelve_questions_fail() -> None:
    counted = [Course("a", questions=12, turns=13, end="result"), Course("b", questions=13, turns=14, end="result")]
    assert [course.failed for course in counted] == [False, True]
    told = summary(counted)
    assert (told["over_12_questions"], told["questions_most"], [one["id"] for one in told["failed"]]) == (1, 13, ["b"])


def test_an_opening_without_a_complaint_is_followed_by_one() -> None:
    course = hold(Scripted([reply("message")], CHECKLIST, RESULT), "hello", id="a")  # type: ignore[arg-type]
    assert (course.invited, course.end, course.failed) == (True, "result", False)
