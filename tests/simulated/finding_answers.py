"""What a persona answers to a list of findings: all that is true, or first something else that they take back."""

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tests.simulated.message import ANSWER, Message
from tests.simulated.persona import Change, Persona, tells
from tests.simulated.speech import Speech
from tests.simulated.ways import TAPS, WORDS, way_of

CORRECTED = 0.15
"""How often someone taps one line too many and takes it back in words."""

CLEARING = re.compile(r"\b(no|not|none|nope|nothing|never|rest|others?|that'?s (it|all))\b|n'?t\b", re.IGNORECASE)
"""What people say who speak of what they do not have as well."""


class FindingAnswers:
    """One persona's answers about the seven findings."""

    def __init__(self, persona: Persona, speech: Speech, chance: Random) -> None:
        self._persona, self._speech, self._chance = persona, speech, chance
        self._is_first = True
        self.corrections: list[str] = []
        """What is still to be taken back, in words."""
        self.changes = list(persona.changes)
        """What they will take back and have not told the wrong way yet, at least not in answer to a list."""

    def to(self, question: dict[str, Any]) -> Message:
        """The answer to a list of findings or to a question about one."""
        asks = question["asks"]
        asked: list[str] = asks if isinstance(asks, list) else [asks]
        if not isinstance(asks, list) or "none" not in [choice["id"] for choice in question["choices"]]:
            return self._about_one(question, asked[0])
        way = way_of(self._persona, self._chance)
        now = self._told_now(asked, can_tap=way is not WORDS)
        present = [finding for finding in asked if now[finding] == "present"]
        if way is WORDS or any(finding not in self._offered(question) for finding in present):
            return self._spoken(question, asked, now)
        if way is TAPS or not present:
            return self._tapped(question, present or ["none"])
        offered = self._offered(question)
        text = ", ".join(str(offered.index(finding) + 1) for finding in present)
        return Message(ANSWER, text=text, question=question["question"])

    def take_back(self, change: Change) -> None:
        """Leave the words that take it back to be said."""
        self.changes.remove(change)
        self.corrections.append(self._speech.pick(change.says))

    def _about_one(self, question: dict[str, Any], finding: str) -> Message:
        presence = self._persona.truth.findings[finding]
        id = {"present": "yes", "absent": "no", "unknown": "unsure"}[presence]
        words = self._words(finding, presence, among_others=False)
        if words and way_of(self._persona, self._chance) is WORDS:
            return Message(ANSWER, text=self._speech.typed(words), question=question["question"])
        return self._tapped(question, [id])

    def _told_now(self, asked: Sequence[str], *, can_tap: bool) -> Mapping[str, str]:
        """What they tell of each finding at first; what differs from the truth is left to be corrected."""
        truth = self._persona.truth.findings
        now = {finding: truth[finding] for finding in asked}
        if not self._is_first:
            return now
        self._is_first = False
        for change in [one for one in self.changes if one.finding in asked]:
            now[change.finding] = change.first
            self.take_back(change)
        if not ("contradicting" in self._persona.style or (not self._persona.changes and self._slips())):
            return now
        can_turn = [finding for finding in asked if self._can_turn(finding, can_tap=can_tap)]
        if can_turn:
            turned = self._chance.choice(can_turn)
            now[turned] = "present" if truth[turned] == "absent" else "absent"
            right = self._words(turned, truth[turned])
            self.corrections.append(f"{self._speech.common('correction')}{right}")
        return now

    def _slips(self) -> bool:
        return self._chance.random() < CORRECTED

    def _can_turn(self, finding: str, *, can_tap: bool) -> bool:
        """They can tell the opposite of the truth first, and have the words to take it back."""
        says = self._persona.says
        if self._persona.truth.findings[finding] == "absent":
            return finding in says.no_to and (can_tap or finding in says.yes_to)
        return "contradicting" in self._persona.style and finding in says.yes_to and finding in says.no_to

    def _spoken(self, question: dict[str, Any], asked: Sequence[str], now: Mapping[str, str]) -> Message:
        """All that is true in words; the rest denied one by one, at one go, or not spoken of."""
        says, name = self._persona.says, question["question"]
        yes = [self._words(finding, "present") for finding in asked if now[finding] == "present"]
        absent = [finding for finding in asked if now[finding] == "absent"]
        if says.all and not self.corrections and self._chance.random() < 0.4:
            said = self._speech.pick(says.all)
            partly = frozenset[str]() if CLEARING.search(said) else frozenset(absent)
            return Message(ANSWER, text=self._speech.typed(said), question=name, partly=partly)
        if not any(yes):
            return Message(ANSWER, text=self._speech.typed(self._speech.pick(says.none)), question=name)
        no = [self._words(finding, "absent") for finding in absent]
        how = self._chance.random()
        if how < 0.4 or self.corrections:
            parts, partly = [*yes, *no], frozenset()
        elif how < 0.7:
            parts, partly = [*yes, self._speech.common("the_rest_not")], frozenset()
        else:
            parts, partly = yes, frozenset(absent)
        text = self._speech.joined([part for part in parts if part])
        return Message(ANSWER, text=self._speech.typed(text), question=name, partly=partly)

    def _tapped(self, question: dict[str, Any], chosen: Sequence[str]) -> Message:
        return Message(ANSWER, choices=tuple(chosen), in_reply_to=question["id"], question=question["question"])

    def _words(self, finding: str, presence: str, *, among_others: bool = True) -> str:
        """Words that make sense beside others; a bare "no" does where only this finding was asked."""
        says = self._persona.says
        words = {"present": says.yes_to, "absent": says.no_to}.get(presence, {}).get(finding, says.unsure)
        telling = [one for one in words if tells(one)] if among_others else words
        return self._speech.pick(telling) if telling else ""

    def _offered(self, question: dict[str, Any]) -> list[str]:
        return [choice["id"] for choice in question["choices"]]
