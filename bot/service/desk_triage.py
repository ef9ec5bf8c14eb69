"""Triage without a chat: a pasted mail or phone note is screened as the chat would, and kept only when staff say so."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.clinical.advance import advance
from bot.clinical.document import Document, document
from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.event import Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Reading, RedFlag
from bot.clinical.reply import Reply
from bot.clinical.urgent import advice
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice
from bot.errors import NotUnderstood, TooLong
from bot.service.conversations import Conversations
from bot.service.deciding import Deciding
from bot.service.desk_entries import EntryBook
from bot.service.desk_entry_records import DESK
from bot.service.desk_records import Act, Staff
from bot.service.inquiry import line_of
from bot.service.normalise import normalised
from bot.service.ports import Clock, Reads, Screening
from bot.service.records import Answer, Arrival, MessageState, Opening
from bot.service.resuming import Resuming
from bot.service.takeover import Takeover

LONGEST_PASTED = 8_000
LONGEST_NAME, LONGEST_PHONE, LONGEST_EMAIL = 80, 40, 254
SIGNED_WITHIN = 8
"""Lines from the end of a letter in which its writer's name may stand."""


@dataclass(frozen=True)
class Talk:
    """What the chat screens and answers with, lent to the desk."""

    screening: Screening
    reads: Reads
    deciding: Deciding
    conversations: Conversations
    resuming: Resuming
    takeover: Takeover | None = None


@dataclass(frozen=True)
class Screened:
    """What the chat would make of a text: its reading and flags, the encounter after it, and what it would answer."""

    text: str
    reading: Reading
    flags: tuple[RedFlag, ...]
    encounter: Encounter
    replies: tuple[Reply, ...]
    contact: ContactDetails


@dataclass(frozen=True)
class Triage:
    """The use cases of the triage page; reading stores nothing."""

    talk: Talk
    book: EntryBook
    zone: ZoneInfo
    clock: Clock

    @property
    def protocol(self) -> Protocol:
        """The protocol in force."""
        return self.talk.deciding.protocol

    def screen(self, pasted: str) -> Screened:
        """The text as the chat would screen it; TooLong or NotUnderstood when it cannot be one."""
        if len(pasted) > LONGEST_PASTED:
            raise TooLong(f"a text has at most {LONGEST_PASTED:,} characters")
        text, now = normalised(pasted), self.clock.now()
        if not text.strip():
            raise NotUnderstood("the text is empty")
        reading = self.talk.reads.read(text, asked=(), today=now.date())
        flags = self.talk.screening.screen(text, (), known=frozenset(), today=now.date())
        event = Said("pasted", reading, flags)
        turn = advance(Encounter(), event, self.talk.deciding.facts(now), self.protocol)
        return Screened(text, reading, flags, turn.encounter, turn.replies, self._contact(text, reading))

    def playbook(self, encounter: Encounter) -> tuple[str, ...]:
        """What to read out at once in an emergency or a crisis: the chat's own advice, none where there is neither."""
        urgent = [flag for flag in encounter.flags if flag.level in URGENT_LEVELS]
        return tuple(advice(flag, self._voice()) for flag in sorted(urgent, key=_urgency)[:1])

    def document(self, encounter: Encounter) -> Document:
        """What is known so far in words, for staff."""
        return document(encounter, self._voice())

    def keep(self, form_id: str, pasted: str, contact: ContactDetails, staff: Staff) -> str | None:
        """The inquiry that the text is kept as; the same form makes one inquiry, however often it is sent."""
        screened, now = self.screen(pasted), self.clock.now()
        encounter = with_contact_of(screened.encounter, self.tidied(contact))
        session_id = _derived("conversation", staff.id, form_id)
        protocol = self.protocol
        opening = Opening(session_id, DESK, protocol.language, protocol.version, encounter, (), now)
        message_id = _derived("message", staff.id, form_id)
        digest = sha256(screened.text.encode()).hexdigest()
        arrival = Arrival(
            session_id, message_id, form_id, digest, screened.text, (), in_reply_to=None, flags=screened.flags, now=now
        )
        answer = desk_answer(session_id, message_id, encounter, version=0, now=now)
        return self.book.keep(opening, arrival, answer, zone=self.zone, act=Act(staff.id, now))

    def tidied(self, contact: ContactDetails) -> ContactDetails:
        """The contact as typed, with a number that can be read as one in its one form; nothing typed is refused."""
        phone = (contact.phone or "").strip()[:LONGEST_PHONE]
        read = self.talk.reads.read(phone, asked=(), today=self.clock.now().date()).contact.phone if phone else None
        name = " ".join((contact.name or "").split())[:LONGEST_NAME]
        email = (contact.email or "").strip()[:LONGEST_EMAIL]
        return ContactDetails(name or None, read or phone or None, email or None)

    def _voice(self) -> Voice:
        return Voice(self.protocol, self.talk.deciding.facts(self.clock.now()))

    def _contact(self, text: str, reading: Reading) -> ContactDetails:
        """Who it is from, also where a letter says so in its last lines only."""
        found = reading.contact
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            return found
        today = self.clock.now().date()
        for line in reversed(lines[-SIGNED_WITHIN:]):
            said = self.talk.reads.read(line, asked=(), today=today).contact
            name = found.name or (said.name if _is_signature(line, said) else None)
            found = ContactDetails(name, found.phone or said.phone, found.email or said.email)
        return found


def _is_signature(line: str, said: ContactDetails) -> bool:
    """The line holds nothing but the name and how to reach it: what else is said beside a number is no name."""
    if not (said.phone or said.email):
        return True
    start = line.lower().find(said.email or "\0")
    own = line if start < 0 else line[:start] + line[start + len(said.email or "") :]
    before, name, after = own.partition(said.name or "\0")
    return bool(name) and not any(character.isalpha() for character in before + after)


def with_contact_of(encounter: Encounter, contact: ContactDetails) -> Encounter:
    """The encounter with exactly this contact, as staff have corrected it."""
    if encounter.request is None and contact == ContactDetails():
        return encounter
    return replace(encounter, request=replace(encounter.request or AppointmentRequest(), contact=contact))


def desk_answer(session_id: str, message_id: str, encounter: Encounter, *, version: int, now: datetime) -> Answer:
    """What staff keep of a conversation: the encounter and its inquiry; nobody is told anything by it."""
    return Answer(
        session_id=session_id,
        message_id=message_id,
        version=version,
        state=MessageState.ANSWERED,
        late=False,
        encounter=encounter,
        replies=(),
        effects=(),
        intents=(),
        inquiry=line_of(encounter),
        inquiry_id=_derived("inquiry", session_id),
        now=now,
    )


def _urgency(flag: FlagRecord) -> int:
    return flag.level.urgency


def _derived(*parts: str) -> str:
    """An opaque id that the same parts always give."""
    return sha256("|".join(parts).encode()).hexdigest()[:32]
