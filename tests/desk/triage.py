"""A desk that screens: the real reader and screen of the chat, and its real conversation on the same database."""

from dataclasses import dataclass

from bot.bootstrap.building import build_service
from bot.bootstrap.parts import Outside
from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.service.desk_triage import Talk
from bot.service.ports import Clock, Reads, Screening
from bot.settings import Settings
from bot.store.chats import Chats
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database
from tests.service.fakes import Alarm, FakeRasa


@dataclass(frozen=True)
class Readers:
    """The reader and the screen, loaded once."""

    screening: Screening
    reads: Reads


def talk_on(database: Database, readers: Readers, *, protocol: Protocol, settings: Settings, clock: Clock) -> Talk:
    """What the chat of this clinic screens and answers with."""
    rasa = FakeRasa(protocol, reader=readers.reads)
    chats = Chats(database)
    outside = Outside(SqlLedger(database), rasa, readers.screening, readers.reads, Alarm(), clock, chats=chats)
    clinic = Clinic(settings.clinic_name, settings.clinic_phone)
    talk = build_service(outside, protocol=protocol, clinic=clinic, settings=settings).talk
    assert talk is not None
    return talk
