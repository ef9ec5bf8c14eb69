"""While rasa is down patients are told so honestly, flags are still answered, and the real reply comes later, once."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text

from bot.service.beside import BesideTask
from bot.service.records import Incoming
from bot.store.tables import inquiries, messages
from tests.service.clinic import BURNING, NUMB, TestClinic, kinds

PHONE = "604-555-0123"
AT_ONCE = timedelta()


async def test_the_honest_answer_names_the_phone_and_stays_the_answer_to_that_id(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    message = Incoming("one", BURNING)
    honest = await clinic.conversations.take(session, message)
    assert PHONE in honest[0].public()["text"]
    clinic.rasa.down = False
    assert await clinic.service.redelivery.sweep(in_flight=AT_ONCE)
    assert await clinic.conversations.take(session, message) == honest


async def test_a_call_that_staff_enter_goes_on_without_rasa(clinic: TestClinic) -> None:
    session = (await clinic.conversations.open(channel="desk", language="en")).session
    clinic.rasa.down = True
    assert [reply["question"] for reply in await clinic.say(session, BURNING)] == ["safety.cauda_equina"]


async def test_the_real_reply_comes_by_events_once(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    clinic.rasa.down = False
    with clinic.service.fanout.listen(session) as arriving:
        await clinic.service.redelivery.sweep()
        await clinic.service.redelivery.sweep()
        heard = [arriving.get_nowait().public() for _ in range(arriving.qsize())]
    assert [reply["question"] for reply in heard] == ["safety.cauda_equina"]


async def test_owed_replies_come_in_the_order_of_the_messages(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    for words in ("first", "second", "third"):
        await clinic.say(session, words)
    clinic.rasa.down = False
    clinic.rasa.asked.clear()
    await clinic.service.redelivery.sweep()
    assert clinic.rasa.heard == ["first", "second", "third"]
    late = await clinic.conversations.replies_after(session, 4)
    assert late
    assert all(reply.late for reply in late)


async def test_what_is_owed_is_answered_before_a_newer_message(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    clinic.rasa.down = False
    clinic.rasa.asked.clear()
    replies = await clinic.say(session, "and my foot tingles")
    assert clinic.rasa.heard == [BURNING, "and my foot tingles"]
    assert PHONE not in replies[-1]["text"]


async def test_a_newer_message_waits_only_once_for_a_rasa_that_is_down(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, "first")
    clinic.rasa.asked.clear()
    await clinic.say(session, "second")
    assert clinic.rasa.heard == ["first"]
    assert states(clinic) == ["deferred", "deferred"]


async def test_an_emergency_is_answered_at_once_although_others_are_owed(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, "first")
    clinic.rasa.asked.clear()
    assert kinds(await clinic.say(session, NUMB))[0] == "emergency"
    assert clinic.rasa.heard == []


async def test_a_same_day_flag_gets_its_advice_without_rasa(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    replies = await clinic.say(session, "I have a hot swollen calf")
    assert "today" in " ".join(reply["text"] for reply in replies).lower()
    assert states(clinic) == ["answered"]


async def test_the_desk_sees_the_inquiry_although_the_reply_is_owed(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    with clinic.database.read() as connection:
        assert connection.execute(select(inquiries.c.present)).scalar_one() == 1


async def test_a_message_that_rasa_always_refuses_is_answered_without_it_in_the_end(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.refuses = "poison"
    await clinic.say(session, "poison burning")
    swept = [await clinic.service.redelivery.sweep() for _ in range(4)]
    assert swept == [False, False, False, True]
    assert states(clinic) == ["answered"]


async def test_a_message_that_rasa_cannot_be_reached_for_is_never_given_up(clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    assert not any([await clinic.service.redelivery.sweep() for _ in range(9)])
    clinic.rasa.down = False
    assert await clinic.service.redelivery.sweep()


async def test_one_conversation_that_cannot_be_answered_does_not_stop_the_others(clinic: TestClinic) -> None:
    stuck, fine = await clinic.session(), await clinic.session()
    clinic.rasa.down = True
    await clinic.say(stuck, "poison")
    await clinic.say(fine, BURNING)
    clinic.rasa.down, clinic.rasa.refuses = False, "poison"
    assert not await clinic.service.redelivery.sweep()
    assert states(clinic) == ["deferred", "answered"]


async def test_the_background_task_delivers_by_itself(clinic: TestClinic) -> None:
    session = await clinic.session()
    task = BesideTask(clinic.service.redelivery)
    task.start()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    clinic.rasa.down = False
    arriving = clinic.conversations.subscribe(session)
    late = await asyncio.wait_for(anext(arriving), 5)
    await arriving.aclose()  # type: ignore[attr-defined]  # it is a generator
    await task.stop()
    assert late.public()["question"] == "safety.cauda_equina"


def states(clinic: TestClinic) -> list[Any]:
    """The states of all messages, in order."""
    with clinic.database.read() as connection:
        return list(connection.execute(select(messages.c.state).order_by(text("rowid"))).scalars())
