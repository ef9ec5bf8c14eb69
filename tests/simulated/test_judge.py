"""The judge sees what is wrong with a conversation, and nothing where nothing is."""

from dataclasses import replace
from typing import Any

from tests.simulated.course import Course, Exchange
from tests.simulated.fault import (
    AGAIN,
    DEAD_END,
    DETAIL,
    DISPOSITION,
    END,
    EXTRA,
    LOST,
    MISSED,
    PROGRESS,
    REASKED,
    TALLY,
    UNANSWERED,
    UNHEARD,
)
from tests.simulated.judge import judge
from tests.simulated.message import ANSWER, ASIDE, CORRECTION, OPENING, Message
from tests.simulated.persona import FINDINGS, Persona, Says, Truth

PHONE = "604-555-0100"
TRUTH = Truth(
    {finding: "present" if finding == "pain" else "absent" for finding in FINDINGS}, regions=("knee",), who="me_19_49"
)
ANNA = Persona("anna", ("plain",), ("My knee hurts",), TRUTH, Says(), "result", ("physio_exam",))
KNOWN: dict[str, Any] = {
    "findings": {finding: {"presence": presence} for finding, presence in TRUTH.findings.items()},
    "red_flags": [],
    "who": "me_19_49",
    "imaging": None,
    "duration_days": None,
    "disposition": "physio_exam",
}
RESULT: dict[str, Any] = {"kind": "result", "question": None, "text": "That is 1 of 7", "choices": []}
FLAG = {"class": "dvt", "level": "same_day", "ask": False}


def test_a_good_conversation_has_no_fault() -> None:
    assert _kinds(_course()) == []


def test_a_finding_that_is_not_true_is_seen() -> None:
    wrong = {**KNOWN["findings"], "swelling": {"presence": "present"}}
    assert _kinds(_course(known={"findings": wrong})) == [TALLY]


def test_a_finding_that_was_not_spoken_of_may_stay_unknown() -> None:
    unknown = {**KNOWN["findings"], "swelling": {"presence": "unknown"}}
    partly = Exchange(_answer("who", partly=frozenset({"swelling"})), "who", (RESULT,))
    assert _kinds(_course(known={"findings": unknown})) == [TALLY]
    assert _kinds(_course(partly, known={"findings": unknown})) == []


def test_another_end_is_seen() -> None:
    assert _kinds(replace(_course(), end="emergency")) == [END]


def test_a_dead_end_is_seen() -> None:
    assert _kinds(replace(_course(), end="dead_end")) == [DEAD_END]


def test_another_disposition_is_seen() -> None:
    assert _kinds(_course(known={"disposition": "information"})) == [DISPOSITION]


def test_flags_missed_and_flags_too_many_are_seen() -> None:
    ill = replace(ANNA, truth=replace(TRUTH, safety=("fever_ill",)))
    assert _kinds(_course(persona=ill, known={"red_flags": [FLAG]})) == [MISSED, EXTRA]


def test_a_flag_that_is_only_asked_about_is_none() -> None:
    assert _kinds(_course(known={"red_flags": [{**FLAG, "level": "none", "ask": True}]})) == []


def test_a_question_after_its_tap_is_asked_again() -> None:
    assert _kinds(_course(Exchange(_answer("who", tapped=True), "who", (_question("who"),)))) == [AGAIN]


def test_words_that_are_not_understood_are_asked_for_once_more_and_no_more() -> None:
    missed = Exchange(_answer("who"), "who", (_question("who"),))
    assert _kinds(_course(missed)) == [UNHEARD]
    assert _kinds(_course(missed, missed)) == [UNHEARD, REASKED]


def test_a_question_that_comes_back_after_another_is_asked_again() -> None:
    assert _kinds(_course(*_there_and_back("no"))) == [AGAIN]


def test_who_takes_something_back_may_be_asked_again() -> None:
    first, second = _there_and_back("no")
    assert _kinds(_course(first, replace(second, sent=replace(second.sent, why=CORRECTION)))) == []


def test_a_question_that_does_not_come_back_is_lost() -> None:
    aside = Exchange(Message(ASIDE, text="does it hurt?"), "where", (_question("who"),))
    assert _kinds(_course(aside)) == [LOST]
    assert _kinds(_course(replace(aside, open="who"))) == []


def test_a_question_of_the_patient_that_gets_no_answer_is_seen() -> None:
    aside = Exchange(Message(ASIDE, text="does it hurt?", asks=True), "who", (_question("who"),))
    assert _kinds(_course(aside)) == [UNANSWERED]
    answered = replace(aside, replies=({**RESULT, "kind": "message"}, *aside.replies))
    assert _kinds(_course(answered)) == []


def test_a_detail_that_is_not_true_is_seen() -> None:
    assert _kinds(_course(known={"who": "me_65_plus"})) == [DETAIL]
    long = replace(ANNA, truth=replace(TRUTH, duration_days=180))
    assert _kinds(_course(persona=long, known={"duration_days": 3})) == [DETAIL]
    assert _kinds(_course(persona=long, known={"duration_days": 200})) == []


def test_progress_that_is_off_by_more_than_two_is_seen() -> None:
    shown = {**_question("who"), "data": {"progress": {"at": 1, "of": 4}}}
    assert _kinds(_course(Exchange(Message(CORRECTION, text="no, me"), "who", (shown,)))) == [PROGRESS]


def test_who_wants_a_person_is_told_the_phone() -> None:
    asked = Exchange(Message(OPENING, text="a human please"), None, ({**RESULT, "kind": "message"},))
    dot = replace(ANNA, ends="human", disposition=())
    assert _kinds(Course(dot, "0", [asked], "human", KNOWN)) == [END]
    told = replace(asked, replies=({**RESULT, "kind": "message", "text": f"Call {PHONE}"},))
    assert _kinds(Course(dot, "0", [told], "human", KNOWN)) == []


def good_course() -> Course:
    """A conversation that goes as it should."""
    return _course()


def _there_and_back(text: str) -> tuple[Exchange, Exchange]:
    there = Exchange(_answer("who"), "who", (_question("where"),))
    return there, Exchange(_answer("where", text=text), "where", (_question("who"),))


def _course(*exchanges: Exchange, known: dict[str, Any] | None = None, persona: Persona = ANNA) -> Course:
    opening = Exchange(Message(OPENING, text="My knee hurts"), None, (_question("who"),))
    last = Exchange(_answer("who"), "who", (RESULT,))
    return Course(persona, "0", [opening, *exchanges, last], "result", {**KNOWN, **(known or {})})


def _answer(question: str, *, text: str = "me", tapped: bool = False, partly: frozenset[str] = frozenset()) -> Message:
    if tapped:
        return Message(ANSWER, choices=("me_19_49",), question=question, partly=partly)
    return Message(ANSWER, text=text, question=question, partly=partly)


def _question(id: str) -> dict[str, Any]:
    return {"kind": "question", "question": id, "text": id, "choices": []}


def _kinds(course: Course) -> list[str]:
    return [fault.kind for fault in judge(course, phone=PHONE)]
