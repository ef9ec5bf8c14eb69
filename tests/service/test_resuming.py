"""A conversation goes on after a reload, the next day and on another device, where its patient left it."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.protocol import Protocol
from bot.errors import Conflict, Forbidden
from bot.service.codes import ALPHABET, MINUTES, new_code, read_code
from bot.service.consent import YES
from bot.service.records import Incoming, StoredReply
from bot.service.resuming import MOST_SHOWN, Resuming, Transcript
from bot.service.transcript import in_order
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, clinic_settings

DAY = 24 * 3600
EXPLICIT = replace(clinic_settings(), consent="explicit")


@pytest.fixture
def resuming(clinic: TestClinic) -> Resuming:
    """How patients of the clinic come back."""
    return clinic.service.resuming


@pytest.fixture
def asking(file: Path, protocol: Protocol) -> Iterator[TestClinic]:
    """A clinic that asks for consent first."""
    database = Database(f"sqlite:///{file}")
    built = clinic_on(database, protocol, settings=EXPLICIT)
    yield built
    built.service.threads.close()
    database.close()


def lines(transcript: Transcript) -> list[str]:
    """A transcript in short: what the patient said, and the kinds and questions of replies."""
    return [entry.text if entry.reply is None else _short(entry.reply) for entry in transcript.entries]  # type: ignore[misc]  # an entry has one of the two


def _short(reply: StoredReply) -> str:
    body = reply.public()
    return f"<{body['question'] or body['kind']}>"


async def tap(clinic: TestClinic, session: str, *choices: str) -> list[dict[str, Any]]:
    """The answer to tapped choices, under an id made of them."""
    taken = await clinic.conversations.take(session, Incoming("-".join(choices), choices=choices))
    return [reply.public() for reply in taken]


async def test_the_transcript_has_every_line_in_order_with_the_labels_of_what_was_tapped(
    clinic: TestClinic, resuming: Resuming
) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING, id="one")
    await tap(clinic, session, "none")
    transcript = await resuming.transcript(session)
    assert lines(transcript) == ["<message>", BURNING, "<safety.cauda_equina>", "None of these", "<safety.second>"]
    assert [entry.id for entry in transcript.entries if entry.reply is None] == ["one", "none"]


async def test_several_taps_are_their_labels_one_a_line(clinic: TestClinic, resuming: Resuming) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    await tap(clinic, session, "none")
    await tap(clinic, session, "night_pain", "weight_loss")
    said = [line for line in lines(await resuming.transcript(session)) if "Night pain" in line]
    assert said == ["Night pain that no position eases\nLosing weight without trying"]


async def test_the_open_question_and_the_newest_number_are_told(clinic: TestClinic, resuming: Resuming) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    transcript = await resuming.transcript(session)
    assert transcript.open is not None
    assert transcript.open.public()["question"] == "safety.cauda_equina"
    assert transcript.last == transcript.open.seq == 2


async def test_before_anything_is_asked_nothing_is_open(clinic: TestClinic, resuming: Resuming) -> None:
    transcript = await resuming.transcript(await clinic.session())
    assert (lines(transcript), transcript.open, transcript.last) == (["<message>"], None, 1)


async def test_the_next_day_the_open_question_is_still_answerable_and_nothing_is_asked_again(
    clinic: TestClinic, protocol: Protocol
) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    clinic.clock.move(DAY)
    tomorrow = clinic_on(clinic.database, protocol)
    tomorrow.clock.move(DAY)
    transcript = await tomorrow.service.resuming.transcript(session)
    assert transcript.open is not None
    answer = Incoming("next-day", choices=("none",), in_reply_to=transcript.open.id)
    (reply,) = await tomorrow.conversations.take(session, answer)
    asked = [line for line in lines(await tomorrow.service.resuming.transcript(session)) if line.startswith("<safety")]
    assert reply.public()["question"] == "safety.second"
    assert asked == ["<safety.cauda_equina>", "<safety.second>"]
    tomorrow.service.threads.close()


async def test_a_late_reply_stands_where_it_came(clinic: TestClinic, resuming: Resuming) -> None:
    session = await clinic.session()
    clinic.rasa.down = True
    await clinic.say(session, BURNING)
    clinic.rasa.down = False
    assert await clinic.service.redelivery.sweep()
    assert lines(await resuming.transcript(session)) == ["<message>", BURNING, "<message>", "<safety.cauda_equina>"]


async def test_a_long_conversation_comes_back_from_its_newest_part(clinic: TestClinic, resuming: Resuming) -> None:
    session = await clinic.session()
    for number in range(6):
        await clinic.say(session, f"hello {number}")
    history = clinic.outside.ledger.history(session, limit=3)
    assert [message.text for message in history.messages] == ["hello 3", "hello 4", "hello 5"]
    assert MOST_SHOWN >= 200


def test_messages_stand_before_the_replies_that_answer_them_without_a_clock() -> None:
    said = [(1, "a"), (2, "b"), (3, "c"), (4, "d")]
    sent = [(None, "notice"), (2, "B"), (None, "late A"), (3, "C")]
    assert list(in_order(said, sent)) == ["notice", "a", "b", "B", "late A", "c", "C", "d"]


async def test_a_code_opens_the_conversation_elsewhere_with_a_token_of_its_own(
    clinic: TestClinic, resuming: Resuming
) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    code = await resuming.make_code(session)
    resumed = await resuming.resume(code)
    assert resumed is not None
    assert clinic.conversations.session_of(resumed.token) == resumed.session == session
    assert resumed.transcript == await resuming.transcript(session)


@pytest.mark.parametrize(
    "write", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code[:2]} {code[2:]}."]
)
async def test_a_code_may_be_written_in_any_way(clinic: TestClinic, resuming: Resuming, write: Any) -> None:
    session = await clinic.session()
    assert await resuming.resume(write(await resuming.make_code(session)))


async def test_a_code_works_once_and_not_after_ten_minutes(clinic: TestClinic, resuming: Resuming) -> None:
    session = await clinic.session()
    used = await resuming.make_code(session)
    assert await resuming.resume(used)
    old = await resuming.make_code(session)
    clinic.clock.move(MINUTES * 60)
    assert [await resuming.resume(code) for code in (used, old, new_code(), "", "käse-käse", "x" * 99)] == [None] * 6


async def test_of_two_devices_that_race_one_gets_in(two_processes: tuple[TestClinic, TestClinic]) -> None:
    first, second = two_processes
    session = await first.session()
    code = await first.service.resuming.make_code(session)
    both = await asyncio.gather(*(one.service.resuming.resume(code) for one in (first, second) for _ in range(2)))
    assert len([one for one in both if one]) == 1


def test_codes_are_hard_to_guess_and_easy_to_read() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("01ILOU") & set(ALPHABET)
    assert all(len(code) == 9 and code[4] == "-" and read_code(code) == code.replace("-", "") for code in codes)
    assert len(ALPHABET) ** 8 > 6e11


async def test_a_conversation_that_is_gone_cannot_be_read_or_resumed(clinic: TestClinic, resuming: Resuming) -> None:
    for use in (resuming.transcript, resuming.make_code):
        with pytest.raises(Forbidden):
            await use("f" * 32)


async def test_a_held_conversation_can_be_read_here_and_not_continued_elsewhere(asking: TestClinic) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    transcript = await asking.service.resuming.transcript(session)
    held = ["<message>", "<consent>", BURNING, "<safety.cauda_equina>", "<consent>"]
    assert lines(transcript) == held
    with pytest.raises(Conflict, match="not kept yet"):
        await asking.service.resuming.make_code(session)
    await tap(asking, session, YES)
    assert await asking.service.resuming.resume(await asking.service.resuming.make_code(session))
    assert lines(await asking.service.resuming.transcript(session))[: len(held)] == held


async def test_after_an_emergency_the_transcript_still_shows_what_to_do(clinic: TestClinic, resuming: Resuming) -> None:
    session = await clinic.session()
    await clinic.say(session, NUMB)
    assert lines(await resuming.transcript(session)) == ["<message>", NUMB, "<emergency>", "<urgent.contact>"]
