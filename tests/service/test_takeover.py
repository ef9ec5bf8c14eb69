"""One of the staff writes to a patient: the assistant is silent, red flags are heard, and the questions go on after."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from bot.clinical.protocol import Protocol
from bot.errors import NotUnderstood, TooLong
from bot.service.conversations import Conversations
from bot.service.desk_records import Change, Staff
from bot.service.desk_roles import Role
from bot.service.takeover import LONGEST, Takeover, first_name
from bot.store import tables
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, clinic_settings, kinds, shown
from tests.service.fakes import SettableClock

ANA = Staff("a" * 32, "Dr. Ana Ruiz", "ana@clinic.example", Role.RECEPTION)
BO = Staff("b" * 32, "Bo", "bo@clinic.example", Role.MANAGER)
LIST = "safety.cauda_equina"


def hire(database: Database) -> None:
    """Ana and Bo work here."""
    people = [{"id": one.id, "name": one.name, "email": one.email, "role": one.role.value} for one in (ANA, BO)]
    rows = [{**one, "password_hash": "x", "created_at": SettableClock().now()} for one in people]
    with database.write() as connection:
        connection.execute(insert(tables.staff), rows)


@pytest.fixture
def clinic(clinic: TestClinic) -> TestClinic:
    """A clinic with staff."""
    hire(clinic.database)
    return clinic


@pytest.fixture
def takeover(clinic: TestClinic) -> Takeover:
    """The use cases of writing to a patient."""
    return takeover_of(clinic)


def takeover_of(clinic: TestClinic) -> Takeover:
    """The same for any clinic."""
    talk = clinic.service.talk
    assert talk is not None
    assert talk.takeover is not None
    return talk.takeover


def inquiry_of(database: Database, session: str) -> str:
    """The inquiry that a conversation has made."""
    with database.read() as connection:
        mine = select(tables.inquiries.c.id).where(tables.inquiries.c.conversation_id == session)
        return str(connection.execute(mine).scalar_one())


def row_of(clinic: TestClinic, session: str) -> Any:
    """The inquiry's row."""
    with clinic.database.read() as connection:
        mine = select(tables.inquiries).where(tables.inquiries.c.conversation_id == session)
        return connection.execute(mine).one()


async def begun(clinic: TestClinic) -> tuple[str, str]:
    """A conversation that waits for its first safety list, and its inquiry."""
    session = await clinic.session()
    assert (await clinic.say(session, BURNING))[-1]["question"] == LIST
    return session, inquiry_of(clinic.database, session)


async def taken(clinic: TestClinic) -> tuple[str, str]:
    """The same, and Ana writes in it."""
    session, inquiry = await begun(clinic)
    assert await takeover_of(clinic).take(inquiry, ANA, seen=None) is Change.DONE
    return session, inquiry


async def newest(conversations: Conversations, session: str, after: int = 0) -> list[dict[str, Any]]:
    """What was sent after a reply."""
    return shown(await conversations.replies_after(session, after))


async def test_the_patient_is_told_who_writes_and_hears_them(clinic: TestClinic, takeover: Takeover) -> None:
    session, inquiry = await begun(clinic)
    with clinic.service.fanout.listen(session) as arriving:
        await takeover.take(inquiry, ANA, seen=None)
        await takeover.write(inquiry, ANA, form_id="f1", text="  Hello, how can I help? ")
        joined, written = arriving.get_nowait(), arriving.get_nowait()
    assert joined.public()["text"].startswith("You are now writing with Ana from the clinic.")
    assert written.public() | {"id": ""} == {
        "id": "",
        "kind": "staff",
        "question": None,
        "text": "Hello, how can I help?",
        "choices": [],
        "multiple": False,
        "asks": None,
        "data": {"name": "Ana"},
    }
    assert (joined.seq, written.seq) == (3, 4)


async def test_what_is_written_to_staff_is_kept_and_neither_answered_nor_put_to_rasa(clinic: TestClinic) -> None:
    session, _ = await taken(clinic)
    clinic.rasa.asked.clear()
    clinic.rasa.down = True
    before = await clinic.conversations.standing(session)
    assert await clinic.say(session, "are you open on Friday?", id="one") == []
    assert await clinic.say(session, "are you open on Friday?", id="one") == []
    assert clinic.rasa.asked == []
    after = await clinic.conversations.standing(session)
    assert (after.encounter, after.owed) == (before.encounter, ())
    with clinic.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.messages)).scalar_one() == 2


async def test_an_emergency_is_told_at_once_and_raises_the_inquiry(clinic: TestClinic) -> None:
    session, _ = await taken(clinic)
    replies = await clinic.say(session, NUMB)
    assert kinds(replies) == ["emergency"]
    assert "911" in replies[0]["text"]
    assert row_of(clinic, session).disposition == "emergency"
    assert clinic.alarm.sessions == [session]
    assert kinds(await clinic.say(session, "I said " + NUMB)) == ["emergency"]
    assert await clinic.say(session, "my husband drives me") == []


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


@pytest.mark.parametrize(
    ("choices", "answered"),
    [(("none",), []), (("saddle_numb",), ["emergency"]), (("chest_sudden",), ["emergency"]), (("gone",), [])],
)
async def test_taps_are_kept_for_staff_and_only_a_red_flag_among_them_is_answered(
    clinic: TestClinic, choices: tuple[str, ...], answered: list[str], protocol: Protocol
) -> None:
    session, _ = await taken(clinic)
    known = {"saddle_numb": "cauda_equina", "chest_sudden": "cardiac_respiratory"}
    ids = tuple(_item(protocol, known[one]) if one in known else one for one in choices)
    assert kinds(await clinic.tap(session, *ids)) == answered
    transcript = await clinic.service.resuming.transcript(session)
    assert transcript.open is None
    assert any(entry.text for entry in transcript.entries[-2:])


