"""How the clinical code speaks: wording by key, filled with the clinic's and the region's facts."""

from dataclasses import dataclass

from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Choice, Reply, ReplyKind
from bot.clinical.vocabulary import Finding

CLINIC_FACTS = ("email", "address", "hours", "fees", "website")
"""What a clinic may leave empty; an answer that needs an empty one is not given."""


@dataclass(frozen=True)
class Voice:
    """The wording in force and the facts that fill it."""

    protocol: Protocol
    facts: Facts

    def say(self, key: str, **values: object) -> str:
        """The wording of `key` with clinic, region and the given values filled in."""
        return self.fill(self.protocol.wording[key], **values)

    def fill(self, text: str, **values: object) -> str:
        """A text with clinic, region and the given values filled in."""
        region, clinic = self.protocol.region, self.facts.clinic
        return text.format(
            clinic=clinic.name,
            phone=clinic.phone,
            emergency_number=region.emergency_number,
            nurse_line=region.nurse_line,
            crisis_line=region.crisis_line,
            walk_in=region.walk_in,
            **values,
        )

    def first(self, *keys: str, **values: object) -> str:
        """The wording of the first of these keys that exists."""
        return self.say(next(key for key in keys if key in self.protocol.wording), **values)

    def message(self, key: str, **values: object) -> Reply:
        """A plain bubble."""
        return Reply(ReplyKind.MESSAGE, self.say(key, **values))

    def faq(self, topic: str) -> str | None:
        """The answer to a question about the clinic or IMS; None where the clinic has not filled the fact in."""
        clinic = self.facts.clinic
        known = {name: getattr(clinic, name) for name in CLINIC_FACTS}
        text = self.protocol.faq[topic]
        if any(value is None and f"{{{name}}}" in text for name, value in known.items()):
            return None
        return self.fill(text, **known)

    def faq_more(self, topic: str) -> tuple[str, ...]:
        """What else there is to say of it, and where it comes from; either may be missing."""
        more, sources = self.protocol.faq.get(f"{topic}/more"), self.protocol.faq_sources.get(topic)
        told = [self.fill(more)] if more else []
        return (*told, self.say("faq.sources", sources=sources)) if sources else tuple(told)

    def faq_unknown(self, topic: str) -> str:
        """The honest answer where the clinic has not filled in what was asked."""
        return self.fill(self.protocol.faq.get(f"{topic}/unknown", self.protocol.wording["faq.unknown"]))

    def offered(self, group: str, *ids: str) -> tuple[Choice, ...]:
        """The choices of a group, all of them or those named."""
        labels = self.protocol.choices[group]
        return tuple(Choice(id, labels[id]) for id in (ids or tuple(labels)))


def question(
    kind: ReplyKind,
    id: str,
    *,
    prompt: str,
    choices: tuple[Choice, ...] = (),
    multiple: bool = False,
    asks: tuple[Finding, ...] = (),
) -> Reply:
    """A question whose text alone, with its numbered choices, is enough to answer it."""
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1)]
    text = "\n".join([prompt, *lines])
    return Reply(kind, text, question=id, choices=choices, multiple=multiple, asks=asks, prompt=prompt)
