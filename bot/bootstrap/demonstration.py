"""Made-up patients and staff, put together: the clinic's own parts with a clock that is turned back."""

from dataclasses import dataclass
from datetime import datetime

from bot.bootstrap.building import build_service
from bot.bootstrap.clinic import clinic_of
from bot.bootstrap.desk import outlets_of
from bot.bootstrap.parts import Outside
from bot.bootstrap.reading import read_for
from bot.clinical.advance import advance
from bot.clinical.event import Chose, Said
from bot.clinical.protocol import Protocol
from bot.service.conversations import Conversations
from bot.service.demonstration_desk import MadeUpDesk
from bot.service.desk import desk_services
from bot.service.ports import Reads, TurnAnswer, TurnRequest
from bot.service.zone import zone_of
from bot.settings import Settings
from bot.store.desk import desk_books
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database


@dataclass
class TurnedClock:
    """A clock that stands where it was turned to."""

    at: datetime

    def now(self) -> datetime:
        """The moment it was turned to."""
        return self.at


class NoAlarm:
    """Alarms nobody: these emergencies are made up."""

    def urgent(self, session_id: str) -> None:
        """Nothing happens."""


@dataclass(frozen=True)
class OwnTurns:
    """Decides turns in this process: what made-up patients say needs no intents."""

    reads: Reads
    protocol: Protocol

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """The turn, by the same clinical code as everywhere."""
        return TurnAnswer(advance(request.encounter, self._event(request), request.facts, self.protocol))

    def _event(self, request: TurnRequest) -> Said | Chose:
        if request.text is None:
            return Chose(request.message_id, request.choices)
        asked = request.encounter.open_question.read_as if request.encounter.open_question else ()
        reading = self.reads.read(request.text, asked=asked, today=request.facts.now.date())
        return Said(request.message_id, reading, request.flags)


def conversations_at(
    clock: TurnedClock, settings: Settings, *, database: Database, protocol: Protocol
) -> Conversations:
    """The use cases of conversations on this database, at whatever time the clock says."""
    screening, reads, _ = read_for(settings.language, settings.region)
    ledger = SqlLedger(database, zone=zone_of(settings.time_zone))
    outside = Outside(ledger, OwnTurns(reads, protocol), screening, reads, NoAlarm(), clock)
    return build_service(outside, protocol=protocol, clinic=clinic_of(settings), settings=settings).conversations


def desk_at(clock: TurnedClock, settings: Settings, *, database: Database, protocol: Protocol) -> MadeUpDesk:
    """The desk of this database for made-up staff, at whatever time the clock says."""
    books, outlets = desk_books(database), outlets_of(protocol)
    desk = desk_services(books, settings=settings, protocol=protocol, clock=clock, outlets=outlets)
    return MadeUpDesk(desk.inquiries, clock)