def _item(protocol: Protocol, flag_class: str) -> str:
    """A safety item of this class that is an emergency."""
    items = protocol.items.values()
    return next(
        one.id
        for one in items
        if one.flag_class and one.flag_class.value == flag_class and one.level.value == "emergency"
    )


async def test_the_conversation_is_read_back_in_the_order_in_which_it_was_said(
    clinic: TestClinic, takeover: Takeover
) -> None:
    session, inquiry = await taken(clinic)
    for number, text in enumerate(("one", "two")):
        await takeover.write(inquiry, ANA, form_id=str(number), text=f"staff {text}")
        await clinic.say(session, f"patient {text}")
    entries = (await clinic.service.resuming.transcript(session)).entries
    texts = [entry.text or (entry.reply.public()["text"] if entry.reply else "") for entry in entries]
    assert texts[-4:] == ["staff one", "patient one", "staff two", "patient two"]


async def test_a_form_that_is_sent_twice_is_one_message_and_another_text_another(
    clinic: TestClinic, takeover: Takeover
) -> None:
    session, inquiry = await taken(clinic)
    for text in ("Monday?", "Monday?", "Or Tuesday?"):
        assert await takeover.write(inquiry, ANA, form_id="f1", text=text) is Change.DONE
    sent = [one["text"] for one in await newest(clinic.conversations, session) if one["kind"] == "staff"]
    assert sent == ["Monday?", "Or Tuesday?"]


async def test_what_cannot_be_sent_is_refused(clinic: TestClinic, takeover: Takeover) -> None:
    _, inquiry = await taken(clinic)
    with pytest.raises(NotUnderstood):
        await takeover.write(inquiry, ANA, form_id="f", text=" \n ")
    with pytest.raises(TooLong):
        await takeover.write(inquiry, ANA, form_id="f", text="x" * (LONGEST + 1))
    assert await takeover.write(inquiry, BO, form_id="f", text="It is not mine") is Change.OVERTAKEN
    assert await takeover.write("0" * 32, ANA, form_id="f", text="Nobody") is Change.NOT_FOUND


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


async def test_taking_takes_the_inquiry_where_it_was_nobodys(clinic: TestClinic, takeover: Takeover) -> None:
    session, inquiry = await begun(clinic)
    assert await takeover.take(inquiry, ANA, seen=None) is Change.DONE
    assert (row_of(clinic, session).owner_id, row_of(clinic, session).status) == (ANA.id, "in_progress")
    assert await takeover.take(inquiry, ANA, seen=None) is Change.DONE
    assert await takeover.take(inquiry, BO, seen=None) is Change.OVERTAKEN
    assert await takeover.take(inquiry, BO, seen=ANA.id) is Change.DONE
    assert row_of(clinic, session).owner_id == ANA.id
    assert await takeover.write(inquiry, ANA, form_id="f", text="Still there?") is Change.OVERTAKEN
    assert (await clinic.conversations.standing(session)).writer == BO.id


async def test_a_message_that_was_being_answered_is_left_to_staff(
    two_processes: tuple[TestClinic, TestClinic],
) -> None:
    one, other = two_processes
    hire(one.database)
    session, inquiry = await begun(one)
    one.rasa.delay = 0.3
    answering = asyncio.create_task(one.say(session, "it burns, who can I talk to?"))
    await asyncio.sleep(0.1)
    assert await takeover_of(other).take(inquiry, ANA, seen=None) is Change.DONE
    assert await answering == []
    assert (await one.conversations.standing(session)).owed == ()


async def test_an_owed_reply_is_not_given_while_staff_write(clinic: TestClinic, takeover: Takeover) -> None:
    session, inquiry = await begun(clinic)
    clinic.rasa.down = True
    await clinic.say(session, "what does it cost?")
    await takeover.take(inquiry, ANA, seen=None)
    clinic.rasa.down = False
    assert await clinic.service.redelivery.sweep()
    standing = await clinic.conversations.standing(session)
    assert standing.owed == ()
    assert (await newest(clinic.conversations, session))[-1]["text"].startswith("You are now writing with Ana")


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


async def test_a_chat_that_is_not_stored_or_not_on_the_website_cannot_be_taken(
    clinic: TestClinic, protocol: Protocol
) -> None:
    asking = clinic_on(clinic.database, protocol, settings=replace(clinic_settings(), consent="explicit"))
    session = await asking.session()
    await asking.say(session, BURNING)
    with clinic.database.read() as connection:
        assert connection.execute(select(tables.inquiries.c.id)).all() == []
    await asking.tap(session, "consent_yes")
    inquiry = inquiry_of(clinic.database, session)
    assert await takeover_of(asking).take(inquiry, ANA, seen=None) is Change.DONE
    assert await asking.say(session, "now we talk") == []
    with clinic.database.write() as connection:
        connection.execute(update(tables.inquiries).values(channel="desk"))
    assert await takeover_of(asking).take(inquiry, BO, seen=ANA.id) is Change.NOT_FOUND
    asking.service.threads.close()


@pytest.mark.parametrize(("name", "first"), [("Ana Ruiz", "Ana"), ("Dr. Ana", "Ana"), ("Dr.", "Dr."), ("李娜", "李娜")])
def test_patients_are_told_a_first_name(name: str, first: str) -> None:
    assert first_name(name) == first
