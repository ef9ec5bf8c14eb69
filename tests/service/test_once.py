"""Whatever is sent twice, in whatever order and whatever fails in between: kept once, answered identically."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clinical.protocol import Protocol
from bot.errors import Conflict
from bot.service.records import Incoming, StoredReply
from bot.store.tables import messages, replies
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on
from tests.store.databases import sqlite_copy

IDS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.sampled_from([BURNING, NUMB, "hello", "no", "I have a hot swollen calf"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), IDS, TEXTS),
        st.tuples(st.just("rasa"), st.booleans(), st.none()),
        st.tuples(st.just("sweep"), st.none(), st.none()),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_id_is_kept_once_and_answered_identically(
    steps: list[tuple[str, str | bool | None, str | None]], migrated_file: Path, protocol: Protocol
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_copy(migrated_file, Path(folder)))
        clinic = clinic_on(database, protocol)
        asyncio.run(_follow(clinic, steps))
        clinic.service.threads.close()
        database.close()


async def _follow(clinic: TestClinic, steps: list[tuple[str, str | bool | None, str | None]]) -> None:
    session = await clinic.session()
    said: dict[str, tuple[str, tuple[StoredReply, ...]]] = {}
    for step, first, text in steps:
        if step == "rasa":
            clinic.rasa.down = bool(first)
        elif step == "sweep":
            await clinic.service.redelivery.sweep()
        else:
            await _say(clinic, session, said, id=str(first), text=str(text))
    clinic.rasa.down = False
    assert await clinic.service.redelivery.sweep()
    _check_kept_once(clinic, said)


async def _say(
    clinic: TestClinic, session: str, said: dict[str, tuple[str, tuple[StoredReply, ...]]], *, id: str, text: str
) -> None:
    try:
        answer = await clinic.conversations.take(session, Incoming(id, text))
    except Conflict:
        assert said[id][0] != text
        return
    assert answer
    assert said.setdefault(id, (text, answer)) == (text, answer)


def _check_kept_once(clinic: TestClinic, said: dict[str, tuple[str, tuple[StoredReply, ...]]]) -> None:
    with clinic.database.read() as connection:
        kept = connection.execute(select(messages.c.client_id, messages.c.text, messages.c.state)).all()
        seqs = connection.execute(select(replies.c.seq).order_by(replies.c.seq)).scalars().all()
    assert {row.client_id: row.text for row in kept} == {id: text for id, (text, _) in said.items()}
    assert len(kept) == len(said)
    assert {row.state for row in kept} <= {"answered"}
    assert seqs == list(range(1, len(seqs) + 1))
