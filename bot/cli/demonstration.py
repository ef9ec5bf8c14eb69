"""`needlepoint demonstration-data`: made-up patients for the demonstration clinic, and an end of them."""

import asyncio
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.bootstrap.demonstration import TurnedClock, conversations_at
from bot.cli.assembly import clinic_database, clinic_protocol
from bot.errors import SettingsError
from bot.outside.clock import SystemClock
from bot.service.demonstration import MadeUp, made_up, talk_through
from bot.service.desk_records import Act, CallOutcome, Reason, Status
from bot.service.desk_roles import Role
from bot.settings import Settings
from bot.store.demonstration import DemonstrationRows
from bot.store.desk import desk_books
from bot.store.transaction import Database

COLLEAGUE = "made-up-reception"
COLLEAGUE_NAME = "Robin (made up)"
AFTER, BETWEEN = timedelta(minutes=20), timedelta(minutes=15)
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
    now, rows = SystemClock().now(), DemonstrationRows(database)
    rows.keep_staff(COLLEAGUE, COLLEAGUE_NAME, role=Role.RECEPTION.value, now=now)
    clock = TurnedClock(now)
    conversations = conversations_at(clock, settings, database=database, protocol=clinic_protocol(settings))
    sessions = set()
    for person in wanted:
        session = await talk_through(conversations, person, clock=clock, now=now)
        _work(database, rows, session=session, person=person, until=now)
        sessions.add(session)
    return len(sessions)


def _work(database: Database, rows: DemonstrationRows, *, session: str, person: MadeUp, until: datetime) -> None:
    """What made-up staff did about it, in order."""
    at = until - person.ago + AFTER
    for done in person.desk:
        found = rows.inquiry_of(session)
        if found is None:
            return
        at = min(at + BETWEEN, until)
        _do(database, done, inquiry_id=found[0], version=found[1], act=Act(COLLEAGUE, at))


def _do(database: Database, done: str, *, inquiry_id: str, version: int, act: Act) -> None:
    changes = desk_books(database).changes
    what, _, words = done.partition(": ")
    if what == "take":
        changes.take(inquiry_id, owner_id=None, act=act)
    elif what == "note":
        changes.add_note(inquiry_id, secrets.token_hex(16), text=words, act=act)
    elif what == "call":
        changes.add_call(inquiry_id, secrets.token_hex(16), outcome=CallOutcome(words), text=None, act=act)
    elif what == "close":
        changes.set_status(inquiry_id, Status.CLOSED, reason=Reason(words), version=version, act=act)
    else:
        raise SettingsError(f"demonstration_people.yml: desk knows take, note, call and close, not {what!r}")
