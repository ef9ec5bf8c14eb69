"""What patients are told in a conversation, with everything filled in, held to the same rules as the wording itself.

Numbers of the region and the clinic are first put back as the placeholders they came from, and patients' own words are
taken out: any number that is left over is nobody's, and any word is ours.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply
from bot.clinical.voice import CLINIC_FACTS, Voice
from bot.knowledge.answers import MORE, UNKNOWN
from bot.knowledge.problems import Problem
from bot.knowledge.told import Told

Check = Callable[[Told], Iterable[Problem]]
QUOTED = re.compile("“[^”]*”")


@dataclass(frozen=True)
class Proofreader:
    """Reads replies of one clinic with every check that it was given; what it has read once it does not read again."""

    facts: Facts
    protocol: Protocol
    checks: Sequence[Check]
    _read: dict[Told, tuple[Problem, ...]] = field(default_factory=dict)

    def problems(self, replies: Sequence[Reply], *, flagged: bool, closes: bool) -> tuple[Problem, ...]:
        """What is wrong with the replies of one turn: with a red flag raised, or with the conversation closed by it."""
        place = f"told/{'flagged' if flagged else 'plain'}"
        told = [Told(f"{place}/{self._kind(reply)}", reply.text) for reply in replies]
        told += [Told(f"{place}/card", f"{label}: {value}") for reply in replies for label, value in reply.card]
        if closes:
            told.append(Told(f"{place}/closing", "\n".join([reply.text for reply in replies])))
        return tuple([problem for one in told for problem in self._problems(one)])

    def restored(self, text: str) -> str:
        """The text without patients' words, and with the facts of region and clinic as placeholders again."""
        text = QUOTED.sub("“{words}”", text)
        for name, value in self._known:
            text = re.sub(rf"(?<![\w+-]){re.escape(value)}(?![\w-])", f"{{{name}}}", text)
        return text

    def _problems(self, told: Told) -> tuple[Problem, ...]:
        if told not in self._read:
            seen = Told(told.key, self.restored(told.text))
            self._read[told] = tuple([problem for check in self.checks for problem in check(seen)])
        return self._read[told]

    @cached_property
    def _known(self) -> list[tuple[str, str]]:
        """Each fact with its value, the longest first: an address may begin with digits that are a number too."""
        region, clinic = self.protocol.region, self.facts.clinic
        numbers = [(name, getattr(region, name)) for name in ("emergency_number", "nurse_line", "crisis_line")]
        facts = [(name, getattr(clinic, name)) for name in ("phone", *CLINIC_FACTS)]
        return sorted([(name, value) for name, value in numbers + facts if value], key=lambda fact: -len(fact[1]))

    def _kind(self, reply: Reply) -> str:
        if reply.text in self._sources:
            return "sources"
        return "answer" if reply.text in self._answers else reply.kind.value

    @cached_property
    def _answers(self) -> set[str]:
        """The answers as this clinic gives them: figures may stand in them, each with its source."""
        voice = Voice(self.protocol, self.facts)
        answers = {voice.faq(topic) for topic in self._topics}
        more = {voice.fill(text) for topic, text in self.protocol.faq.items() if topic.endswith(MORE)}
        return {answer for answer in answers | more if answer}

    @cached_property
    def _sources(self) -> set[str]:
        """The names of what the answers rest on."""
        voice = Voice(self.protocol, self.facts)
        return {text for topic in self._topics for text in voice.faq_more(topic)} - self._answers

    @property
    def _topics(self) -> list[str]:
        return [topic for topic in self.protocol.faq if not topic.endswith((MORE, UNKNOWN))]
