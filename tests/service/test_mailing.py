"""A queued mail arrives once: after the server was down too, never after a refusal, and for a day at most."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from bot.bootstrap.mail import MailParts, build_mailing
from bot.clinical.protocol import Protocol
from bot.outside.smtp import Server, SmtpMailbox
from bot.service.beside import BesideTask
from bot.service.mailing import Mailing, pause_after
from bot.service.threads import Threads
from bot.store import mails as mail_rows
from bot.store.ledger import SqlLedger
from bot.store.tables import mails
from bot.store.transaction import Database
from tests.end_to_end.pair import free_port
from tests.outside.test_smtp import Kept
from tests.service.clinic import CLINIC, clinic_settings
from tests.service.fakes import SettableClock
from tests.store.rows import SESSION, new_id, opened

KINDS = ("booking_confirmed", "booking_changed", "booking_cancelled", "summary_link")
KIM = "kim@example.org"


class MailServer:
    """A real mail server that can be stopped and started on the same port."""

    def __init__(self) -> None:
        self.kept, self.port = Kept(), free_port()
        self._running: Controller | None = None

    def start(self) -> None:
        """Take mails."""
        self._running = Controller(self.kept, hostname="127.0.0.1", port=self.port)
        self._running.start()

    def stop(self) -> None:
        """Answer nobody."""
        if self._running:
            self._running.stop()
        self._running = None


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that runs."""
    made = MailServer()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def clock() -> SettableClock:
    """A clock that stands still."""
    return SettableClock()


@pytest.fixture
def store(file: Path) -> Iterator[Database]:
    """A database with one conversation."""
    database = Database(f"sqlite:///{file}")
    opened(SqlLedger(database))
    yield database
    database.close()


@pytest.fixture
def make(
    store: Database, server: MailServer, clock: SettableClock, protocol: Protocol
) -> Iterator[Callable[[], Mailing]]:
    """Makes what sends the mails; two of them are two processes."""
    threads = Threads(patience=30)

    def build() -> Mailing:
        mailbox = SmtpMailbox(Server("127.0.0.1", server.port, "none", timeout=2), sender="desk@harbour.example")
        parts = MailParts(store, threads, clock, calendars=lambda _: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        mailing = build_mailing(clinic_settings(), parts, protocol=protocol, clinic=CLINIC, mailbox=mailbox)
        assert mailing is not None
        return mailing

    yield build
    threads.close()


def queue(store: Database, now: datetime, *, kind: str = "booking_confirmed", address: str = KIM) -> str:
    """The id of one more mail that waits."""
    id = new_id()
    with store.write() as connection:
        mail_rows.queue(
            connection, conversation_id=SESSION, kind=kind, address=address, link="/appointment/TOKEN", now=now, id=id
        )
    return id


def row(store: Database, id: str) -> Any:
    """A mail as it is kept."""
    with store.read() as connection:
        return connection.execute(select(mails).where(mails.c.id == id)).one()


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_arrives_with_its_link_and_no_word_about_health(
    kind: str, make: Callable[[], Mailing], store: Database, server: MailServer, clock: SettableClock
) -> None:
    id = queue(store, clock.now(), kind=kind)
    assert await make().sweep() == 1
    (mail,) = server.kept.mails
    body = mail.get_body()
    assert body is not None
    text = f"{mail['Subject']} {body.get_content()}"
    assert "http://localhost:8000/appointment/TOKEN" in text
    assert not any(word in text.lower() for word in ("pain", "physio visit", "ims", "needl", "symptom", "flag", "back"))
    files = [part.get_content_type() for part in mail.iter_attachments()]
    assert files == (["text/calendar"] if kind in ("booking_confirmed", "booking_changed") else [])
    kept = row(store, id)
    assert (kept.address, kept.sent_at) == (None, clock.now())


async def test_a_mail_that_found_the_server_down_arrives_once_when_it_is_up(
    make: Callable[[], Mailing], store: Database, server: MailServer, clock: SettableClock
) -> None:
    server.stop()
    queue(store, clock.now())
    mailing = make()
    assert await mailing.sweep() == 0
    server.start()
    assert await mailing.sweep() == 0, "it was tried again without a pause"
    clock.move(61)
    assert await mailing.sweep() == 1
    clock.move(3600)
    assert await mailing.sweep() == 0
    assert len(server.kept.mails) == 1


async def test_two_processes_send_a_mail_once(
    make: Callable[[], Mailing], store: Database, server: MailServer, clock: SettableClock
) -> None:
    for _ in range(5):
        queue(store, clock.now())
    assert sum(await asyncio.gather(make().sweep(), make().sweep())) == 5
    assert len(server.kept.mails) == 5


async def test_a_refused_recipient_is_given_up_and_the_others_get_theirs(
    make: Callable[[], Mailing],
    store: Database,
    server: MailServer,
    clock: SettableClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.kept.refused = {"gone@example.org"}
    gone = queue(store, clock.now(), address="gone@example.org")
    queue(store, clock.now())
    assert await make().sweep() == 1
    kept = row(store, gone)
    assert (kept.address, kept.given_up_at) == (None, clock.now())
    assert gone in caplog.text
    assert "example.org" not in caplog.text


async def test_a_mail_is_given_up_after_a_day(
    make: Callable[[], Mailing], store: Database, server: MailServer, clock: SettableClock
) -> None:
    server.stop()
    id = queue(store, clock.now())
    mailing, tries = make(), 0
    while row(store, id).given_up_at is None:
        tries += 1
        await mailing.sweep()
        clock.move(pause_after(tries).total_seconds() + 1)
        assert tries < 60, "it is tried for ever"
    assert clock.now() - SettableClock().now() > timedelta(days=1)
    assert 20 < tries < 40


def test_pauses_grow() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 10)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[5] == pauses[-1]


async def test_it_sends_by_itself_and_stops(
    make: Callable[[], Mailing], store: Database, server: MailServer, clock: SettableClock
) -> None:
    mailing = make()
    task = BesideTask(mailing)
    task.start()
    queue(store, clock.now())
    mailing.wake()
    for _ in range(100):
        if server.kept.mails:
            break
        await asyncio.sleep(0.05)
    await task.stop()
    assert len(server.kept.mails) == 1
