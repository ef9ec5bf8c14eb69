"""Mail to staff, sent while the manager who asked for it waits: what is in it is kept nowhere, so nothing can retry."""

import asyncio
import logging

from bot.errors import MailError
from bot.service.ports import Mailbox
from bot.service.records import Letter

log = logging.getLogger("needlepoint")


class StaffPost:
    """bot.service.desk_staff.Post by the clinic's mailbox; called in a thread without a running event loop."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def send(self, letter: Letter) -> bool:
        """Whether the mail server took it."""
        try:
            asyncio.run(self._mailbox.send(letter))
        except MailError as error:
            log.warning("a mail to staff was not sent: %s", error)
            return False
        return True
