"""The reports at 100,000 inquiries: every page timed, the longest periods too, on SQLite and PostgreSQL.

Each inquiry has a chat with questions and answers. First every day is counted by the daily job, then the pages are
asked as the desk asks them. No page may take longer than 200 ms at the 95th percentile.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Callable, Iterator, Sequence

from sqlalchemy import insert

from bot.bootstrap.desk import outlets_of
from bot.knowledge import load_protocol
from bot.service.desk import DeskServices, desk_services
from bot.service.desk_records import Staff
from bot.service.desk_roles import Role
from bot.service.report_counting import Counting
from bot.service.report_period import LAST, LONGEST, Period
from bot.service.report_records import Counted
from bot.settings import demo
from bot.store.desk import desk_books
from bot.store.schema import upgrade
from bot.store.tables import staff
from bot.store.transaction import Database
from scripts.inbox_rows import ME, NOW, Bulk, load
from scripts.postgres import can_run_cluster, temporary_cluster

SIZE = 100_000
ALLOWED = 200.0
ROUNDS, AGAIN = 20, 3
TURNS = 8
AFTER_ALL = 10**7
"""Numbers of audit lines that no page of the run comes to."""
QUESTIONS = ("where", "safety.first", "safety.second", "time", "who", "findings", "background", "booking.offer")
MANAGER = Staff(ME, "Ana", "ana@clinic.example", Role.MANAGER)


class At:
    """The clock of the made-up clinic."""

    def now(self) -> Any:
        """The moment after the newest inquiry."""
        return NOW


def main(arguments: Sequence[str]) -> int:
    """Return 0 when every page was fast enough; arguments are another size, and one database alone."""
    size = int(arguments[0]) if arguments else SIZE
    only = arguments[1] if len(arguments) > 1 else None
    over = 0
    if only != "postgresql":
        with tempfile.TemporaryDirectory(prefix="needlepoint-reports-") as folder:
            over += soak(f"sqlite:///{folder}/reports.sqlite3", size)
    if only != "sqlite" and can_run_cluster():
        with temporary_cluster() as address:
            over += soak(address, size)
    return int(over > 0)


def soak(address: str, size: int) -> int:
    """How many pages took too long on this database."""
    began = time.monotonic()
    fill(address, size)
    print(f"\n{size:,} inquiries with {size * TURNS:,} messages in {time.monotonic() - began:.0f} s", flush=True)
    with desk_on(address) as desk:
        began = time.monotonic()
        days = Counting(desk.reports.days, At()).run()
        print(f"{days} days counted in {time.monotonic() - began:.0f} s", flush=True)
        began = time.monotonic()
        desk.training.collect_all()
        print(f"messages not understood collected in {time.monotonic() - began:.0f} s", flush=True)
        return sum([timed(name, page) for name, page in pages(desk)])


def pages(desk: DeskServices) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every page by name."""
    today = desk.reports.today()
    for subject in Counted:
        for days in (*LAST, LONGEST):
            period = Period(today - timedelta(days=days - 1), today)
            yield f"{subject.value}, {days} days", partial(desk.reports.report, subject, period)
    for labelled in (False, True):
        name = f"not understood, {'labelled' if labelled else 'to label'}"
        yield name, partial(desk.training.page, MANAGER, labelled=labelled, before=None)


def timed(name: str, page: Callable[[], object]) -> bool:
    """Whether a page took too long; asked again when it did, for other programs on the machine only ever add to it."""
    p95, fastest = cost(page)
    for _ in range(AGAIN):
        if p95 <= ALLOWED:
            break
        p95, fastest = min((p95, fastest), cost(page))
    over = "  OVER" if p95 > ALLOWED else ""
    print(f"  {name:<32} p95 {p95:8.1f} ms, fastest {fastest:8.1f} ms{over}", flush=True)
    return p95 > ALLOWED


def cost(page: Callable[[], object]) -> tuple[float, float]:
    """What a page costs, in milliseconds at the 95th percentile and at best."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        page()
        spent.append((time.perf_counter() - began) * 1000)
    return sorted(spent)[int(len(spent) * 0.95)], min(spent)


@contextmanager
def desk_on(address: str) -> Iterator[DeskServices]:
    """The desk on this database, at the end of the made-up inquiries."""
    database = Database(address)
    with tempfile.TemporaryDirectory() as folder:
        settings, protocol = demo({"DATA_DIR": folder}), load_protocol()
        books, outlets = desk_books(database), outlets_of(protocol)
        yield desk_services(books, settings=settings, protocol=protocol, clock=At(), outlets=outlets)
    database.close()


def fill(address: str, size: int) -> None:
    """Inquiries with their chats, looks, calls and judgements."""
    upgrade(address)
    database = Database(address)
    with database.write() as connection:
        person = {"id": ME, "name": "Ana", "email": MANAGER.email, "role": "manager", "password_hash": "x"}
        connection.execute(insert(staff).values(**person, created_at=NOW))
    database.close()
    load(address, size, beside=talked)


def talked(bulk: Bulk, rows: Sequence[Any]) -> None:
    """What belongs to each inquiry beside its row."""
    messages = "id", "conversation_id", "seq", "client_id", "digest", "text", "flags", "intents", "state", "received_at"
    bulk.copy("messages", messages, _messages(rows))
    replies = "id", "conversation_id", "seq", "message_id", "late", "question", "body", "created_at"
    bulk.copy("replies", replies, _replies(rows))
    seen = [row for row in rows if row.status != "new"]
    calls = ((row.id, row.id, ME, "no_answer", row.created_at + _wait(row, 2)) for row in seen)
    bulk.copy("calls", ("id", "inquiry_id", "staff_id", "outcome", "called_at"), calls)
    audit = ("id", "at", "actor", "action", "subject", "previous", "hash")
    looks = (
        (n, row.created_at + _wait(row, 1), ME, "inquiry.read", row.id, "", "") for n, row in enumerate(seen, 10**7)
    )
    bulk.copy("audit", audit, looks)
    judged = (
        "id", "inquiry_id", "staff_id", "role", "verdict", "screened", "listed", "urgency", "rules",
        "protocol_version", "judged_at",
    )  # fmt: skip
    agree = ((row.id, row.id, ME, "manager", "agree", 40, 40, 40, "[]", "1", row.created_at) for row in seen)
    bulk.copy("judgements", judged, agree)


def _wait(row: Any, times: int) -> timedelta:
    return timedelta(minutes=times * (int(row.id, 16) % 997))


def _messages(rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(11)  # noqa: S311  # made-up people, no secret
    for row in rows:
        for seq in range(TURNS):
            intent = chance.choice(["inform"] * 19 + ["nonsense"])
            intents = f'[{{"name": "{intent}", "confidence": 0.9}}]'
            id = f"{row.id[3:]}a{seq:02}"
            yield (id, row.id, seq + 1, str(seq), "d", "made up words", "[]", intents, "answered", row.created_at)


def _replies(rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        last = 2 + int(row.id, 16) % (TURNS - 1)
        for seq in range(TURNS):
            question = QUESTIONS[min(seq, last)]
            id = f"{row.id[3:]}a{seq:02}"
            body = f'{{"id": "{id}", "kind": "question", "question": "{question}", "text": "Which?"}}'
            yield (id, row.id, seq + 1, id, False, question, body, row.created_at)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
