"""Conversations of several turns for tests of the reports: what was typed, and what the chat asked then."""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.clinical.encounter import Encounter
from bot.clinical.event import Intent
from bot.service.inquiry import inquiry_of
from bot.service.records import Answer, Arrival, MessageState, Opening, StoredReply
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database

_numbers = count(1)


@dataclass(frozen=True)
class Turn:
    """What was typed, the question that the answer put, what was understood, and what was said."""

    text: str
    question: str | None = None
    intent: str | None = None
    says: str = "Thank you."


def talk(database: Database, turns: tuple[Turn, ...], *, at: datetime, encounter: Encounter | None = None) -> str:
    """The session of a conversation with these turns."""
    ledger, session_id, known = SqlLedger(database), _id(), encounter or Encounter()
    notice = _reply("This is automated.", None)
    ledger.open(Opening(session_id, "web", "en", "notice-1", Encounter(), (notice,), at))
    for version, turn in enumerate(turns):
        message = ledger.receive(Arrival(session_id, _id(), _id(), "digest", turn.text, (), None, (), at))
        ledger.answer(
            Answer(
                session_id=session_id,
                message_id=message.message_id,
                version=version,
                state=MessageState.ANSWERED,
                late=False,
                encounter=known,
                replies=(_reply(turn.says, turn.question),),
                effects=(),
                intents=(Intent(turn.intent, 0.9),) if turn.intent else (),
                inquiry=inquiry_of(known),
                inquiry_id=_id(),
                now=at,
            )
        )
    return session_id


def _reply(text: str, question: str | None) -> StoredReply:
    id = _id()
    body: dict[str, object] = {
        "id": id,
        "kind": "message",
        "question": question,
        "text": text,
        "choices": [],
        "multiple": False,
    }
    return StoredReply(id, json.dumps({**body, "asks": None, "data": None}))


def _id() -> str:
    return f"{next(_numbers):031x}e"
