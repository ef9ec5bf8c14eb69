"""Who listens hears what comes later, and what was missed, once and in order."""

import asyncio
from collections.abc import AsyncIterator

from bot.service.fanout import MOST_WAITING, Fanout
from bot.service.records import StoredReply
from tests.service.clinic import BURNING, TestClinic


async def first(replies: AsyncIterator[StoredReply], count: int) -> list[int]:
    """The seq of the first so many replies."""
    return [(await asyncio.wait_for(anext(replies), 2)).seq for _ in range(count)]


async def late_session(clinic: TestClinic) -> str:
    """A session with an opening (1), an honest answer (2) and a late reply (3)."""
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    clinic.rasa.down = False
    await clinic.service.redelivery.sweep()
    return session


async def test_a_new_listener_hears_what_came_late(clinic: TestClinic) -> None:
    assert await first(clinic.conversations.subscribe(await late_session(clinic)), 1) == [3]


async def test_a_listener_that_returns_hears_what_it_missed(clinic: TestClinic) -> None:
    assert await first(clinic.conversations.subscribe(await late_session(clinic), after=1), 2) == [2, 3]


async def test_a_listener_hears_what_is_published_and_nothing_of_other_sessions(clinic: TestClinic) -> None:
    session, fanout = await clinic.session(), clinic.service.fanout
    listening = asyncio.create_task(first(clinic.conversations.subscribe(session), 1))
    await asyncio.sleep(0.05)
    fanout.publish("another session", (StoredReply("x", "{}", 8),))
    fanout.publish(session, (StoredReply("y", "{}", 9),))
    assert await listening == [9]


async def test_a_reply_that_is_stored_and_published_is_heard_once(clinic: TestClinic) -> None:
    session = await late_session(clinic)
    replies = clinic.conversations.subscribe(session)
    assert await first(replies, 1) == [3]
    stored = await clinic.conversations.replies_after(session, 2)
    clinic.service.fanout.publish(session, (*stored, StoredReply("y", "{}", 4)))
    assert await first(replies, 1) == [4]


def test_nobody_listening_costs_nothing_and_a_slow_listener_is_bounded() -> None:
    fanout = Fanout()
    fanout.publish("a", (StoredReply("x", "{}", 1),))
    with fanout.listen("a") as arriving:
        fanout.publish("a", tuple(StoredReply(str(seq), "{}", seq) for seq in range(MOST_WAITING + 5)))
        assert arriving.qsize() == MOST_WAITING
    with fanout.listen("a") as arriving:
        assert arriving.empty()
