"""When nothing can be stored nothing is acknowledged, and safety text still reaches the patient in time."""

import sqlite3
import time
from pathlib import Path

import pytest

from bot.clinical.protocol import Protocol
from bot.errors import StorageError
from bot.service.records import Incoming
from bot.service.threads import Threads
from bot.store.transaction import Database
from tests.service.clinic import BURNING, CLINIC, NUMB, TestClinic, clinic_on, shown


async def refused(clinic: TestClinic, session_id: str, incoming: Incoming) -> str:
    """The one emergency reply that a message is refused with."""
    with pytest.raises(StorageError) as failed:
        await clinic.conversations.take(session_id, incoming)
    (reply,) = shown(failed.value.replies)
    assert (reply["kind"], reply["question"]) == ("emergency", None)
    return str(reply["text"])


async def test_an_emergency_gets_its_own_text_with_the_clinics_phone(clinic: TestClinic, file: Path) -> None:
    session = await clinic.session()
    stored = (await clinic.say(session, NUMB))[0]["text"]
    file.unlink()
    text = await refused(clinic, session, Incoming("two", NUMB))
    assert CLINIC.phone in text
    assert text[:60] == stored[:60]


async def test_anything_else_gets_the_signpost(clinic: TestClinic, file: Path) -> None:
    session = await clinic.session()
    file.unlink()
    assert "911" in await refused(clinic, session, Incoming("one", BURNING))


async def test_a_ticked_emergency_gets_its_own_text(clinic: TestClinic, file: Path) -> None:
    session = await clinic.session()
    asked = (await clinic.say(session, BURNING))[-1]
    signpost = clinic.conversations.signpost()[0].public()["text"]
    file.unlink()
    tapped = Incoming("two", choices=(asked["choices"][0]["id"],))
    assert await refused(clinic, session, tapped) != signpost


async def test_the_same_id_is_taken_when_the_store_is_back(clinic: TestClinic, file: Path) -> None:
    session = await clinic.session()
    aside = file.rename(file.with_suffix(".aside"))
    await refused(clinic, session, Incoming("one", BURNING))
    aside.rename(file)
    assert (await clinic.say(session, BURNING, id="one"))[-1]["question"] == "safety.cauda_equina"


@pytest.mark.alone
async def test_a_locked_store_is_given_up_within_two_and_a_half_seconds(clinic: TestClinic, file: Path) -> None:
    session = await clinic.session()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    await refused(clinic, session, Incoming("one", NUMB))
    assert time.monotonic() - began < 2.5
    other.close()


async def test_words_before_the_lock_still_count_for_the_flag(clinic: TestClinic, file: Path) -> None:
    session = await clinic.session()
    await clinic.say(session, "it is all numb")
    signpost = clinic.conversations.signpost()[0].public()["text"]
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await refused(clinic, session, Incoming("two", "between my legs")) != signpost
    other.close()


async def test_opening_without_a_store_shows_the_signpost(protocol: Protocol, tmp_path: Path) -> None:
    clinic = clinic_on(Database(f"sqlite:///{tmp_path / 'none.sqlite3'}"), protocol)
    with pytest.raises(StorageError) as failed:
        await clinic.session()
    assert "911" in shown(failed.value.replies)[0]["text"]


async def test_a_token_is_checked_without_the_store(clinic: TestClinic, file: Path) -> None:
    opened = await clinic.conversations.open(channel="web", language="en")
    file.unlink()
    assert clinic.conversations.session_of(opened.token) == opened.session


async def test_a_screen_that_breaks_still_leaves_the_signpost(clinic: TestClinic, protocol: Protocol) -> None:
    class Broken:
        def screen(self, *_: object, **__: object) -> object:
            raise ZeroDivisionError

    broken = clinic_on(clinic.database, protocol, screening=Broken())
    assert "911" in await refused(broken, await broken.session(), Incoming("one", BURNING))


async def test_a_call_that_hangs_ends_in_a_storage_error() -> None:
    threads = Threads(patience=0.05)
    with pytest.raises(StorageError, match="in time"):
        await threads.run(time.sleep, 0.3)
    assert await threads.run(max, 1, 2) == 2
    threads.close()
