"""The real parts, put together: no rasa runs here, and the clinic is safe all the same."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.bootstrap.building import build
from bot.bootstrap.parts import Built
from bot.bootstrap.readiness import store_trouble
from bot.errors import StorageError
from bot.knowledge.flag_net import FILE, load_flag_net
from bot.service.records import Incoming
from bot.settings import Settings, demo
from bot.web.factory import checks_of
from tests.service.clinic import shown

SADDLE = "I can't feel anything when I wipe and my legs are getting weaker"
BESIDE = {"redelivery", "attending", "reports", "retention", "escalating"}
"""A demonstration sends no mail."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A demonstration clinic whose rasa is not there."""
    return demo({"DATA_DIR": str(tmp_path / "var"), "RASA_PORT": "1"})


@pytest.fixture
async def built(settings: Settings) -> AsyncIterator[Built]:
    """The started parts."""
    parts = build(settings)
    await parts.start()
    yield parts
    await parts.stop()


async def test_a_fresh_folder_becomes_a_working_clinic(built: Built) -> None:
    assert store_trouble(built.database) is None
    assert await built.service.conversations.open(channel="web", language="en")


async def test_all_that_runs_beside_the_requests_begins_and_ends_with_the_service(settings: Settings) -> None:
    parts = build(settings)
    await parts.start()
    running = {task.get_name() for task in asyncio.all_tasks()}
    await parts.stop()
    assert running >= BESIDE
    assert BESIDE.isdisjoint(task.get_name() for task in asyncio.all_tasks())


async def test_an_emergency_in_a_patients_own_words_needs_no_rasa(built: Built) -> None:
    opened = await built.service.conversations.open(channel="web", language="en")
    replies = shown(await built.service.conversations.take(opened.session, Incoming("one", SADDLE)))
    assert [reply["kind"] for reply in replies] == ["emergency", "question"]


async def test_anything_else_gets_the_honest_answer(built: Built) -> None:
    opened = await built.service.conversations.open(channel="web", language="en")
    (reply,) = shown(await built.service.conversations.take(opened.session, Incoming("one", "what does it cost?")))
    assert "604-555-0100" in reply["text"]


async def test_a_store_that_cannot_be_made_is_waited_for_and_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "wall").write_text("a file where a folder is wanted")
    parts = build(replace(settings, database_url=f"sqlite:///{tmp_path / 'wall' / 'needlepoint.sqlite3'}"))
    await parts.start()
    assert store_trouble(parts.database)
    with pytest.raises(StorageError):
        await parts.service.conversations.open(channel="web", language="en")
    await parts.stop()


@pytest.mark.parametrize("damage", [None, "{"])
async def test_with_its_second_net_missing_or_damaged_the_clinic_works_by_rules_and_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str | None
) -> None:
    (tmp_path / "en").mkdir()
    if damage is not None:
        (tmp_path / "en" / FILE).write_text(damage, encoding="utf-8")
    monkeypatch.setattr("bot.reading.load.load_flag_net", partial(load_flag_net, tmp_path))
    parts = build(settings)
    await parts.start()
    opened = await parts.service.conversations.open(channel="web", language="en")
    replies = shown(await parts.service.conversations.take(opened.session, Incoming("one", SADDLE)))
    state = await checks_of(parts)["flag model"]()
    await parts.stop()
    assert replies[0]["kind"] == "emergency"
    assert (state.ready, state.degraded) == (True, True)
    assert state.reason


async def test_with_its_second_net_nothing_is_degraded(built: Built) -> None:
    assert (await checks_of(built)["flag model"]()).degraded is False
