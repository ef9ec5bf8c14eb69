"""A whole shift with every notification broken, and a rush on one hour's inquiries: the desk alone must hold."""

import random
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clinical.vocabulary import Disposition
from bot.errors import MailError, StorageError
from bot.service.desk import DeskServices
from bot.service.desk_records import Act, Change
from bot.service.desk_watch import SecondPath
from bot.service.escalating import Escalating
from bot.service.mailing import Mailing, Writer
from bot.service.records import Letter
from bot.service.threads import Threads
from bot.store import tables
from bot.store.desk_watch import DeskWatch
from bot.store.mails import MailQueue
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import queue

Arrive = Callable[[Patient], str]
MINUTES, ROUTINE, URGENT = 8 * 60, 500, 10
CLAIMS, AT_ONCE = 1000, 8


class BrokenMailbox:
    """A mail server that takes nothing."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    @property
    def tried(self) -> int:
        """How often."""
        return len(self.letters)

    async def send(self, letter: Letter) -> None:
        """Refuse it."""
        self.letters.append(letter)
        raise MailError("the mail server does not answer")


@pytest.mark.slow
async def test_ten_of_ten_urgent_inquiries_are_seen_within_five_minutes_with_every_notification_broken(
    services: DeskServices, arrive: Arrive, database: Database, clock: TurnableClock
) -> None:
    chance, broken = random.Random(20261122), BrokenMailbox()
    arrivals = [(chance.randrange(MINUTES - 5), is_urgent) for is_urgent in [False] * ROUTINE + [True] * URGENT]
    came: dict[str, int] = {}
    seen: dict[str, int] = {}
    with _alarms(services, database, clock, broken) as sweep:
        for minute in range(MINUTES):
            for _ in range(sum(at == minute and not is_urgent for at, is_urgent in arrivals)):
                arrive(Patient(encounter=backache()))
            for _ in range(sum(at == minute and is_urgent for at, is_urgent in arrivals)):
                level = chance.choice([Disposition.EMERGENCY, Disposition.CRISIS])
                came[arrive(Patient(encounter=flagged(level)))] = minute
            await sweep()
            if minute % 4 == 0:
                _look(services, seen, minute)
            clock.turn(minutes=1)
    assert len(came) == URGENT
    assert {id: seen[id] - came[id] <= 5 for id in came} == dict.fromkeys(came, True)
    assert broken.tried > 0


def _look(services: DeskServices, seen: dict[str, int], minute: int) -> None:
    """What the one person at the desk sees every four minutes: the top of the inbox and the line on every page."""
    top = [entry.id for entry in queue(services, "open").entries if entry.is_urgent]
    alarm = services.watch.alarm()
    warned = [one.inquiry_id for one in alarm.waiting] if alarm else []
    for id in {*top, *warned}:
        seen.setdefault(id, minute)
    assert len(top) >= len(warned)
    assert services.watch.news().urgent == len(warned)


@contextmanager
def _alarms(
    services: DeskServices, database: Database, clock: TurnableClock, mailbox: BrokenMailbox
) -> Iterator[Callable[[], Awaitable[None]]]:
    threads = Threads(patience=30)
    clinic = services.inquiries.clinic
    mailing = Mailing(
        queue=MailQueue(database),
        mailbox=mailbox,
        writer=Writer(services.protocol, clinic, "https://desk.example"),
        calendars=lambda _: None,
        threads=threads,
        clock=clock,
    )
    escalating = Escalating(
        book=DeskWatch(database),
        hours=services.answer_clock.hours,
        address="duty@clinic.example",
        mailed=mailing.wake,
        threads=threads,
        clock=clock,
        new_id=new_ids(),
    )

    async def sweep() -> None:
        await escalating.sweep()
        await mailing.sweep()

    yield sweep
    threads.close()


def new_ids() -> Callable[[], str]:
    """Ids that nobody else has."""
    numbers = iter(range(1, 10**6))
    return lambda: f"e{next(numbers):031x}"


async def test_a_mail_that_does_not_get_through_is_named_on_every_page_with_its_age(
    services: DeskServices, arrive: Arrive, database: Database, clock: TurnableClock
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    with _alarms(services, database, clock, BrokenMailbox()) as sweep:
        clock.turn(minutes=6)
        await sweep()
    alarm = services.watch.alarm()
    assert alarm is not None
    assert alarm.mail is SecondPath.FAILING
    assert [one.inquiry_id for one in alarm.waiting] == [id]
    assert clock.now() - alarm.since == timedelta(minutes=6)


async def test_a_restart_neither_forgets_a_step_nor_repeats_one(
    services: DeskServices, arrive: Arrive, database: Database, clock: TurnableClock
) -> None:
    clock.turn(days=1)
    arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    mailboxes = [BrokenMailbox(), BrokenMailbox()]
    with _alarms(services, database, clock, mailboxes[0]) as sweep:
        clock.turn(minutes=16)
        await sweep()
        await sweep()
    with _alarms(services, database, clock, mailboxes[1]) as sweep:
        await sweep()
        clock.turn(minutes=14)
        await sweep()
    with database.read() as connection:
        taken = connection.execute(select(tables.escalations.c.step)).scalars().all()
        mails = connection.execute(select(tables.mails)).all()
    assert sorted(taken) == [5, 15, 30]
    assert [(mail.kind, mail.address) for mail in mails] == [("urgent_waiting", "duty@clinic.example")] * 2


async def test_the_mail_to_whoever_is_on_duty_says_nothing_of_the_patient(
    services: DeskServices, arrive: Arrive, database: Database, clock: TurnableClock
) -> None:
    arrive(Patient(encounter=flagged(Disposition.CRISIS, request=asked_for("Canary Smith", "+16045550123"))))
    told = BrokenMailbox()
    with _alarms(services, database, clock, told) as sweep:
        clock.turn(minutes=5)
        await sweep()
    letter = told.letters[0]
    assert letter.subject == "An urgent inquiry is waiting"
    assert "https://desk.example/desk/inquiries/" in letter.body
    for word in ("Canary", "604", "crisis", "harm"):
        assert word not in letter.subject + letter.body


def test_the_alarm_stands_on_every_page_until_somebody_opens_the_inquiry(
    ana: Browser, arrive: Arrive, clock: TurnableClock
) -> None:
    id, other = arrive(Patient(encounter=flagged(Disposition.CRISIS))), arrive(Patient(encounter=backache()))
    clock.turn(minutes=7)
    for page in ("/desk", f"/desk/inquiries/{other}", "/desk/morning", "/desk?status=closed"):
        assert "1 urgent inquiry has not been opened for 7 min." in ana.read(page)
    ana.open(f"/desk/inquiries/{id}")
    assert "has not been opened" not in ana.read("/desk")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_thousand_claims_at_once_give_every_inquiry_one_owner(
    services: DeskServices, hire: Callable[[str], None], arrive: Arrive, clock: TurnableClock
) -> None:
    ids = [arrive(Patient(encounter=backache())) for _ in range(CLAIMS // AT_ONCE)]
    for number in range(AT_ONCE):
        hire(f"Staff{number}")
    known = [services.accounts.book.credentials(f"staff{number}@clinic.example") for number in range(AT_ONCE)]
    staff = [found[0].id for found in known if found]

    def claim(number: int) -> tuple[str, Change]:
        id, act = ids[number // AT_ONCE], Act(staff[number % AT_ONCE], clock.now())
        while True:
            try:
                return id, services.inquiries.changes.take(id, owner_id=None, act=act)
            except StorageError:
                continue

    with ThreadPoolExecutor(AT_ONCE * 4) as pool:
        outcomes = list(pool.map(claim, range(CLAIMS)))
    won = [id for id, change in outcomes if change is Change.DONE]
    assert sorted(won) == sorted(ids)
    assert sum(change is Change.OVERTAKEN for _, change in outcomes) == CLAIMS - len(ids)
    assert all(entry.owner_id for entry in queue(services, "in_progress").entries)
