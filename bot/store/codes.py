"""The rows of `codes`: one at most for each conversation, known by their digest, used once."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.store import audit
from bot.store.tables import codes as table
from bot.store.tables import conversations


def keep(connection: Connection, session_id: str, digest: str, *, now: datetime, expires_at: datetime) -> bool:
    """Whether the conversation has this code now; an earlier one opens nothing any more."""
    # Held until the transaction ends, so that of two codes made at once the later one stays.
    found = select(conversations.c.id).where(conversations.c.id == session_id).with_for_update()
    if connection.execute(found).first() is None:
        return False
    connection.execute(delete(table).where(table.c.conversation_id == session_id))
    row = {"conversation_id": session_id, "digest": digest, "created_at": now, "expires_at": expires_at}
    connection.execute(insert(table), row)
    audit.write(connection, "patient", "code.made", subject=session_id, now=now)
    return True


def use(connection: Connection, digest: str, *, now: datetime) -> str | None:
    """The conversation of an open code, which opens nothing any more; of two at once only one gets it."""
    used = delete(table).where(table.c.digest == digest).returning(table.c.conversation_id, table.c.expires_at)
    row = connection.execute(used).one_or_none()
    if row is None or row.expires_at <= now:
        return None
    audit.write(connection, "patient", "code.used", subject=row.conversation_id, now=now)
    return str(row.conversation_id)
