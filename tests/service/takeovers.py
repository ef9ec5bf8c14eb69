"""Chats that staff write in: who works here, and conversations that they have taken."""

from typing import Any

from sqlalchemy import insert, select

from bot.service.conversations import Conversations
from bot.service.desk_records import Change, Staff
from bot.service.desk_roles import Role
from bot.service.takeover import Takeover
from bot.store import tables
from bot.store.transaction import Database
from tests.service.clinic import BURNING, TestClinic, shown
from tests.service.fakes import SettableClock

ANA = Staff("a" * 32, "Dr. Ana Ruiz", "ana@clinic.example", Role.RECEPTION)
BO = Staff("b" * 32, "Bo", "bo@clinic.example", Role.MANAGER)
LIST = "safety.cauda_equina"


def hire(database: Database) -> None:
    """Ana and Bo work here."""
    people = [{"id": one.id, "name": one.name, "email": one.email, "role": one.role.value} for one in (ANA, BO)]
    rows = [{**one, "password_hash": "x", "created_at": SettableClock().now()} for one in people]
    with database.write() as connection:
        connection.execute(insert(tables.staff), rows)


def takeover_of(clinic: TestClinic) -> Takeover:
    """The use cases of writing to a patient, of any clinic."""
    talk = clinic.service.talk
    assert talk is not None
    assert talk.takeover is not None
    return talk.takeover


def inquiry_of(database: Database, session: str) -> str:
    """The inquiry that a conversation has made."""
    with database.read() as connection:
        mine = select(tables.inquiries.c.id).where(tables.inquiries.c.conversation_id == session)
        return str(connection.execute(mine).scalar_one())


def row_of(clinic: TestClinic, session: str) -> Any:
    """The inquiry's row."""
    with clinic.database.read() as connection:
        mine = select(tables.inquiries).where(tables.inquiries.c.conversation_id == session)
        return connection.execute(mine).one()


async def begun(clinic: TestClinic) -> tuple[str, str]:
    """A conversation that waits for its first safety list, and its inquiry."""
    session = await clinic.session()
    assert (await clinic.say(session, BURNING))[-1]["question"] == LIST
    return session, inquiry_of(clinic.database, session)


async def taken(clinic: TestClinic) -> tuple[str, str]:
    """The same, and Ana writes in it."""
    session, inquiry = await begun(clinic)
    assert await takeover_of(clinic).take(inquiry, ANA, seen=None) is Change.DONE
    return session, inquiry


async def newest(conversations: Conversations, session: str, after: int = 0) -> list[dict[str, Any]]:
    """What was sent after a reply."""
    return shown(await conversations.replies_after(session, after))
