"""What the patient is shown: replies with their choices, before web gives them an id."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.clinical.vocabulary import Finding

WHERE = "where"
"""The question whose choices are also areas of a body map."""


class ReplyKind(str, Enum):
    """What sort of reply it is; the widget draws each kind differently."""

    MESSAGE = "message"
    QUESTION = "question"
    EMERGENCY = "emergency"
    RESULT = "result"
    BOOKING = "booking"
    STAFF = "staff"


@dataclass(frozen=True)
class Choice:
    """One tappable answer."""

    id: str
    label: str


@dataclass(frozen=True)
class Reply:
    """One bubble; `text` alone is always enough to go on."""

    kind: ReplyKind
    text: str
    question: str | None = None
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    asks: tuple[Finding, ...] = ()
    prompt: str | None = None
    """The text without the list of choices, for channels that draw the choices themselves."""
    card: tuple[tuple[str, str], ...] = ()
    """Rows of the result card: label and value."""
    why: str | None = None
    """Why this is asked."""
    progress: tuple[int, int] | None = None
    """Which question this is, and about how many there will be."""
    fixes: tuple[Choice, ...] = ()
    """Taps that correct what the reply plays back."""
    more: bool = False
    """There is more to tell of what was asked, with its sources."""
    erased: bool = False
    """Everything that was written before has been erased."""
    box: str | None = None
    """The words of the scale from 0 to 10 that belongs to the question."""
    link: tuple[str, str, str] | None = None
    """The clinic's own booking page: address, label, and the summary to copy into it."""
    times: bool = False
    """The choices are free times."""
    appointment: tuple[str, str] | None = None
    """The booked time: its label, and the page where the patient changes it."""


def contract(reply: Reply) -> dict[str, Any]:
    """The reply as the chat API shows it (contracts.md), all but its id."""
    at, of = reply.progress or (0, 0)
    extra = {
        "prompt": reply.prompt,
        "card": [list(row) for row in reply.card] or None,
        "why": reply.why,
        "progress": {"at": at, "of": of} if of else None,
        "fix": [{"id": tap.id, "label": tap.label} for tap in reply.fixes],
        "map": reply.question == WHERE,
        "more": reply.more,
        "summary": reply.kind is ReplyKind.RESULT,
        "erased": reply.erased,
        "box": {"scale": [0, 10], "label": reply.box} if reply.box else None,
        "link": dict(zip(("url", "label", "copy"), reply.link, strict=True)) if reply.link else None,
        "times": reply.times,
        "appointment": _appointment(*reply.appointment) if reply.appointment else None,
    }
    asks = [finding.value for finding in reply.asks]
    return {
        "kind": reply.kind.value,
        "question": reply.question,
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
        "multiple": reply.multiple,
        "asks": (asks[0] if len(asks) == 1 and not reply.multiple else asks) or None,
        "data": {key: value for key, value in extra.items() if value} or None,
    }


def _appointment(label: str, manage: str) -> dict[str, str]:
    return {"label": label, "manage": manage, "ics": f"{manage}.ics"}
