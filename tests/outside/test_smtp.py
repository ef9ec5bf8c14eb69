"""Mail reaches a real mail server whole, and neither a name nor an address can add a header or a recipient."""

import email
import ssl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from bot.errors import MailError, MailRefused, SettingsError
from bot.outside.smtp import Server, SmtpMailbox
from bot.service.records import Letter
from tests.end_to_end.pair import free_port

LETTER = Letter(
    "a" * 32, "kim@example.org", "Your time is booked", "Hello,\n\nit is booked.\n", datetime(2026, 11, 22, tzinfo=UTC)
)
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Kept:
    """What a mail server has taken; it refuses recipients of `refused` for good and those of `later` for now."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refused: set[str] = set()
        self.later: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # the name that aiosmtpd calls
        """Whether the recipient is taken."""
        if address in self.refused:
            return "550 no such person"
        if address in self.later:
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # as above
        """One mail more."""
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"


@pytest.fixture
def kept() -> Kept:
    """An empty mail server's memory."""
    return Kept()


@pytest.fixture
def server(kept: Kept) -> Iterator[Server]:
    """A real mail server on this machine without security."""
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield Server("127.0.0.1", controller.port, "none", timeout=3)
    controller.stop()


def mailbox_on(server: Server, sender: str = "Harbour Physio <desk@harbour.example>") -> SmtpMailbox:
    """The clinic's mailbox at this server."""
    return SmtpMailbox(server, sender=sender)


async def test_a_mail_arrives_whole_with_its_calendar_file(server: Server, kept: Kept) -> None:
    letter = replace(LETTER, calendar=CALENDAR)
    await mailbox_on(server).send(letter)
    (mail,) = kept.mails
    assert (mail["Subject"], mail["To"]) == ("Your time is booked", "kim@example.org")
    assert mail["From"] == "Harbour Physio <desk@harbour.example>"
    assert mail["Message-ID"] == f"<{'a' * 32}@harbour.example>"
    body = mail.get_body()
    assert body is not None
    assert "it is booked." in body.get_content()
    (file,) = mail.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "appointment.ics")
    assert file.get_payload(decode=True) == CALENDAR


@pytest.mark.parametrize(
    "address",
    [
        "kim@example.org\nBcc: eve@example.org",
        "kim@example.org\r\n\r\nhello",
        "kim@example.org, eve@example.org",
        "kim@example.org eve@example.org",
        "Kim <kim@example.org>",
        "kim",
        "",
        "kim@example.org\x00",
    ],
)
async def test_an_address_that_is_more_than_one_is_refused(server: Server, kept: Kept, address: str) -> None:
    with pytest.raises(MailRefused) as refused:
        await mailbox_on(server).send(replace(LETTER, to=address))
    assert kept.mails == []
    assert "kim" not in str(refused.value)


async def test_no_name_can_add_a_header_or_a_recipient(server: Server, kept: Kept) -> None:
    letter = replace(LETTER, subject="Harbour\r\nBcc: eve@example.org\r\n\r\nbuy")
    await mailbox_on(server, 'Harbour "Physio" <desk@harbour.example>').send(letter)
    (mail,) = kept.mails
    assert mail["Bcc"] is None
    assert kept.recipients == [["kim@example.org"]]
    assert "Bcc" in str(mail["Subject"])


async def test_a_recipient_refused_for_good_is_told_apart(server: Server, kept: Kept) -> None:
    kept.refused, kept.later = {"gone@example.org"}, {"full@example.org"}
    for address, kind in (("gone@example.org", MailRefused), ("full@example.org", MailError)):
        with pytest.raises(kind) as refused:
            await mailbox_on(server).send(replace(LETTER, to=address))
        assert type(refused.value) is kind
        assert address not in str(refused.value)


async def test_a_server_that_is_down_is_a_mail_error() -> None:
    with pytest.raises(MailError, match="could not be used"):
        await mailbox_on(Server("127.0.0.1", free_port(), "none", timeout=1)).send(LETTER)


async def test_a_server_without_starttls_gets_no_mail_in_the_clear(server: Server, kept: Kept) -> None:
    asking = Server(server.host, server.port, "starttls", timeout=3)
    with pytest.raises(MailError):
        await mailbox_on(asking).send(LETTER)
    assert kept.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_secured_server_gets_the_mail_after_signing_in(
    security: str, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certificate(tmp_path)
    controller = _secured(security, kept, certificate)
    controller.start()
    monkeypatch.setattr(ssl, "create_default_context", _trusting(certificate))
    try:
        server = Server("127.0.0.1", controller.port, security, user="desk", password="open sesame", timeout=3)
        await mailbox_on(server).send(LETTER)
        wrong = Server("127.0.0.1", controller.port, security, user="desk", password="wrong", timeout=3)
        with pytest.raises(MailError, match="535"):
            await mailbox_on(wrong).send(LETTER)
    finally:
        controller.stop()
    assert len(kept.mails) == 1


async def test_a_server_that_nobody_vouches_for_gets_nothing(kept: Kept, tmp_path: Path) -> None:
    controller = _secured("starttls", kept, _certificate(tmp_path))
    controller.start()
    try:
        with pytest.raises(MailError):
            await mailbox_on(Server("127.0.0.1", controller.port, "starttls", timeout=3)).send(LETTER)
    finally:
        controller.stop()
    assert kept.mails == []


@pytest.mark.parametrize("sender", ["", "desk", "desk@", "Harbour <>"])
def test_a_sender_that_is_no_address_is_refused_at_the_start(sender: str) -> None:
    with pytest.raises(SettingsError, match="MAIL_FROM"):
        mailbox_on(Server("127.0.0.1", 25, "none"), sender)


def _certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    file = folder / "server.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file) + ".key", "-out", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(str(file) + ".key").read_text())
    return file


def _trusting(certificate: Path) -> Callable[[], ssl.SSLContext]:
    real = ssl.create_default_context
    return lambda: real(cafile=str(certificate))


def _secured(security: str, kept: Kept, certificate: Path) -> Controller:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def authenticated(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        return AuthResult(success=data.password == b"open sesame", handled=False)

    port = free_port()
    if security == "tls":
        return Controller(
            kept,
            hostname="127.0.0.1",
            port=port,
            ssl_context=context,
            authenticator=authenticated,
            auth_require_tls=False,
        )

    class StartTls(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, tls_context=context, require_starttls=True, authenticator=authenticated)

    return StartTls(kept, hostname="127.0.0.1", port=port)
