"""Fills the inbox's columns and lists for inquiries that were there before them."""

import json

from sqlalchemy import Connection, select, update

from bot.clinical.codec import from_data
from bot.clinical.encounter import Encounter
from bot.errors import EncounterError
from bot.service.desk_records import URGENT_BELOW
from bot.service.inquiry import inquiry_of
from bot.store.inbox_lists import refresh
from bot.store.tables import conversations, inquiries, messages

_BATCH = 500


def fill(connection: Connection) -> None:
    """Every inquiry has its columns and stands in its lists."""
    last = ""
    while True:
        rows = select(inquiries.c.id).where(inquiries.c.id > last).order_by(inquiries.c.id).limit(_BATCH)
        ids = connection.execute(rows).scalars().all()
        if not ids:
            return
        for id in ids:
            _fill_one(connection, id)
        last = ids[-1]


def _fill_one(connection: Connection, inquiry_id: str) -> None:
    talk = select(inquiries, conversations.c.channel.label("by"), conversations.c.language.label("tongue"))
    talk = talk.add_columns(conversations.c.encounter)
    mine = talk.join(conversations, conversations.c.id == inquiries.c.conversation_id)
    row = connection.execute(mine.where(inquiries.c.id == inquiry_id)).one()
    known = _known(row.encounter)
    record = inquiry_of(known) if known else None
    filled = {
        "channel": row.by,
        "language": (record.language if record else None) or row.tongue,
        "findings": json.dumps(record.findings if record else ()),
        "payer": record.payer if record else None,
        "received_on": f"{row.created_at:%Y-%m-%d}",
        "urgent_since": row.waiting_since if row.urgency < URGENT_BELOW else None,
    }
    connection.execute(update(inquiries).where(inquiries.c.id == inquiry_id).values(**filled))
    said = select(messages.c.text).where(
        messages.c.conversation_id == row.conversation_id, messages.c.text.is_not(None)
    )
    refresh(connection, inquiry_id, said=connection.execute(said).scalars().all())


def _known(text: str) -> Encounter | None:
    try:
        return from_data(Encounter, json.loads(text))
    except (EncounterError, ValueError):
        return None
