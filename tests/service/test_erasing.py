"""At the patient's confirmed word everything is erased, in the store and in memory, and stays so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.clinical.advance import Turn
from bot.clinical.effect import EraseConversation
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.service.consent import YES
from bot.service.ports import TurnAnswer, TurnRequest
from bot.service.records import Incoming
from bot.store.ledger import SqlLedger
from bot.store.tables import inquiries, metadata
from bot.store.transaction import Database
from tests.service.clinic import BURNING, TestClinic, clinic_on, clinic_settings, shown
from tests.service.fakes import FakeRasa

ERASE = "yes, burn it"
ERASED = Reply(ReplyKind.MESSAGE, "All of it is erased.")
FRESH = Encounter(stage=Stage.OPENING, person_requested="erase")
"""What a careless turn might leave: an encounter that would make an inquiry anew."""


class Erasing(FakeRasa):
    """A rasa whose patient confirms with ERASE that everything be erased."""

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """The turn, or the one that erases."""
        answer = await super().turn(request)
        return TurnAnswer(Turn(FRESH, (ERASED,), (EraseConversation(),))) if request.text == ERASE else answer


def clinic_of(database: Database, protocol: Protocol, *, consent: str = "notice") -> tuple[TestClinic, Erasing]:
    """A clinic whose rasa erases, and that rasa."""
    rasa = Erasing(protocol)
    settings = replace(clinic_settings(), consent=consent)
    return clinic_on(database, protocol, settings=settings, turns=rasa), rasa


@pytest.fixture
def erasing(file: Path, protocol: Protocol) -> Iterator[TestClinic]:
    """A clinic where everything is kept after the first message."""
    yield from _opened(file, protocol, "notice")


@pytest.fixture
def asking(file: Path, protocol: Protocol) -> Iterator[TestClinic]:
    """A clinic that keeps nothing before a yes."""
    yield from _opened(file, protocol, "explicit")


def _opened(file: Path, protocol: Protocol, consent: str) -> Iterator[TestClinic]:
    database = Database(f"sqlite:///{file}")
    built, _ = clinic_of(database, protocol, consent=consent)
    yield built
    built.service.threads.close()
    database.close()


def words(clinic: TestClinic) -> list[str]:
    """Every row of every table that holds a word of the patient."""
    with clinic.database.read() as connection:
        rows = [str(tuple(row)) for table in metadata.tables.values() for row in connection.execute(select(table))]
    return [row for row in rows if "burn" in row]


async def test_nothing_is_left_and_the_same_id_gets_the_same_answer(erasing: TestClinic) -> None:
    session = await erasing.session()
    await erasing.say(session, BURNING)
    assert words(erasing)
    told = await erasing.say(session, ERASE, id="erase")
    assert [reply["text"] for reply in told] == [ERASED.text]
    assert words(erasing) == []
    assert await erasing.say(session, ERASE, id="erase") == told
    assert words(erasing) == []


async def test_no_inquiry_is_made_by_the_answer_that_erases(erasing: TestClinic) -> None:
    session = await erasing.session()
    await erasing.say(session, BURNING)
    await erasing.say(session, ERASE)
    with erasing.database.read() as connection:
        assert connection.execute(select(inquiries)).all() == []


async def test_the_transcript_shows_nothing_of_before(erasing: TestClinic) -> None:
    session = await erasing.session()
    await erasing.say(session, BURNING)
    told = await erasing.say(session, ERASE, id="erase")
    transcript = await erasing.service.resuming.transcript(session)
    assert [(entry.id, entry.text) for entry in transcript.entries] == [("erase", "Yes"), (told[0]["id"], None)]
    assert transcript.open is None


async def test_redelivery_brings_nothing_back(file: Path, protocol: Protocol) -> None:
    database = Database(f"sqlite:///{file}")
    clinic, rasa = clinic_of(database, protocol)
    session = await clinic.session()
    rasa.down = True
    await clinic.say(session, BURNING)
    await clinic.say(session, ERASE, id="erase")
    rasa.down = False
    assert await clinic.service.redelivery.sweep()
    assert words(clinic) == []
    assert await clinic.service.redelivery.sweep()
    told = await clinic.conversations.replies_after(session, 0)
    assert [reply.public()["text"] for reply in told][-1] == ERASED.text
    assert words(clinic) == []
    clinic.service.threads.close()
    database.close()


async def test_a_listener_hears_nothing_of_before(erasing: TestClinic) -> None:
    session = await erasing.session()
    await erasing.say(session, BURNING)
    before = await erasing.conversations.replies_after(session, 0)
    with erasing.service.fanout.listen(session) as queue:
        erasing.service.fanout.publish(session, before)
        assert not queue.empty()
        await erasing.say(session, ERASE)
        assert queue.empty()


async def test_the_conversation_goes_on_and_is_an_inquiry_again_with_its_new_words(erasing: TestClinic) -> None:
    session = await erasing.session()
    await erasing.say(session, BURNING)
    await erasing.say(session, ERASE)
    (reply,) = await erasing.say(session, BURNING)
    assert reply["question"] == "safety.cauda_equina"
    with erasing.database.read() as connection:
        assert len(connection.execute(select(inquiries)).all()) == 1


async def test_a_held_conversation_is_forgotten(asking: TestClinic) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    told = await asking.say(session, ERASE, id="erase")
    assert [reply["question"] for reply in told] == [None, "consent"]
    assert await asking.say(session, ERASE, id="erase") == told
    transcript = await asking.service.resuming.transcript(session)
    assert "burn" not in str([entry.text for entry in transcript.entries])
    assert [entry.id for entry in transcript.entries if entry.reply is None] == ["erase"]
    seen: Any = await asking.conversations.encounter(session)
    assert seen["findings"]["pain"]["presence"] == "unknown"


async def test_what_a_held_conversation_forgot_is_never_written(asking: TestClinic) -> None:
    session = await asking.session()
    await asking.say(session, BURNING)
    await asking.say(session, ERASE, id="erase")
    await asking.say(session, "604 555 0123", id="after")
    held = [reply.seq for reply in await asking.conversations.replies_after(session, 0)]
    before = await asking.conversations.encounter(session)
    await asking.conversations.take(session, Incoming("yes", choices=(YES,)))
    assert words(asking) == []
    assert await asking.conversations.encounter(session) == before
    kept = SqlLedger(asking.database).replies_after(session, 0)
    assert [reply.seq for reply in kept][: len(held)] == held
    standing = SqlLedger(asking.database).standing(session, client_id="erase")
    assert standing is not None
    assert standing.same is not None
    assert shown(standing.same.replies)[0]["text"] == ERASED.text


async def test_what_came_after_a_held_confirmation_is_still_answered(file: Path, protocol: Protocol) -> None:
    database = Database(f"sqlite:///{file}")
    clinic, rasa = clinic_of(database, protocol, consent="explicit")
    session = await clinic.session()
    rasa.down = True
    await clinic.say(session, "it burns", id="before")
    await clinic.say(session, ERASE, id="erase")
    await clinic.say(session, "my back, burning like fire", id="later")
    rasa.down = False
    assert await clinic.service.redelivery.sweep()
    transcript = await clinic.service.resuming.transcript(session)
    assert [entry.id for entry in transcript.entries if entry.reply is None] == ["erase", "later"]
    seen: Any = await clinic.conversations.encounter(session)
    assert seen["findings"]["pain"]["presence"] == "present"
    await clinic.conversations.take(session, Incoming("yes", choices=(YES,)))
    assert "it burns" not in str(words(clinic))
    assert "like fire" in str(words(clinic))
    clinic.service.threads.close()
    database.close()
