"""With CONSENT=explicit nothing is stored before the yes, and everything said before it is stored then."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clinical.protocol import Protocol
from bot.errors import StorageError
from bot.reading.load import load_reading
from bot.service.consent import NO, YES
from bot.service.held import MOST_HELD, HeldLedger
from bot.service.records import Incoming
from bot.store.ledger import SqlLedger
from bot.store.tables import audit_head, metadata
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, clinic_settings, kinds, shown
from tests.store.rows import new_id, opening

EXPLICIT = replace(clinic_settings(), consent="explicit")


@pytest.fixture
def asking(file: Path, protocol: Protocol) -> Iterator[TestClinic]:
    """A clinic that asks first."""
    database = Database(f"sqlite:///{file}")
    built = clinic_on(database, protocol, settings=EXPLICIT)
    yield built
    built.service.threads.close()
    database.close()


async def tap(clinic: TestClinic, session: str, choice: str, *, id: str = "yes") -> list[dict[str, Any]]:
    """The answer to a tapped choice."""
    return shown(await clinic.conversations.take(session, Incoming(id, choices=(choice,))))


async def test_the_opening_says_what_is_kept_and_asks(asking: TestClinic) -> None:
    opened = await asking.conversations.open(channel="web", language="en")
    notice, asked = shown(opened.replies)
    assert "911" in notice["text"]
    assert [choice["id"] for choice in asked["choices"]] == [YES, NO]


async def test_before_the_yes_patients_are_answered_and_nothing_is_stored(asking: TestClinic) -> None:
    session = await asking.session()
    replies = await asking.say(session, BURNING)
    assert [reply["question"] for reply in replies] == ["safety.cauda_equina", "consent"]
    assert rows(asking) == 0


async def test_an_emergency_before_the_yes_is_answered_and_nothing_is_stored(asking: TestClinic) -> None:
    replies = await asking.say(await asking.session(), NUMB)
    assert kinds(replies)[0] == "emergency"
    assert rows(asking) == 0


async def test_a_retry_before_the_yes_gets_the_same_bytes(asking: TestClinic) -> None:
    session = await asking.session()
    assert await asking.say(session, BURNING, id="one") == await asking.say(session, BURNING, id="one")
    assert len(asking.rasa.asked) == 1


async def test_at_the_yes_everything_is_stored_as_it_was_said(asking: TestClinic) -> None:
    session = await asking.session()
    first = await asking.say(session, BURNING, id="one")
    await tap(asking, session, "none", id="two")
    before = await asking.conversations.encounter(session)
    await tap(asking, session, YES)
    standing = SqlLedger(asking.database).standing(session, client_id="one")
    assert standing is not None
    assert standing.same is not None
    assert shown(standing.same.replies) == first
    assert await asking.conversations.encounter(session) == before
    assert standing.recent == (BURNING,)


async def test_after_the_yes_the_conversation_goes_on_without_the_question(asking: TestClinic) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    thanks = await tap(asking, session, YES)
    assert await tap(asking, session, YES) == thanks
    replies = await tap(asking, session, "none", id="three")
    assert "consent" not in [reply["question"] for reply in replies]


async def test_a_typed_yes_counts_when_nothing_else_was_asked(asking: TestClinic) -> None:
    session = await asking.session()
    assert await asking.say(session, "yes")
    assert SqlLedger(asking.database).standing(session)


async def test_a_typed_yes_to_another_question_is_no_consent(asking: TestClinic) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    await asking.say(session, "yes")
    assert rows(asking) == 0


async def test_after_a_no_nothing_is_left_and_the_chat_can_begin_again(asking: TestClinic) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    await tap(asking, session, NO)
    seen: Any = await asking.conversations.encounter(session)
    assert seen["findings"]["pain"]["presence"] == "unknown"
    assert rows(asking) == 0
    assert (await asking.say(session, BURNING))[0]["question"] == "safety.cauda_equina"


async def test_held_words_are_lost_on_a_restart_and_the_token_still_opens(
    asking: TestClinic, protocol: Protocol
) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    restarted = clinic_on(asking.database, protocol, settings=EXPLICIT)
    seen: Any = await restarted.conversations.encounter(session)
    assert seen["findings"]["pain"]["presence"] == "unknown"
    assert await restarted.say(session, "hello")


async def test_a_store_that_is_down_at_the_yes_loses_nothing(asking: TestClinic, file: Path) -> None:
    session = await asking.session()
    await asking.say(session, BURNING, id="one")
    aside = file.rename(file.with_suffix(".aside"))
    with pytest.raises(StorageError):
        await tap(asking, session, YES)
    aside.rename(file)
    await tap(asking, session, YES)
    assert [reply.seq for reply in SqlLedger(asking.database).replies_after(session, 0)] == list(range(1, 6))


async def test_what_is_owed_before_the_yes_is_answered_in_memory(asking: TestClinic) -> None:
    session = await asking.session()
    asking.rasa.down = True
    await asking.say(session, BURNING)
    asking.rasa.down = False
    assert await asking.service.redelivery.sweep()
    assert [reply.late for reply in await asking.conversations.replies_after(session, 4)] == [True, True]
    assert rows(asking) == 0


def test_the_oldest_held_conversation_is_forgotten_first(asking: TestClinic) -> None:
    held = HeldLedger(SqlLedger(asking.database))
    ids = [new_id() for _ in range(MOST_HELD + 1)]
    for id in ids:
        held.open(opening(id))
    assert not held.holds(ids[0])
    assert held.holds(ids[-1])


def rows(clinic: TestClinic) -> int:
    """How many rows all tables have, but for the audit's head, which is there before anybody has written."""
    tables = [table for table in metadata.tables.values() if table is not audit_head]
    with clinic.database.read() as connection:
        counts = [select(func.count()).select_from(table) for table in tables]
        return sum(int(connection.execute(one).scalar_one()) for one in counts)


@pytest.mark.parametrize("words", ["no puedo orinar", "non je ne peux pas uriner", "no hubo sensación"])
async def test_a_no_in_another_language_is_no_refusal(asking: TestClinic, words: str) -> None:
    reader, _ = load_reading("en", with_net=False)
    asking.service.conversations._tools.consent._reads = reader  # type: ignore[union-attr]
    replies = await asking.say(await asking.session(), words)
    assert "I kept nothing" not in " ".join(reply["text"] for reply in replies)
