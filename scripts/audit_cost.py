"""What the chain of the audit costs a turn: the same turns with chained lines and with plain ones, in turn.

    python -m scripts.audit_cost [DATABASE_URL] [--turns 400]

Without an address it uses a SQLite file of its own; a PostgreSQL database must be an empty one for tests.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from itertools import count
from typing import Callable

from sqlalchemy import Connection, insert

from bot.store import audit
from bot.store.ledger import SqlLedger
from bot.store.schema import upgrade
from bot.store.tables import audit as table
from bot.store.transaction import Database
from tests.store.rows import answer, arrival, inquiry, new_id, opened

ROUNDS = 6
_ids = count(10**9)
"""Far from those of the chain."""


def main() -> None:
    """Print the median and 95th percentile of both, in milliseconds, and the difference of the medians."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("address", nargs="?")
    given.add_argument("--turns", type=int, default=400)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = asked.address or f"sqlite:///{folder}/cost.sqlite3"
        upgrade(address)
        database = Database(address)
        costs: dict[str, list[float]] = {"plain": [], "chained": []}
        for one in range(ROUNDS):
            for name in sorted(costs, reverse=bool(one % 2)):
                costs[name] += measure(database, CHAINED if name == "chained" else plain, asked.turns // ROUNDS)
        database.close()
    for name, took in costs.items():
        print(f"{name:8} p50 {statistics.median(took):.3f} ms  p95 {sorted(took)[len(took) * 95 // 100]:.3f} ms")
    print(f"the chain: {statistics.median(costs['chained']) - statistics.median(costs['plain']):+.3f} ms a turn")


def measure(database: Database, append: Callable[[Connection, bytes], None], turns: int) -> list[float]:
    """Milliseconds of each turn's two transactions when lines are added in this way."""
    setattr(audit, "append", append)  # noqa: B010  # exchanged on purpose, which the type checker must not see
    ledger, session, took = SqlLedger(database), new_id()[::-1], []
    opened(ledger, session)
    for version in range(turns):
        begun = time.perf_counter()
        kept = ledger.receive(arrival("hello", session_id=session))
        ledger.answer(answer(kept, "hi", version=version, session_id=session, inquiry=inquiry()))
        took.append((time.perf_counter() - begun) * 1000)
    return took


def plain(connection: Connection, _: bytes) -> None:
    """Lines as they would be without a chain: the database counts them."""
    lines = connection.info.pop("needlepoint_audit")
    unchained = {"previous": "", "hash": ""}
    rows = [{"id": next(_ids), **vars(said), **unchained} for said in lines]
    if rows:
        connection.execute(insert(table), rows)


CHAINED = audit.append

if __name__ == "__main__":
    main()
