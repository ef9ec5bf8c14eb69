"""What comes in becomes a message that may be kept, or is refused with a sentence that says what to do."""

import json
from dataclasses import dataclass
from hashlib import sha256

from bot.clinical.encounter import Encounter
from bot.clinical.protocol import Protocol
from bot.clinical.wishes import wish_tapped
from bot.errors import Conflict, NotUnderstood, TooLong
from bot.service.normalise import normalised
from bot.service.records import Incoming, Standing

LONGEST_TEXT = 4000
LONGEST_ID = 128
MOST_CHOICES = 60


@dataclass(frozen=True)
class Accepted:
    """A message in its one form: normalised text or choices, and the digest that tells a retry from a clash."""

    client_id: str
    text: str | None
    choices: tuple[str, ...]
    in_reply_to: str | None
    digest: str


def accepted(incoming: Incoming) -> Accepted:
    """The message in its one form; TooLong or NotUnderstood when it cannot be one."""
    if not (0 < len(incoming.id) <= LONGEST_ID and incoming.id.isascii() and incoming.id.isprintable()):
        raise NotUnderstood(f"id: needs 1 to {LONGEST_ID} plain characters; a UUID does")
    if (incoming.text is None) == (not incoming.choices):
        raise NotUnderstood("a message has either a text or choices")
    text = None if incoming.text is None else _text(incoming.text)
    choices = _choices(incoming.choices)
    digest = sha256(json.dumps([text, choices]).encode()).hexdigest()
    return Accepted(incoming.id, text, choices, incoming.in_reply_to, digest)


def check_offered(message: Accepted, standing: Standing, protocol: Protocol) -> None:
    """Conflict when the choices are not on offer now, or were offered by a reply that is no longer the open one.

    What controls the conversation, and a question about the clinic, is on offer at every point.
    """
    question = standing.encounter.open_question
    if not message.choices or wish_tapped(message.choices, protocol):
        return
    if question is None or not set(message.choices) <= _ids(standing.encounter):
        raise Conflict("this choice is not on offer now; answer the newest question, or write it in words")
    if message.in_reply_to is not None and standing.offered != question.id:
        raise Conflict("this question is no longer open; answer the newest one, or write it in words")
    if len(message.choices) > 1 and not question.multiple:
        raise Conflict("only one of these choices can be tapped")


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise TooLong(f"text: {LONGEST_TEXT} characters at most; send the rest as another message")
    kept = normalised(text)
    if not kept.strip():
        raise NotUnderstood("text: is empty; write something or tap a choice")
    return kept


def _choices(choices: tuple[str, ...]) -> tuple[str, ...]:
    if len(choices) > MOST_CHOICES or not all(isinstance(id, str) and 0 < len(id) <= LONGEST_ID for id in choices):
        raise NotUnderstood("choices: ids of choices on offer")
    return tuple(dict.fromkeys(normalised(id) for id in choices))


def _ids(encounter: Encounter) -> set[str]:
    question = encounter.open_question
    return {choice.id for choice in (*question.choices, *question.fixes)} if question else set()
