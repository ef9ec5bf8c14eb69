"""Mail by SMTP, sent in a thread so that nobody waits for the mail server; addresses are never logged or told on."""

import asyncio
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from bot.errors import MailError, MailRefused, SettingsError
from bot.service.records import Letter

PATIENCE = 15.0
"""Seconds that each step of the mail server may take."""
NEVER = 500
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}")


@dataclass(frozen=True)
class Server:
    """The clinic's mail server and the account there; `security` is starttls, tls or none."""

    host: str
    port: int
    security: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = PATIENCE


class SmtpMailbox:
    """bot.service.ports.Mailbox by SMTP; `sender` is an address, or a name with one in pointed brackets."""

    def __init__(self, server: Server, *, sender: str) -> None:
        self._server = server
        name, address = parseaddr(sender)
        if not _PLAIN_ADDRESS.fullmatch(address):
            raise SettingsError("MAIL_FROM is no e-mail address; write desk@clinic.example")
        self._sender = Address(" ".join(name.split()), addr_spec=address)

    async def send(self, letter: Letter) -> None:
        """Send it: MailError when it cannot be sent now, MailRefused when it never can."""
        if not _PLAIN_ADDRESS.fullmatch(letter.to):
            raise MailRefused("the address is none that mail can be sent to")
        await asyncio.to_thread(self._deliver, self._message(letter), letter.to)

    def _message(self, letter: Letter) -> EmailMessage:
        """The mail; a line end in a header would begin another header, so there is none."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(letter.now)
        message["Message-ID"] = f"<{letter.id}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        if letter.calendar is not None:
            message.add_attachment(
                letter.calendar,
                maintype="text",
                subtype="calendar",
                filename="appointment.ics",
                params={"charset": "utf-8", "method": "PUBLISH"},
            )
        return message

    def _deliver(self, message: EmailMessage, to: str) -> None:
        try:
            with self._connected() as server:
                server.send_message(message, from_addr=self._sender.addr_spec, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            kind = MailRefused if codes and min(codes) >= NEVER else MailError
            raise kind(f"the mail server refused the recipient: {codes}") from None
        except smtplib.SMTPResponseException as error:
            raise MailError(f"the mail server answered {error.smtp_code}: {type(error).__name__}") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailError(f"the mail server could not be used: {type(error).__name__}") from None

    def _connected(self) -> smtplib.SMTP:
        """A connection to the server, secured as the settings say before anything is said on it."""
        server, context = self._server, ssl.create_default_context()
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password or "")
        except BaseException:
            connection.close()
            raise
        return connection
