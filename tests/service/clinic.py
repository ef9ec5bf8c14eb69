"""A whole clinic for tests: real ledger, real clinical code, fakes around them."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bot.bootstrap.building import build_service
from bot.bootstrap.parts import Outside, Service
from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.service.conversations import Conversations
from bot.service.records import Incoming, StoredReply
from bot.settings import Settings, load
from bot.store.chats import Chats
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database
from tests.service.fakes import Alarm, FakeRasa, SettableClock, WordReader, WordScreen

CLINIC = Clinic("Harbour Physiotherapy", "604-555-0123")
NUMB = "since today I am numb between my legs"
BURNING = "burning in my lower back for six months"
_numbers = count(1)


@dataclass(frozen=True)
class TestClinic:
    """The use cases and the fakes that a test turns on and off."""

    __test__ = False
    service: Service
    outside: Outside
    rasa: FakeRasa
    screen: WordScreen
    alarm: Alarm
    clock: SettableClock
    database: Database

    @property
    def conversations(self) -> Conversations:
        """What a channel calls."""
        return self.service.conversations

    async def session(self) -> str:
        """A new session."""
        return (await self.conversations.open(channel="web", language="en")).session

    async def say(self, session_id: str, text: str, *, id: str | None = None) -> list[dict[str, Any]]:
        """The answer to a text, as the chat API shows it."""
        return shown(await self.conversations.take(session_id, Incoming(id or new_client_id(), text)))

    async def tap(self, session_id: str, *choices: str) -> list[dict[str, Any]]:
        """The answer to tapped choices, as the chat API shows it."""
        return shown(await self.conversations.take(session_id, Incoming(new_client_id(), choices=choices)))


def clinic_settings() -> Settings:
    """Settings of a real clinic."""
    return load(
        {
            "CLINIC_NAME": CLINIC.name,
            "CLINIC_PHONE": CLINIC.phone,
            "REGION": "ca-bc",
            "SECRET_KEY": "s" * 40,
            "RASA_SECRET": "r" * 40,
            "STORE_TIMEOUT": "30",  # how long a busy machine may take; a passing test does not wait
        }
    )


def clinic_on(
    database: Database, protocol: Protocol, *, settings: Settings | None = None, **changed: Any
) -> TestClinic:
    """A clinic on this database; `changed` replaces outside parts."""
    rasa, screen, alarm, clock = FakeRasa(protocol), WordScreen(), Alarm(), SettableClock()
    chats = Chats(database)
    outside = replace(Outside(SqlLedger(database), rasa, screen, WordReader(), alarm, clock, chats=chats), **changed)
    service = build_service(outside, protocol=protocol, clinic=CLINIC, settings=settings or clinic_settings())
    return TestClinic(service, outside, rasa, screen, alarm, clock, database)


def shown(replies: tuple[StoredReply, ...]) -> list[dict[str, Any]]:
    """Stored replies as the chat API shows them."""
    return [reply.public() for reply in replies]


def kinds(replies: list[dict[str, Any]]) -> list[str]:
    """The kinds of replies."""
    return [reply["kind"] for reply in replies]


def new_client_id() -> str:
    """An id such as a widget makes."""
    return f"client-{next(_numbers)}"
