"""What a persona says next: an interruption, something to take back, a question of their own, or an answer."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from tests.simulated.answers import Answers
from tests.simulated.message import ASIDE, COMPLAINT, CONTACT, CONTROL, CORRECTION, OPENING, Message
from tests.simulated.persona import Interruption, Persona
from tests.simulated.speech import Speech, common

ASKS_BACK, MOST_ASKED_BACK = 0.5, 3
NOTICES = 0.5
"""How often someone sees a finding played back that they do not have, and taps that it is wrong."""
CONFIRMING = ("confirm.", "change")


class Mind:
    """One persona in one conversation."""

    def __init__(self, persona: Persona, chance: Random) -> None:
        self._persona, self._chance = persona, chance
        self._speech = Speech(persona, chance)
        self._answers = Answers(persona, self._speech, chance)
        self._waiting = list(persona.interruptions)
        self._wish: Interruption | None = None
        self._asked: list[str] = []
        self._asked_back: list[str] = []
        self._fixed: set[str] = set()

    @property
    def has_more(self) -> bool:
        """Something is still to be taken back, or to be asked by who only asks questions."""
        findings = self._answers.findings
        only_asks = self._persona.ends == "information" and bool(self._waiting)
        return bool(findings.corrections or findings.changes) or only_asks

    def opening(self) -> Message:
        """Their first message."""
        return Message(
            OPENING, text=self._speech.typed(self._speech.pick(self._persona.opening)), wish=self._opening_wish
        )

    def complaint(self) -> Message:
        """Their complaint once more, to who did not ask about it."""
        says, truth = self._persona.says, self._persona.truth.findings
        words = [self._speech.pick(says.yes_to[one]) for one in truth if truth[one] == "present" and one in says.yes_to]
        where = [self._speech.pick(says.where)] if says.where else []
        told = self._speech.joined([*where, *words]) or self._speech.pick(self._persona.opening)
        return Message(COMPLAINT, text=self._speech.common("hello_again") + told)

    def last_words(self) -> Message:
        """What is still to be said when nothing is asked any more."""
        findings = self._answers.findings
        if findings.changes:
            findings.take_back(findings.changes[0])
        if findings.corrections:
            return Message(CORRECTION, text=self._speech.typed(findings.corrections.pop(0)))
        return self._interrupting(self._waiting.pop(0))

    def reply_to(self, question: dict[str, Any], heard: Mapping[str, str]) -> Message:
        """What they say when this question is put; `heard`: what was taken for the presence of each finding so far."""
        id = question["question"]
        if id.startswith(CONFIRMING):
            return self._confirmation(question)
        if id not in self._asked:
            self._asked.append(id)
        return (
            self._taken_back(question)
            or self._interruption(id)
            or self._fix(question, heard)
            or self._question_of_their_own(id)
            or self._answer(question)
        )

    @property
    def _opening_wish(self) -> str | None:
        wants = "wants_human" in self._persona.style and not any(one.wish == "talk_to_person" for one in self._waiting)
        return "talk_to_person" if wants else None

    def _taken_back(self, question: dict[str, Any]) -> Message | None:
        findings, asks = self._answers.findings, question.get("asks") or []
        for change in list(findings.changes):
            told_before = bool(asks) and change.finding not in asks
            if told_before or (change.at is not None and len(self._asked) >= change.at and not asks):
                findings.take_back(change)
        if not findings.corrections:
            return None
        return Message(CORRECTION, text=self._speech.typed(findings.corrections.pop(0)))

    def _interruption(self, id: str) -> Message | None:
        due = [one for one in self._waiting if one.at <= len(self._asked) and not one.with_answer]
        if not due:
            return None
        self._waiting.remove(due[0])
        return self._interrupting(due[0])

    def _interrupting(self, one: Interruption) -> Message:
        self._wish = one if one.wish else self._wish
        why = CONTROL if one.wish else ASIDE
        if one.tap:
            return Message(why, choices=(f"control.{one.tap}",), wish=one.wish)
        return Message(why, text=self._speech.typed(self._speech.pick(one.say)), wish=one.wish, asks=one.kind == "faq")

    def _confirmation(self, question: dict[str, Any]) -> Message:
        offered = [choice["id"] for choice in question["choices"]]
        wanted = self._wish.confirm if self._wish and self._wish.confirm else "no"
        chosen = wanted if wanted in offered else self._chance.choice(offered)
        wish = self._wish.wish if self._wish else None
        return Message(CONTROL, choices=(chosen,), in_reply_to=question["id"], wish=wish)

    def _fix(self, question: dict[str, Any], heard: Mapping[str, str]) -> Message | None:
        """A tap on what was played back wrong, where they notice it."""
        truth = self._persona.truth.findings
        wrong = {f"fix.{one}" for one, presence in heard.items() if {presence, truth[one]} == {"present", "absent"}}
        offered = [fix["id"] for fix in (question.get("data") or {}).get("fix", [])]
        left = [id for id in offered if id in wrong and id not in self._fixed]
        if not left or self._chance.random() >= NOTICES:
            return None
        self._fixed.add(left[0])
        return Message(CORRECTION, choices=(left[0],), in_reply_to=question["id"])

    def _question_of_their_own(self, id: str) -> Message | None:
        may = "asks_back" in self._persona.style and id not in self._asked_back
        if not may or len(self._asked_back) >= MOST_ASKED_BACK or self._chance.random() >= ASKS_BACK:
            return None
        self._asked_back.append(id)
        if self._chance.random() < 0.4:
            return Message(ASIDE, text=self._speech.common("why"), asks=True)
        topic = self._chance.choice(sorted(common()["questions"]))
        text = self._speech.typed(self._speech.pick(common()["questions"][topic]))
        return Message(ASIDE, text=text, asks=True)

    def _answer(self, question: dict[str, Any]) -> Message:
        answer = self._answers.to(question)
        beside = [one for one in self._waiting if one.at <= len(self._asked) and one.with_answer]
        if not beside or answer.why == CONTACT:
            return answer
        self._waiting.remove(beside[0])
        labels = {choice["id"]: choice["label"] for choice in question["choices"]}
        spoken = answer.text or ", ".join(labels[id] for id in answer.choices)
        text = f"{spoken}. {self._speech.pick(beside[0].say)}"
        return replace(
            answer, text=text, choices=(), in_reply_to=None, wish=beside[0].wish, asks=beside[0].kind == "faq"
        )
