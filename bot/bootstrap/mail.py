"""The clinic's mail, put together: queue, sender and words; None where no mail server is set."""

from dataclasses import dataclass

from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.errors import SettingsError
from bot.outside.smtp import Server, SmtpMailbox
from bot.service.mailing import Calendars, Mailing, Writer
from bot.service.ports import Clock, Mailbox
from bot.service.summaries import LinkMail
from bot.service.threads import Threads
from bot.settings import Settings
from bot.store.mails import MailQueue
from bot.store.transaction import Database

NO_SENDER = "MAIL_FROM is missing: with SMTP_HOST mails need a sender, here or in CLINIC_EMAIL"


@dataclass(frozen=True)
class MailParts:
    """What the clinic's mails are sent with."""

    database: Database
    threads: Threads
    clock: Clock
    calendars: Calendars


def build_mailing(
    settings: Settings, parts: MailParts, *, protocol: Protocol, clinic: Clinic, mailbox: Mailbox | None = None
) -> Mailing | None:
    """What sends the queued mails; None where the clinic sends none."""
    if mailbox is None and not settings.smtp_host:
        return None
    return Mailing(
        queue=MailQueue(parts.database),
        mailbox=mailbox or mailbox_of(settings),
        writer=Writer(protocol, clinic, own_address(settings)),
        calendars=parts.calendars,
        threads=parts.threads,
        clock=parts.clock,
    )


def mailbox_of(settings: Settings) -> SmtpMailbox:
    """The clinic's account at its mail server."""
    sender = settings.mail_from or settings.clinic_email
    if not sender:
        raise SettingsError(NO_SENDER)
    server = Server(
        host=settings.smtp_host or "",
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
    return SmtpMailbox(server, sender=sender)


def own_address(settings: Settings) -> str:
    """Where patients find this service, without a slash at its end."""
    return settings.address


def link_mail(settings: Settings, database: Database) -> LinkMail | None:
    """Where mails with links are queued; None where no mail server is set."""
    return MailQueue(database) if settings.smtp_host else None
