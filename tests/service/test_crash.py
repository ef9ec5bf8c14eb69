"""A message that was kept is answered, whatever ended the process that kept it, and answered once."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clinical.protocol import Protocol
from bot.errors import StorageError
from bot.service.records import Answer, Incoming, StoredReply
from bot.store.ledger import SqlLedger
from bot.store.tables import messages, replies
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, kinds, shown

AT_ONCE = timedelta()
ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """Stands for the end of the process."""


class DyingLedger(SqlLedger):
    """Keeps messages, and dies where it should keep their answer."""

    dying = True

    def answer(self, answer: Answer) -> tuple[StoredReply, ...]:
        """Nothing is kept while it is dying."""
        if self.dying:
            raise Killed
        return super().answer(answer)


@pytest.fixture
def dying(file: Path, protocol: Protocol) -> TestClinic:
    """A clinic whose process ends between keeping a message and keeping its answer."""
    database = Database(f"sqlite:///{file}")
    return clinic_on(database, protocol, ledger=DyingLedger(database))


@pytest.mark.parametrize("text", [BURNING, NUMB, "what does it cost?"])
async def test_the_next_process_answers_what_was_left_and_the_retry_gets_that_answer(
    dying: TestClinic, clinic: TestClinic, text: str
) -> None:
    session = await dying.session()
    with pytest.raises(Killed):
        await dying.say(session, text, id="one")
    assert await clinic.service.redelivery.sweep(in_flight=AT_ONCE)
    answered = await clinic.conversations.replies_after(session, 1)
    assert answered
    assert await clinic.conversations.take(session, Incoming("one", text)) == answered
    assert await clinic.service.redelivery.sweep(in_flight=AT_ONCE)
    assert counted(clinic) == (1, 1 + len(answered))


async def test_a_retry_that_comes_before_the_sweep_is_answered_and_the_sweep_adds_nothing(
    dying: TestClinic, clinic: TestClinic
) -> None:
    session = await dying.session()
    with pytest.raises(Killed):
        await dying.say(session, NUMB, id="one")
    assert kinds(await clinic.say(session, NUMB, id="one"))[0] == "emergency"
    before = counted(clinic)
    await clinic.service.redelivery.sweep(in_flight=AT_ONCE)
    assert counted(clinic) == before


async def test_a_message_that_is_being_answered_now_is_left_alone(dying: TestClinic, clinic: TestClinic) -> None:
    session = await dying.session()
    with pytest.raises(Killed):
        await dying.say(session, BURNING)
    clinic.clock.move(5)
    await clinic.service.redelivery.sweep()
    assert clinic.rasa.asked == []
    clinic.clock.move(60)
    await clinic.service.redelivery.sweep()
    assert clinic.rasa.heard == [BURNING]


async def test_a_process_killed_in_the_middle_of_a_turn_loses_nothing(file: Path, clinic: TestClinic) -> None:
    command = [sys.executable, "-m", "tests.service.hanging", f"sqlite:///{file}", BURNING]
    hanging = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert hanging.stdout
    session = (await asyncio.wait_for(hanging.stdout.readline(), 60)).decode().strip()
    assert await asyncio.wait_for(hanging.stdout.readline(), 60) == b"in the turn\n"
    hanging.kill()
    await hanging.wait()
    assert await clinic.service.redelivery.sweep(in_flight=AT_ONCE)
    assert clinic.rasa.heard == [BURNING]
    answered = await clinic.conversations.replies_after(session, 1)
    assert await clinic.conversations.take(session, Incoming("one", BURNING)) == answered


async def test_whatever_breaks_the_patient_sees_safety_text_and_the_message_may_be_sent_again(
    file: Path, protocol: Protocol, clinic: TestClinic
) -> None:
    class Broken:
        def turn(self, _: object) -> Any:
            raise ZeroDivisionError("my secret knee")

    broken = clinic_on(clinic.database, protocol, turns=Broken())
    session = await broken.session()
    with pytest.raises(StorageError) as failed:
        await broken.say(session, BURNING, id="one")
    assert [reply["kind"] for reply in shown(failed.value.replies)] == ["emergency"]
    assert "secret" not in str(failed.value)
    assert (await clinic.say(session, BURNING, id="one"))[-1]["question"] == "safety.cauda_equina"


def counted(clinic: TestClinic) -> tuple[int, int]:
    """How many messages and replies are kept."""
    with clinic.database.read() as connection:
        counts = [select(func.count()).select_from(table) for table in (messages, replies)]
        kept, told = (int(connection.execute(one).scalar_one()) for one in counts)
    return kept, told
