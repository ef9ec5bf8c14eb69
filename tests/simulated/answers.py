"""What a persona answers to a question: from their truth, by tapping, in numbers or in their own words."""

from collections.abc import Sequence
from random import Random
from typing import Any

from tests.simulated.finding_answers import FindingAnswers
from tests.simulated.message import ANSWER, CONTACT, Message
from tests.simulated.persona import FINDINGS, Persona
from tests.simulated.reviewed import alarms_of, places, safety_items
from tests.simulated.speech import Speech
from tests.simulated.ways import NUMBERS, WORDS, way_of

SOME_AGE = "me_19_49"
CLARIFYING = {"worse", "checked", "unchecked", "not_meant"}
SKIP = ("skip", "unsure", "none", "no", "any")


class Answers:
    """The answers of one persona in one conversation."""

    def __init__(self, persona: Persona, speech: Speech, chance: Random) -> None:
        self._persona, self._speech, self._chance = persona, speech, chance
        self.findings = FindingAnswers(persona, speech, chance)

    def to(self, question: dict[str, Any]) -> Message:
        """The answer to this question."""
        offered = [choice["id"] for choice in question["choices"]]
        asks = question.get("asks")
        if asks and set(asks if isinstance(asks, list) else [asks]) <= set(FINDINGS):
            return self.findings.to(question)
        if set(offered) & set(safety_items()):
            return self._safety(question, offered)
        if set(offered) & CLARIFYING:
            return self._checked(question, offered)
        if set(offered) & set(places()):
            return self._where(question, offered)
        return self._plain(question, offered)

    def _safety(self, question: dict[str, Any], offered: list[str]) -> Message:
        true = [item for item in self._persona.truth.safety if item in offered]
        words = [self._speech.pick(self._persona.says.safety[item]) for item in true]
        spoken = self._speech.joined(words) if words else self._one_of(self._persona.says.none)
        return self._choose(question, true or ["none"], spoken)

    def _checked(self, question: dict[str, Any], offered: list[str]) -> Message:
        truth, says = self._persona.truth, self._persona.says
        about = question["question"].split(".")[-1]
        theirs = {*truth.flags, *truth.may_flag, *alarms_of(truth.safety)}
        if about in theirs or "not_meant" not in offered:
            wanted, words = truth.checked or self._unchanged(), says.checked
        else:
            wanted, words = "not_meant", says.no
        return self._choose(question, [wanted if wanted in offered else offered[-1]], self._one_of(words))

    def _unchanged(self) -> str:
        """What fits people for whom nothing changed lately: whether a doctor has looked at it."""
        truth = self._persona.truth
        seen = truth.imaging in ("normal", "abnormal") or "tried_treatment" in truth.background
        return "checked" if seen else "unchecked"

    def _where(self, question: dict[str, Any], offered: list[str]) -> Message:
        regions = set(self._persona.truth.regions)
        fitting = [id for id in offered if regions & set(places().get(id, ()))]
        chosen = fitting if question["multiple"] else fitting[:1]
        return self._choose(question, chosen, self._one_of(self._persona.says.where))

    def _plain(self, question: dict[str, Any], offered: list[str]) -> Message:
        truth, says, name = self._persona.truth, self._persona.says, question["question"].split(".")[0]
        if name == "who":
            return self._choose(question, [truth.who or SOME_AGE], self._one_of(says.who))
        if name == "pattern":
            return self._choose(question, [truth.pattern or "unsure"], self._one_of(says.pattern))
        if name == "background":
            return self._background(question, offered)
        if question["question"].endswith(("contact", "name")):
            text = self._one_of(says.contact) or "Robin Test, 604 555 0188"
            return Message(CONTACT, text=text, question=question["question"])
        return self._choose(question, [id for id in SKIP if id in offered][:1], self._one_of(says.unsure) or "not sure")

    def _background(self, question: dict[str, Any], offered: list[str]) -> Message:
        truth = self._persona.truth
        taps = [id for id in truth.background if id in offered]
        box = (question.get("data") or {}).get("box")
        if box and taps and truth.severity is not None and self._chance.random() < 0.5:
            labels = {choice["id"]: choice["label"] for choice in question["choices"]}
            lines = [*(labels[id] for id in taps), f"{truth.severity}/10"]
            return Message(ANSWER, text="\n".join(lines), question=question["question"])
        return self._choose(question, taps or ["skip"], self._one_of(self._persona.says.background))

    def _choose(self, question: dict[str, Any], chosen: Sequence[str], spoken: str | None) -> Message:
        """The chosen ids tapped, sent as numbers, or said in the persona's words, where they have any."""
        offered, asked = [choice["id"] for choice in question["choices"]], question["question"]
        tapped = [id for id in chosen if id in offered]
        way = way_of(self._persona, self._chance)
        if spoken and (way is WORDS or not tapped):
            return Message(ANSWER, text=self._speech.typed(spoken), question=asked)
        if not tapped:
            return Message(ANSWER, text="not sure", question=asked)
        if way is NUMBERS and asked.split(".")[0] != "background":
            return Message(ANSWER, text=numbers(question, tapped), question=asked)
        return Message(ANSWER, choices=tuple(tapped), in_reply_to=question["id"], question=asked)

    def _one_of(self, words: Sequence[str]) -> str | None:
        return self._speech.pick(words) if words else None


def numbers(question: dict[str, Any], chosen: Sequence[str]) -> str:
    """The places of these choices in the list, as people type them."""
    offered = [choice["id"] for choice in question["choices"]]
    return ", ".join(str(offered.index(id) + 1) for id in chosen)
