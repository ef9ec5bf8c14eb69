"""`needlepoint demonstration-data`: made-up patients for the demonstration clinic, and an end of them."""

import asyncio
from collections.abc import Iterable

from bot.bootstrap.demonstration import TurnedClock, conversations_at, desk_at
from bot.cli.assembly import clinic_database, clinic_protocol
from bot.errors import SettingsError
from bot.outside.clock import SystemClock
from bot.service.demonstration import MadeUp, made_up, talk_through
from bot.service.demonstration_desk import COLLEAGUE
from bot.service.desk_records import URGENT_BELOW
from bot.settings import Settings
from bot.store.demonstration import DemonstrationRows
from bot.store.transaction import Database

REFUSED = "made-up patients belong to a demonstration: set DEMO=1 or a DATA_DIR of its own, never a clinic's database"


def people(wanted: int) -> Iterable[MadeUp]:
    """So many made-up people."""
    return made_up(wanted)


def fill(settings: Settings, wanted: Iterable[MadeUp]) -> int:
    """Let them write in one after the other, and made-up staff answer some; how many did."""
    if not settings.demo:
        raise SettingsError(REFUSED)
    with clinic_database(settings) as database:
        return asyncio.run(_fill(settings, wanted, database=database))


def clear(settings: Settings) -> int:
    """Erase everybody who was made up and nobody else; how many there were."""
    with clinic_database(settings) as database:
        return DemonstrationRows(database).erase(now=SystemClock().now())


async def _fill(settings: Settings, wanted: Iterable[MadeUp], *, database: Database) -> int:
    now, rows, protocol = SystemClock().now(), DemonstrationRows(database), clinic_protocol(settings)
    rows.keep_staff(COLLEAGUE, now=now)
    clock = TurnedClock(now)
    conversations = conversations_at(clock, settings, database=database, protocol=protocol)
    desk = desk_at(clock, settings, database=database, protocol=protocol)
    sessions = set()
    for person in wanted:
        session = await talk_through(conversations, person, clock=clock, now=now)
        found = rows.inquiry_of(session)
        if found:
            id, urgency = found
            desk.work(id, person.desk, is_urgent=urgency < URGENT_BELOW, until=now)
        sessions.add(session)
    return len(sessions)
