"""Staff leave a chat, or are gone from it: the assistant is back, and the questions go on after."""

from typing import Any

import pytest

from bot.service.desk_records import Change
from bot.service.takeover import Takeover
from tests.service.clinic import NUMB, TestClinic, kinds
from tests.service.takeovers import ANA, BO, LIST, hire, inquiry_of, newest, row_of, taken


@pytest.fixture
def clinic(clinic: TestClinic) -> TestClinic:
    """A clinic with staff."""
    hire(clinic.database)
    return clinic


async def test_a_number_that_is_given_to_staff_is_on_the_inquiry_and_not_asked_for_again(
    clinic: TestClinic, takeover: Takeover
) -> None:
    session, inquiry = await taken(clinic)
    await clinic.say(session, NUMB)
    assert await clinic.say(session, "604 555 0123") == []
    assert row_of(clinic, session).phone == "+16045550123"
    await takeover.hand_back(inquiry, ANA)
    assert (await newest(clinic.conversations, session))[-1]["text"].startswith("Ana has left the chat. You can go on")


async def test_a_same_day_flag_raises_the_inquiry_and_is_advised_when_staff_leave(
    clinic: TestClinic, takeover: Takeover
) -> None:
    session, inquiry = await taken(clinic)
    before = row_of(clinic, session).urgency
    assert await clinic.say(session, "and I have a hot swollen calf") == []
    assert row_of(clinic, session).urgency < before
    last = (await clinic.conversations.replies_after(session, 0))[-1].seq
    await takeover.hand_back(inquiry, ANA)
    _, advice, asked = await newest(clinic.conversations, session, last)
    assert "today" in advice["text"]
    assert asked["question"] == LIST


async def test_handed_back_the_open_question_is_put_again_and_ends_in_a_result(
    clinic: TestClinic, takeover: Takeover
) -> None:
    session, inquiry = await taken(clinic)
    await clinic.say(session, "is it far?")
    last = (await clinic.conversations.replies_after(session, 0))[-1].seq
    assert await takeover.hand_back(inquiry, BO) is Change.OVERTAKEN
    assert await takeover.hand_back(inquiry, ANA) is Change.DONE
    left, asked = await newest(clinic.conversations, session, last)
    assert left["text"] == "Ana has left the chat. I can go on with the questions."
    assert asked["question"] == LIST
    for _ in range(20):
        ids = [choice["id"] for choice in asked["choices"]]
        choice = "none" if "none" in ids else ids[0] if ids else None
        replies = await (clinic.tap(session, choice) if choice else clinic.say(session, "six months"))
        if "result" in kinds(replies):
            break
        asked = replies[-1]
    seen: Any = await clinic.conversations.encounter(session)
    assert seen["complete"]


async def test_where_nothing_was_open_the_assistant_is_just_there(clinic: TestClinic, takeover: Takeover) -> None:
    session = await clinic.session()
    await clinic.say(session, NUMB)
    await clinic.say(session, "604 555 0123")
    inquiry = inquiry_of(clinic.database, session)
    await takeover.take(inquiry, ANA, seen=None)
    last = (await clinic.conversations.replies_after(session, 0))[-1].seq
    await takeover.hand_back(inquiry, ANA)
    (left,) = await newest(clinic.conversations, session, last)
    assert left["text"] == "Ana has left the chat. You can go on writing to me here."


async def test_a_chat_nobody_looks_after_goes_back_by_itself(clinic: TestClinic, takeover: Takeover) -> None:
    session, _ = await taken(clinic)
    clinic.clock.move(9 * 60)
    assert await takeover.sweep() == 0
    clinic.clock.move(60)
    assert await takeover.sweep() == 1
    left, asked = (await newest(clinic.conversations, session))[-2:]
    assert left["text"].startswith("Ana had to leave the chat.")
    assert asked["question"] == LIST
    assert await takeover.sweep() == 0


async def test_a_patient_who_writes_to_a_chat_that_was_left_is_answered(clinic: TestClinic) -> None:
    session, _ = await taken(clinic)
    clinic.clock.move(601)
    replies = await clinic.say(session, "hello? it burns at night")
    assert replies[-1]["question"] == LIST
    told = [one["text"] for one in await newest(clinic.conversations, session)]
    assert len([text for text in told if text.startswith("Ana had to leave")]) == 1


async def test_closing_hands_back(clinic: TestClinic, takeover: Takeover) -> None:
    session, inquiry = await taken(clinic)
    await takeover.close(inquiry, BO)
    await takeover.close(inquiry, BO)
    assert (await clinic.conversations.standing(session)).writer is None
