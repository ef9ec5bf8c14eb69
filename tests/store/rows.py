"""Openings, arrivals and answers for tests of the ledger."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails, RedFlag
from bot.clinical.vocabulary import Disposition
from bot.service.records import Answer, Arrival, InquiryRecord, KeptMessage, MessageState, Opening, StoredReply
from bot.store.ledger import SqlLedger

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SESSION = "5" * 32
_numbers = count(1)


def new_id() -> str:
    """An id that no other row of this run has."""
    return f"{next(_numbers):032x}"


def reply(text: str, *, question: str | None = None) -> StoredReply:
    """A reply on its way into the ledger."""
    id = new_id()
    return StoredReply(id, json.dumps({"id": id, "text": text, "question": question}))


def opening(session_id: str = SESSION) -> Opening:
    """A conversation that begins with one reply."""
    return Opening(session_id, "web", "en", "notice-1", Encounter(), (reply("hello"),), NOW)


def opened(ledger: SqlLedger, session_id: str = SESSION) -> SqlLedger:
    """The ledger with a conversation in it."""
    ledger.open(opening(session_id))
    return ledger


def arrival(
    text: str, *, client_id: str | None = None, session_id: str = SESSION, flags: tuple[RedFlag, ...] = ()
) -> Arrival:
    """A written message that arrives."""
    return Arrival(session_id, new_id(), client_id or new_id(), f"digest of {text}", text, (), None, flags, NOW)


def answer(
    message: KeptMessage,
    *texts: str,
    version: int = 0,
    session_id: str = SESSION,
    state: MessageState = MessageState.ANSWERED,
    inquiry: InquiryRecord | None = None,
    encounter: Encounter | None = None,
) -> Answer:
    """An answer to a kept message."""
    return Answer(
        session_id=session_id,
        message_id=message.message_id,
        version=version,
        state=state,
        late=message.state is MessageState.DEFERRED,
        encounter=encounter or Encounter(),
        replies=tuple(reply(text) for text in texts),
        effects=(),
        intents=(),
        inquiry=inquiry,
        inquiry_id=new_id(),
        now=NOW,
    )


def inquiry(**changes: object) -> InquiryRecord:
    """A routine inquiry, with changes."""
    routine = InquiryRecord(
        urgency=40,
        disposition=Disposition.PHYSIO_EXAM,
        flags=(),
        regions=("lower_back",),
        present=2,
        absent=1,
        unknown=4,
        contact=ContactDetails(),
        wants_booking=False,
        call_back=False,
        person_requested=None,
        complete=True,
    )
    return replace(routine, **changes)  # type: ignore[arg-type]  # the names are those of the record's fields
