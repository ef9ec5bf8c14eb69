"""Two web processes on one database: every message is answered once and nothing that was said is lost."""

import asyncio
from typing import Any

from sqlalchemy import func, select

from bot.service.records import Incoming
from bot.store.tables import messages, replies
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic

Pair = tuple[TestClinic, TestClinic]


async def test_one_message_sent_to_both_gets_one_answer(two_processes: Pair) -> None:
    one, other = two_processes
    session, message = await one.session(), Incoming("one", BURNING)
    one.rasa.delay, other.rasa.delay = 0.05, 0.02
    first, second = await asyncio.gather(
        one.conversations.take(session, message), other.conversations.take(session, message)
    )
    assert first == second
    assert counted(one.database) == (1, 1 + len(first))


async def test_two_messages_at_once_both_leave_their_mark(two_processes: Pair) -> None:
    one, other = two_processes
    session = await one.session()
    one.rasa.delay, other.rasa.delay = 0.03, 0.03
    await asyncio.gather(one.say(session, BURNING), other.say(session, "I have a hot swollen calf"))
    seen: Any = await one.conversations.encounter(session)
    assert seen["findings"]["pain"]["presence"] == "present"
    assert [flag["class"] for flag in seen["red_flags"]] == ["dvt"]


async def test_an_emergency_at_the_other_process_is_kept(two_processes: Pair) -> None:
    one, other = two_processes
    session = await one.session()
    one.rasa.delay = 0.05
    both = await asyncio.gather(one.say(session, BURNING), other.say(session, NUMB))
    assert both[1][0]["kind"] == "emergency"
    seen: Any = await one.conversations.encounter(session)
    assert seen["disposition"] == "emergency"


async def test_both_may_look_for_what_is_owed_and_it_is_answered_once(two_processes: Pair) -> None:
    one, other = two_processes
    session = await one.session()
    one.rasa.down = True
    await one.say(session, BURNING)
    one.rasa.down = False
    await asyncio.gather(one.service.redelivery.sweep(), other.service.redelivery.sweep())
    late = [reply for reply in await one.conversations.replies_after(session, 0) if reply.late]
    assert [reply.public()["question"] for reply in late] == ["safety.cauda_equina"]


async def test_many_quick_messages_to_both_are_all_kept_and_answered(two_processes: Pair) -> None:
    one, other = two_processes
    session = await one.session()
    texts = [f"text {number}" for number in range(8)]
    answers = await asyncio.gather(*((one, other)[place % 2].say(session, text) for place, text in enumerate(texts)))
    assert all(answers)
    kept, told = counted(one.database)
    assert (kept, told) == (8, 1 + sum(map(len, answers)))


def counted(database: Database) -> tuple[int, int]:
    """How many messages and replies are kept."""
    with database.read() as connection:
        counts = [select(func.count()).select_from(table) for table in (messages, replies)]
        kept, told = (int(connection.execute(one).scalar_one()) for one in counts)
    return kept, told
