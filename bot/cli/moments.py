"""Moments as people type them on the command line."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood


def moment(written: str | None, zone: ZoneInfo, *, option: str) -> datetime | None:
    """The moment; a day begins in the clinic's zone, and so is a time without an offset meant."""
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise NotUnderstood(f"{option}: {written!r} is no day such as 2026-11-22") from None
    return moment if moment.tzinfo else datetime.combine(moment.date(), moment.time() or time(), zone)
