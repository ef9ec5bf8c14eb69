"""How one conversation went: every message with its replies, how it ended, and what was known of the patient then."""

from dataclasses import dataclass, field
from typing import Any

from tests.simulated.message import Message
from tests.simulated.persona import Persona

Reply = dict[str, Any]
BESIDE = ("confirm.", "change", "consent", "urgent.", "booking", "precautions")
"""Questions that are no part of the screening."""


@dataclass(frozen=True)
class Exchange:
    """One message, the question that was open when it was sent, and the replies to it."""

    sent: Message
    open: str | None
    replies: tuple[Reply, ...]

    @property
    def question(self) -> Reply | None:
        """The question that waits for an answer after it."""
        return next((reply for reply in reversed(self.replies) if reply.get("question")), None)

    @property
    def kinds(self) -> set[str]:
        """The kinds of its replies."""
        return {reply["kind"] for reply in self.replies}


@dataclass
class Course:
    """How the conversation of a persona with this seed went."""

    persona: Persona
    seed: str
    exchanges: list[Exchange] = field(default_factory=list)
    end: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[str, ...]:
        """The different questions between the first message and the result."""
        ids = []
        for exchange in self.exchanges:
            ids += [reply["question"] for reply in exchange.replies if reply["kind"] == "question"]
            if "result" in exchange.kinds:
                break
        return tuple(dict.fromkeys(id for id in ids if id and not id.startswith(BESIDE)))

    def transcript(self) -> str:
        """The whole conversation, to read."""
        lines = [f"{self.persona.name} (seed {self.seed}), ended: {self.end}"]
        for exchange in self.exchanges:
            lines.append(f"\nPATIENT ({exchange.sent.why}): {exchange.sent}")
            lines += [_told(reply) for reply in exchange.replies]
        return "\n".join(lines)


def _told(reply: Reply) -> str:
    """The reply without its numbered choices, whose ids stand in one line."""
    choices = reply.get("choices") or []
    labels = {choice["label"] for choice in choices}
    spoken = [line for line in reply["text"].splitlines() if line and line.split(". ", 1)[-1] not in labels]
    ids = f"\n      [{' '.join(choice['id'] for choice in choices)}]" if choices else ""
    return f"  {reply['kind'].upper()} {reply.get('question') or ''}: {' / '.join(spoken)}{ids}"
