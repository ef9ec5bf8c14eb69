"""Live takeover, put together: what staff write goes the way of every reply."""

from datetime import timedelta

from bot.bootstrap.parts import Service
from bot.service.answering import Answering
from bot.service.attending import Attending
from bot.service.beside import Beside
from bot.service.chat_records import ChatBook
from bot.service.deciding import Deciding
from bot.service.ports import Clock, Ledger
from bot.service.takeover import Takeover
from bot.service.threads import Threads
from bot.service.turnstile import Turnstile
from bot.settings import Settings


def build_takeover(
    book: ChatBook | None,
    *,
    ledger: Ledger,
    threads: Threads,
    turnstile: Turnstile,
    deciding: Deciding,
    answering: Answering,
    clock: Clock,
    settings: Settings,
) -> Takeover | None:
    """The takeover of these conversations; None where the store keeps no chats for staff."""
    if book is None:
        return None
    return Takeover(
        book=book,
        ledger=ledger,
        threads=threads,
        deciding=deciding,
        fanout=answering.fanout,
        turnstile=turnstile,
        clock=clock,
        new_id=answering.new_id,
        patience=timedelta(minutes=settings.hand_back_minutes),
    )


def talking(service: Service) -> tuple[Beside, ...]:
    """What runs beside the requests of conversations: owed replies are given, chats that staff left go on."""
    takeover = service.talk.takeover if service.talk else None
    return (service.redelivery, Attending(takeover)) if takeover else (service.redelivery,)
