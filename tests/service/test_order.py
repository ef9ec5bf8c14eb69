"""One message at a time per conversation, in order; conversations do not wait for each other."""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import select

from bot.service.records import Incoming
from bot.service.turnstile import Turnstile
from bot.store.tables import messages
from tests.service.clinic import BURNING, TestClinic


async def test_three_quick_messages_are_answered_in_order(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.delay = 0.02
    texts = ["first", "second", "third"]
    answers = await asyncio.gather(*(clinic.conversations.take(session, Incoming(text, text)) for text in texts))
    assert clinic.rasa.heard == texts
    seqs = [reply.seq for answer in answers for reply in answer]
    assert seqs == sorted(seqs)


async def test_a_second_quick_message_sees_what_the_first_one_changed(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.delay = 0.02
    await asyncio.gather(clinic.say(session, BURNING), clinic.say(session, "hello"))
    assert clinic.rasa.asked[1].encounter.findings


async def test_the_same_id_sent_five_times_at_once_is_one_turn(clinic: TestClinic) -> None:
    session, message = await clinic.session(), Incoming("one", BURNING)
    answers = await asyncio.gather(*(clinic.conversations.take(session, message) for _ in range(5)))
    assert len({tuple(reply.body for reply in answer) for answer in answers}) == 1
    assert len(clinic.rasa.asked) == 1


@pytest.mark.alone
async def test_twenty_conversations_run_side_by_side(clinic: TestClinic) -> None:
    sessions = [await clinic.session() for _ in range(20)]
    clinic.rasa.delay = 0.2
    began = time.monotonic()
    await asyncio.gather(*(talk(clinic, session) for session in sessions))
    assert time.monotonic() - began < 20 * 3 * 0.2 / 2
    with clinic.database.read() as connection:
        rows = connection.execute(select(messages.c.conversation_id, messages.c.text).order_by(messages.c.seq)).all()
    assert {session: [row.text for row in rows if row.conversation_id == session] for session in sessions} == {
        session: [f"{session} {number}" for number in range(3)] for session in sessions
    }
    for session in sessions:
        bodies = [reply.body for reply in await clinic.conversations.replies_after(session, 0)]
        assert not any(other in body for body in bodies for other in sessions)


async def test_a_turnstile_lets_one_through_at_a_time_in_order_and_forgets_the_idle() -> None:
    turnstile, seen = Turnstile(), []

    async def go(number: int) -> None:
        async with turnstile.turn("a"):
            seen.append(number)
            await asyncio.sleep(0)
            seen.append(number)

    await asyncio.gather(*map(go, range(5)))
    assert seen == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert turnstile.busy() == 0


async def test_a_turnstile_is_free_again_when_a_turn_breaks_off() -> None:
    turnstile = Turnstile()
    try:
        async with turnstile.turn("a"):
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    async with asyncio.timeout(1), turnstile.turn("a"):
        assert turnstile.busy() == 1


async def talk(clinic: TestClinic, session: str) -> list[Any]:
    """Three messages in a row."""
    return [await clinic.say(session, f"{session} {number}") for number in range(3)]
