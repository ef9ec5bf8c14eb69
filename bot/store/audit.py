"""The append-only audit lines: who did what to which opaque id, and when."""

from datetime import datetime

from sqlalchemy import Connection, insert

from bot.store.tables import audit


def write(
    connection: Connection,
    actor: str,
    action: str,
    *,
    subject: str | None,
    now: datetime,
    detail: str | None = None,
) -> None:
    """One more line; `actor` is patient, system or a staff id, `detail` a word of a closed set."""
    row = {"at": now, "actor": actor, "action": action, "subject": subject, "detail": detail}
    connection.execute(insert(audit), row)
