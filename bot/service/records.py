"""What the use cases and the ledger tell each other: arrivals, answers, standings and stored replies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.clinical.effect import Effect, EraseConversation
from bot.clinical.encounter import Encounter
from bot.clinical.event import Intent
from bot.clinical.reading import ContactDetails, RedFlag
from bot.clinical.vocabulary import Disposition


class MessageState(str, Enum):
    """How far a stored message has come: nothing said yet, told that the real reply comes later, or answered."""

    RECEIVED = "received"
    DEFERRED = "deferred"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Incoming:
    """One message as it came from outside: the sender's own id, and either text or choices."""

    id: str
    text: str | None = None
    choices: tuple[str, ...] = ()
    in_reply_to: str | None = None


@dataclass(frozen=True)
class StoredReply:
    """One reply as it was stored; `body` is its JSON text in the shape of the chat API and never changes.

    `seq` counts the replies of one conversation from 1. `late` replies came after the message had got its answer.
    """

    id: str
    body: str
    seq: int = 0
    late: bool = False

    def public(self) -> dict[str, Any]:
        """The reply in the shape of the chat API."""
        return dict(json.loads(self.body))


@dataclass(frozen=True)
class Opened:
    """A new session: its id, the signed token that is the only key to it, and the opening replies."""

    session: str
    token: str
    replies: tuple[StoredReply, ...]


@dataclass(frozen=True)
class Opening:
    """What the ledger keeps of a conversation that begins; `notice` is the version of the notice shown."""

    session_id: str
    channel: str
    language: str
    notice: str
    encounter: Encounter
    replies: tuple[StoredReply, ...]
    now: datetime


@dataclass(frozen=True)
class Arrival:
    """A message on its way into the ledger, with the digest of its content and the red flags found in it."""

    session_id: str
    message_id: str
    client_id: str
    digest: str
    text: str | None
    choices: tuple[str, ...]
    in_reply_to: str | None
    flags: tuple[RedFlag, ...]
    now: datetime


@dataclass(frozen=True)
class KeptMessage:
    """A message of the ledger; `replies` are the answer it got, without those that came late."""

    message_id: str
    client_id: str
    seq: int
    digest: str
    state: MessageState
    text: str | None
    choices: tuple[str, ...]
    flags: tuple[RedFlag, ...]
    replies: tuple[StoredReply, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where a conversation stands: enough to take its next message, and nothing that grows with it.

    `recent` holds up to four earlier texts, oldest first; `same` the message that already has the asked-for client
    id; `owed` the earlier messages without their real reply, in order; `offered` the question id that the reply named
    by in_reply_to put, None when there is no such reply; `erased` the version of the answer that erased all before it.
    `writer` is who of the staff writes to the patient, who is then asked nothing, None where the questions go on;
    `attended_at` is when anyone of the staff last looked or wrote since.
    """

    session_id: str
    channel: str
    language: str
    version: int
    encounter: Encounter
    recent: tuple[str, ...] = ()
    same: KeptMessage | None = None
    owed: tuple[KeptMessage, ...] = ()
    offered: str | None = None
    erased: int = 0
    writer: str | None = None
    attended_at: datetime | None = None


@dataclass(frozen=True)
class History:
    """What was said in a conversation, in order: each message knows its own answer, replies are all that were sent.

    `followed` names the message that stood last when a late reply was sent, by the reply's id.
    """

    messages: tuple[KeptMessage, ...]
    replies: tuple[StoredReply, ...]
    followed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class InquiryRecord:
    """What the desk's list shows of an encounter; a lower `urgency` is more urgent."""

    urgency: int
    disposition: Disposition | None
    flags: tuple[str, ...]
    regions: tuple[str, ...]
    present: int
    absent: int
    unknown: int
    contact: ContactDetails
    wants_booking: bool
    call_back: bool
    person_requested: str | None
    complete: bool
    findings: tuple[str, ...] = ()
    payer: str | None = None
    """Who pays, by its id; `other` where it was written in words."""
    language: str | None = None
    """The language to speak to the patient in, None for the conversation's own."""


@dataclass(frozen=True)
class Answer:
    """Everything one answered message changes, for one transaction.

    `version` is that of the conversation the answer was worked out from; `state` is ANSWERED, or DEFERRED when the
    real reply is still owed; `late` says that these replies follow an answer that was given before.
    """

    session_id: str
    message_id: str
    version: int
    state: MessageState
    late: bool
    encounter: Encounter
    replies: tuple[StoredReply, ...]
    effects: tuple[Effect, ...]
    intents: tuple[Intent, ...]
    inquiry: InquiryRecord | None
    inquiry_id: str
    now: datetime

    @property
    def erases(self) -> bool:
        """It erases what was said before it."""
        return any(isinstance(effect, EraseConversation) for effect in self.effects)


@dataclass(frozen=True)
class WaitingMail:
    """A mail that is due; `link` may be a path of this service, `attempts` counts this one too."""

    id: str
    conversation_id: str
    kind: str
    address: str
    link: str
    language: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True)
class Letter:
    """A mail as it is sent: `id` names it for good, `calendar` is an iCalendar file that goes with it."""

    id: str
    to: str
    subject: str
    body: str
    now: datetime
    calendar: bytes | None = None
