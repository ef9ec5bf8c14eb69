"""What runs beside the requests is started and stopped as one task, and does not die unheard."""

import asyncio
import logging

import pytest

from bot.errors import StorageError
from bot.service.beside import BesideTask


class Steady:
    """Goes on until it is cancelled, and needs a moment to put things away."""

    name = "steady"

    def __init__(self) -> None:
        self.begun, self.put_away = 0, 0

    async def run(self) -> None:
        """Wait for ever."""
        self.begun += 1
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            self.put_away += 1


class Broken:
    """Dies at once."""

    name = "broken"

    def __init__(self, error: Exception) -> None:
        self.error, self.begun = error, 0

    async def run(self) -> None:
        """Die."""
        self.begun += 1
        raise self.error


def names() -> set[str]:
    """The tasks that run now."""
    return {task.get_name() for task in asyncio.all_tasks()}


async def test_it_runs_under_its_name_and_to_stop_waits_until_it_has_ended() -> None:
    steady = Steady()
    task = BesideTask(steady)
    task.start()
    await asyncio.sleep(0)
    assert "steady" in names()
    await task.stop()
    assert "steady" not in names()
    assert (steady.begun, steady.put_away) == (1, 1)


async def test_it_may_be_stopped_before_it_began_and_twice_and_started_again() -> None:
    steady = Steady()
    task = BesideTask(steady)
    await task.stop()
    task.start()
    await asyncio.sleep(0)
    await task.stop()
    await task.stop()
    task.start()
    await asyncio.sleep(0)
    await task.stop()
    assert (steady.begun, steady.put_away) == (2, 2)


async def test_one_that_dies_is_named_in_the_log_without_what_it_quotes_and_does_not_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = Broken(ValueError("my left leg went numb"))
    task = BesideTask(broken)
    task.start()
    await asyncio.sleep(0.01)
    await task.stop()
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("broken has ended: ValueError at run:")
    assert "leg" not in caplog.text
    assert broken.begun == 1


async def test_an_error_of_our_own_says_what_it_is(caplog: pytest.LogCaptureFixture) -> None:
    task = BesideTask(Broken(StorageError("the store did not answer in time")))
    task.start()
    await asyncio.sleep(0.01)
    await task.stop()
    assert "the store did not answer in time" in caplog.text


async def test_one_that_is_stopped_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    task = BesideTask(Steady())
    task.start()
    await asyncio.sleep(0)
    await task.stop()
    assert not caplog.records
