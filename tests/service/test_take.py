"""A message is screened, kept, and only then answered; a retry changes nothing."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Level
from bot.errors import Conflict, Forbidden, NotUnderstood, TooLong
from bot.service.records import Incoming
from bot.store.tables import inquiries, messages
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, kinds, new_client_id


async def test_a_conversation_opens_with_its_notice_and_a_token_that_opens_it(clinic: TestClinic) -> None:
    opened = await clinic.conversations.open(channel="web", language="en")
    assert clinic.conversations.session_of(opened.token) == opened.session
    assert [reply.seq for reply in opened.replies] == [1]
    assert "911" in opened.replies[0].public()["text"]


async def test_a_described_complaint_is_answered_with_a_question(clinic: TestClinic) -> None:
    session = await clinic.session()
    replies = await clinic.say(session, BURNING)
    assert replies[-1]["question"] == "safety.cauda_equina"
    seen = await clinic.conversations.encounter(session)
    assert seen["findings"]["pain"] == {  # type: ignore[index]  # the view is a mapping of JSON values
        "presence": "present",
        "quotes": ["burning"],
        "regions": ["lower_back"],
        "contradicted": False,
    }


@pytest.mark.parametrize("text", [BURNING, NUMB, "hello"])
@pytest.mark.parametrize("down", [False, True])
async def test_every_encounter_stores_the_version_of_the_protocol(text: str, down: bool, clinic: TestClinic) -> None:
    session = await clinic.session()
    clinic.rasa.down = down
    await clinic.say(session, text)
    stored = clinic.outside.ledger.standing(session)
    assert stored is not None
    assert stored.encounter.protocol_version == clinic.rasa.protocol.version


async def test_an_encounter_keeps_the_version_it_began_under(clinic: TestClinic, protocol: Protocol) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    changed = clinic_on(clinic.database, replace(protocol, version="changed"))
    await changed.say(session, "the muscles are tight")
    begun = await changed.session()
    await changed.say(begun, BURNING)
    assert (await changed.conversations.encounter(session))["protocol_version"] == protocol.version
    assert (await changed.conversations.encounter(begun))["protocol_version"] == "changed"
    changed.service.threads.close()


async def test_a_retry_gets_the_very_same_bytes_and_no_second_turn(clinic: TestClinic) -> None:
    session, message = await clinic.session(), Incoming("one", BURNING)
    first = await clinic.conversations.take(session, message)
    assert await clinic.conversations.take(session, message) == first
    assert len(clinic.rasa.asked) == 1
    assert count(clinic, messages) == 1


async def test_a_retried_emergency_gets_the_very_same_bytes(clinic: TestClinic) -> None:
    session, message = await clinic.session(), Incoming("one", NUMB)
    first = await clinic.conversations.take(session, message)
    assert await clinic.conversations.take(session, message) == first
    assert clinic.alarm.sessions == [session]


async def test_the_same_id_with_other_content_is_a_conflict(clinic: TestClinic) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING, id="one")
    with pytest.raises(Conflict):
        await clinic.say(session, "something else", id="one")
    assert count(clinic, messages) == 1


async def test_a_tapped_choice_moves_on_and_its_retry_does_not(clinic: TestClinic) -> None:
    session = await clinic.session()
    asked = (await clinic.say(session, BURNING))[-1]
    tap = Incoming("two", choices=("none",), in_reply_to=asked["id"])
    first = await clinic.conversations.take(session, tap)
    assert first[-1].public()["question"] != asked["question"]
    assert await clinic.conversations.take(session, tap) == first


@pytest.mark.parametrize("choices", [("made_up",), ("none", "made_up")])
async def test_a_choice_that_is_not_on_offer_is_a_conflict(clinic: TestClinic, choices: tuple[str, ...]) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    with pytest.raises(Conflict):
        await clinic.conversations.take(session, Incoming(new_client_id(), choices=choices))
    assert count(clinic, messages) == 1


async def test_a_stale_choice_is_a_conflict(clinic: TestClinic) -> None:
    session = await clinic.session()
    asked = (await clinic.say(session, BURNING))[-1]
    await clinic.conversations.take(session, Incoming("two", choices=("none",), in_reply_to=asked["id"]))
    with pytest.raises(Conflict):
        await clinic.conversations.take(session, Incoming("three", choices=("none",), in_reply_to=asked["id"]))


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\x00", "\ud800", "\x07\x1b"])
async def test_a_text_without_words_is_not_understood_and_not_kept(clinic: TestClinic, text: str) -> None:
    session = await clinic.session()
    with pytest.raises(NotUnderstood):
        await clinic.say(session, text)
    assert count(clinic, messages) == 0


async def test_a_text_over_the_limit_is_too_long_and_one_at_the_limit_is_not(clinic: TestClinic) -> None:
    session = await clinic.session()
    with pytest.raises(TooLong):
        await clinic.say(session, "a" * 4001)
    assert await clinic.say(session, "a" * 4000)


@pytest.mark.parametrize(
    "incoming",
    [
        Incoming("", "hello"),
        Incoming("x" * 129, "hello"),
        Incoming("bad\nid", "hello"),
        Incoming("one"),
        Incoming("one", "hello", ("none",)),
        Incoming("one", choices=("a",) * 61),
    ],
)
async def test_a_message_that_is_none_is_not_understood(clinic: TestClinic, incoming: Incoming) -> None:
    with pytest.raises(NotUnderstood):
        await clinic.conversations.take(await clinic.session(), incoming)


@pytest.mark.parametrize("text", ["/restart", '/intent{"a": 1}', "🦶🔥", "nul\x00 and \ud800 half", "e\u0301"])
async def test_odd_texts_are_kept_as_plain_text_and_answered(clinic: TestClinic, text: str) -> None:
    session = await clinic.session()
    assert await clinic.say(session, text)
    kept = clinic.rasa.heard[-1]
    assert kept is not None
    assert "\x00" not in kept
    assert kept.encode()
    assert kept.startswith(text[0]) or kept == "é"


async def test_an_unknown_session_is_forbidden(clinic: TestClinic) -> None:
    with pytest.raises(Forbidden):
        await clinic.say("0" * 32, "hello")


@pytest.mark.parametrize("token", ["", "x", "InNlc3Npb24i.aaaa.bbbb"])
def test_a_forged_token_opens_nothing(clinic: TestClinic, token: str) -> None:
    with pytest.raises(Forbidden):
        clinic.conversations.session_of(token)


async def test_an_emergency_is_answered_without_rasa_and_shown_to_the_desk(clinic: TestClinic) -> None:
    session = await clinic.session()
    replies = await clinic.say(session, NUMB)
    assert kinds(replies) == ["emergency", "question"]
    assert clinic.rasa.asked == []
    assert (row(clinic).urgency, row(clinic).disposition) == (0, "emergency")
    assert clinic.alarm.sessions == [session]


async def test_after_an_emergency_rasa_is_not_asked_again(clinic: TestClinic) -> None:
    session = await clinic.session()
    await clinic.say(session, NUMB)
    assert await clinic.say(session, "Kim, 604 555 0123")
    assert clinic.rasa.asked == []
    assert row(clinic).phone == "+16045550123"


async def test_an_emergency_across_two_messages_is_seen(clinic: TestClinic) -> None:
    session = await clinic.session()
    await clinic.say(session, "it is all numb")
    assert kinds(await clinic.say(session, "between my legs"))[0] == "emergency"
    assert clinic.screen.histories[-1] == ("it is all numb",)


async def test_a_ticked_emergency_item_is_answered_without_rasa(clinic: TestClinic) -> None:
    session = await clinic.session()
    asked = (await clinic.say(session, BURNING))[-1]
    items = clinic.conversations._protocol.items
    urgent = next(one["id"] for one in asked["choices"] if is_emergency(items, one["id"]))
    before = len(clinic.rasa.asked)
    replies = await clinic.conversations.take(session, Incoming("two", choices=(urgent,)))
    assert replies[0].public()["kind"] == "emergency"
    assert len(clinic.rasa.asked) == before


async def test_two_times_not_sure_about_cauda_equina_needs_no_rasa(clinic: TestClinic) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    await clinic.conversations.take(session, Incoming("two", choices=("unsure",)))
    clinic.rasa.down = True
    replies = await clinic.conversations.take(session, Incoming("three", choices=("unsure",)))
    assert replies[0].public()["kind"] == "emergency"


async def test_rasa_is_told_every_flag_that_was_found(clinic: TestClinic) -> None:
    session = await clinic.session()
    await clinic.say(session, "I have a hot swollen calf")
    assert [flag.level for flag in clinic.rasa.asked[0].flags] == [Level.SAME_DAY]


async def test_no_inquiry_before_anything_was_said_of_a_complaint(clinic: TestClinic) -> None:
    await clinic.say(await clinic.session(), "what does it cost?")
    assert count(clinic, inquiries) == 0


async def test_a_stored_reply_has_the_shape_of_the_chat_api(clinic: TestClinic) -> None:
    replies = await clinic.conversations.take(await clinic.session(), Incoming("one", BURNING))
    body = json.loads(replies[-1].body)
    assert set(body) == {"id", "kind", "question", "text", "choices", "multiple", "asks", "data"}
    assert body["id"] == replies[-1].id


def is_emergency(items: Any, id: str) -> bool:
    """The safety item is an emergency when it is ticked."""
    return id in items and items[id].level is Level.EMERGENCY


def count(clinic: TestClinic, table: Any) -> int:
    """How many rows a table has."""
    with clinic.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def row(clinic: TestClinic) -> Any:
    """The only inquiry."""
    with clinic.database.read() as connection:
        return connection.execute(select(inquiries)).one()
