"""One of the staff writes to a patient: the assistant is silent, and red flags are heard."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from bot.clinical.protocol import Protocol
from bot.errors import NotUnderstood, TooLong
from bot.service.desk_records import Change
from bot.service.takeover import LONGEST, Takeover, first_name
from bot.store import tables
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, clinic_settings, kinds
from tests.service.takeovers import ANA, BO, begun, hire, inquiry_of, newest, row_of, taken, takeover_of


@pytest.fixture
def clinic(clinic: TestClinic) -> TestClinic:
    """A clinic with staff."""
    hire(clinic.database)
    return clinic


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
