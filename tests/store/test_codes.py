"""A one-time code opens its conversation once, while it is fresh, and only the newest one does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store.ledger import SqlLedger
from bot.store.tables import audit, codes
from bot.store.transaction import Database
from tests.store.rows import NOW, SESSION, new_id, opened

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    """A ledger with one conversation."""
    return opened(SqlLedger(database))


def made(ledger: SqlLedger, digest: str = "one") -> None:
    """The conversation has this code for ten minutes."""
    assert ledger.keep_code(SESSION, digest, now=NOW, expires_at=LATER)


def test_a_code_opens_its_conversation_once(ledger: SqlLedger) -> None:
    made(ledger)
    assert [ledger.use_code("one", now=NOW) for _ in range(2)] == [SESSION, None]


def test_an_unknown_code_opens_nothing(ledger: SqlLedger) -> None:
    made(ledger)
    assert ledger.use_code("two", now=NOW) is None
    assert ledger.use_code("one", now=NOW) == SESSION


@pytest.mark.parametrize(("seconds", "opens"), [(-1, True), (0, False), (1, False)])
def test_a_code_opens_nothing_from_its_end_on(ledger: SqlLedger, seconds: int, opens: bool) -> None:
    made(ledger)
    assert (ledger.use_code("one", now=LATER + timedelta(seconds=seconds)) == SESSION) is opens


def test_a_new_code_replaces_the_older_one(ledger: SqlLedger) -> None:
    made(ledger)
    made(ledger, "two")
    assert ledger.use_code("one", now=NOW) is None
    assert ledger.use_code("two", now=NOW) == SESSION


def test_a_conversation_that_is_not_kept_gets_no_code(ledger: SqlLedger) -> None:
    assert not ledger.keep_code(new_id(), "one", now=NOW, expires_at=LATER)
    assert ledger.use_code("one", now=NOW) is None


def test_of_many_devices_that_race_one_gets_in(ledger: SqlLedger) -> None:
    made(ledger)
    with ThreadPoolExecutor(4) as devices:
        got = list(devices.map(lambda _: ledger.use_code("one", now=NOW), range(8)))
    assert [one for one in got if one] == [SESSION]


def test_of_many_codes_made_at_once_one_stays(ledger: SqlLedger, database: Database) -> None:
    with ThreadPoolExecutor(4) as tabs:
        digests = [f"code {number}" for number in range(6)]
        list(tabs.map(lambda digest: ledger.keep_code(SESSION, digest, now=NOW, expires_at=LATER), digests))
    with database.read() as connection:
        assert len(connection.execute(select(codes)).all()) == 1


def test_making_and_using_a_code_leaves_an_audit_line_without_it(ledger: SqlLedger, database: Database) -> None:
    made(ledger)
    ledger.use_code("one", now=NOW)
    with database.read() as connection:
        lines = connection.execute(select(audit.c.action, audit.c.subject, audit.c.detail)).all()
    assert lines[-2:] == [("code.made", SESSION, None), ("code.used", SESSION, None)]
