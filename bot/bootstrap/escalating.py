"""Telling whoever is on duty, put together: where no mail can be sent, the steps are kept and the desk warns alone."""

import secrets

from bot.service.desk import opening_hours_of
from bot.service.escalating import Escalating
from bot.service.mailing import Mailing
from bot.service.ports import Clock
from bot.service.threads import Threads
from bot.settings import Settings
from bot.store.desk_watch import DeskWatch
from bot.store.transaction import Database


def build_escalating(
    settings: Settings, *, database: Database, threads: Threads, clock: Clock, mailing: Mailing | None
) -> Escalating:
    """What looks after urgent inquiries that nobody opens."""
    return Escalating(
        book=DeskWatch(database),
        hours=opening_hours_of(settings),
        address=settings.duty_email if mailing else None,
        mailed=mailing.wake if mailing else _nobody,
        threads=threads,
        clock=clock,
        new_id=_new_id,
    )


def _nobody() -> None:
    """Nothing to wake where no mail is sent."""


def _new_id() -> str:
    return secrets.token_hex(16)
