"""Mails are sent beside the requests: one at a time, again with growing pauses, and given up after a day.

A mail is queued in the transaction that causes it (bot/store/mails.py). It holds a link and nothing about health; what
is logged of it is its opaque id.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.voice import Voice
from bot.errors import MailError, MailRefused
from bot.service.ports import Clock, Mailbox, MailQueue
from bot.service.records import Letter, WaitingMail
from bot.service.threads import Threads
from bot.service.trouble import where

log = logging.getLogger("needlepoint.mailing")
BATCH = 20
LOOK = 5.0
"""Seconds between looks for mails that are due."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))
"""Before the second attempt, the third, and so on; the last one again and again."""
LONGEST = timedelta(days=1)
WITH_CALENDAR = ("booking_confirmed", "booking_changed")
"""Kinds of mail that an iCalendar file goes with."""

Calendars = Callable[[str], bytes | None]
"""The iCalendar file of a conversation's appointment."""


@dataclass(frozen=True)
class Writer:
    """Writes the clinic's mails in the words of the protocol; `address` is where this service is found."""

    protocol: Protocol
    clinic: Clinic
    address: str

    def letter(self, mail: WaitingMail, *, calendar: bytes | None, now: datetime) -> Letter:
        """The mail as it is sent."""
        voice = Voice(self.protocol, Facts(now, self.clinic))
        link = f"{self.address}{mail.link}" if mail.link.startswith("/") else mail.link
        subject = voice.say(f"mail.{mail.kind}.subject", link=link)
        body = voice.say(f"mail.{mail.kind}.body", link=link)
        return Letter(mail.id, mail.address, subject, body, now, calendar)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


class Mailing:
    """Runs beside the requests; `wake` tells it that a mail was queued."""

    name = "mailing"

    def __init__(
        self,
        *,
        queue: MailQueue,
        mailbox: Mailbox,
        writer: Writer,
        calendars: Calendars,
        threads: Threads,
        clock: Clock,
        look: float = LOOK,
    ) -> None:
        self._queue = queue
        self._mailbox = mailbox
        self._writer = writer
        self._calendars = calendars
        self._threads = threads
        self._clock = clock
        self._look = look
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A mail was queued: look soon."""
        self._woken.set()

    async def run(self) -> None:
        """What an earlier process left is sent too; what is not sent stays in the queue."""
        while True:
            self._woken.clear()
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001  # mail must go on when the store or one mail is broken
                log.warning("mail waits: %s", where(error))
            await self._until_woken()

    async def sweep(self) -> int:
        """Send what is due; how many went through."""
        now = self._clock.now()
        due = await self._threads.run(self._queue.claim, now=now, limit=BATCH, pause_of=pause_after)
        return sum([await self._try(mail, now) for mail in due])

    async def _try(self, mail: WaitingMail, now: datetime) -> bool:
        if now - mail.created_at >= LONGEST:
            return await self._give_up(mail, now, "a day has passed")
        try:
            await self._mailbox.send(await self._letter(mail, now))
        except MailRefused as error:
            return await self._give_up(mail, now, str(error))
        except MailError as error:
            log.warning("mail %s was not sent, attempt %d: %s", mail.id, mail.attempts, error)
            return False
        await self._threads.run(self._queue.sent, mail.id, now=now)
        return True

    async def _letter(self, mail: WaitingMail, now: datetime) -> Letter:
        wanted = mail.kind in WITH_CALENDAR
        calendar = await self._threads.run(self._calendars, mail.conversation_id) if wanted else None
        return self._writer.letter(mail, calendar=calendar, now=now)

    async def _give_up(self, mail: WaitingMail, now: datetime, why: str) -> bool:
        log.warning("mail %s is given up: %s", mail.id, why)
        await self._threads.run(self._queue.given_up, mail.id, now=now)
        return False

    async def _until_woken(self) -> None:
        try:
            async with asyncio.timeout(self._look):
                await self._woken.wait()
        except TimeoutError:
            return
