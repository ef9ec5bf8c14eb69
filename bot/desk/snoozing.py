"""Until when an inquiry can be snoozed: a few times on offer, or one that was typed by the clinic's clock."""

from datetime import datetime, timedelta

from bot.errors import NotUnderstood
from bot.service.desk import DeskServices

SOON = timedelta(hours=2)
BACK = ""
"""The choice that brings an inquiry back at once."""
TYPED = "typed"


def snoozes_on_offer(desk: DeskServices) -> tuple[tuple[str, datetime], ...]:
    """The times on offer, by the id of their words: in two hours, the next opening, the one a week on."""
    now, hours = desk.clock.now(), desk.answer_clock.hours
    tomorrow = (now.astimezone(desk.clinic.zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    offered = [("soon", now + SOON)]
    for name, since in (("next_day", tomorrow), ("next_week", tomorrow + timedelta(days=6))):
        opening = hours.next_opening(since)
        offered += [(name, opening)] if opening else []
    return tuple(offered)


def read_until(chosen: str, typed: str, desk: DeskServices) -> datetime | None:
    """The moment that a form asks for; None to bring the inquiry back."""
    if chosen == BACK:
        return None
    try:
        moment = datetime.fromisoformat(typed if chosen == TYPED else chosen)
    except ValueError:
        raise NotUnderstood("until: no time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.clinic.zone)
