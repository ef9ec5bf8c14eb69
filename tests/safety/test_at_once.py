"""Emergencies in patients' own words, on the real service and store without rasa: told at once, seen at the desk."""

from pathlib import Path

from bot.bootstrap.desk import build_desk
from bot.bootstrap.parts import Built
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Disposition
from bot.service.records import Incoming
from scripts.data_file import read_yaml
from tests.desk.queues import NOBODY, queue
from tests.service.clinic import shown

GOLDEN = Path("tests/reading/en/flags/golden.yml")
FIRST = ("emergency", "crisis")


async def test_every_golden_emergency_is_answered_at_once_and_stands_at_the_top_of_the_desk(
    built: Built, protocol: Protocol
) -> None:
    texts = [case["text"] for case in read_yaml(GOLDEN) if case["level"] in FIRST]
    missed = [text for text in texts if not await _is_told_where_to_turn(built, protocol, text)]
    assert missed == []
    desk = build_desk(built.settings, database=built.database, protocol=protocol)
    assert {entry.disposition for entry in queue(desk, "open").entries} <= {Disposition.EMERGENCY, Disposition.CRISIS}
    assert desk.inquiries.counts(NOBODY)["open"] == len(texts)


async def test_an_emergency_told_after_ordinary_words_is_seen_before_those_who_wait_longer(
    built: Built, protocol: Protocol
) -> None:
    longer, urgent = await _session(built), await _session(built)
    for session in (longer, urgent):
        await built.service.conversations.take(session, Incoming("one", "can't turn my head since Monday, it's tight"))
    await built.service.conversations.take(urgent, Incoming("two", "and now one side of my face is drooping"))
    desk = build_desk(built.settings, database=built.database, protocol=protocol)
    assert [entry.disposition for entry in queue(desk, "open").entries] == [Disposition.EMERGENCY, None]


async def test_the_first_words_say_automated_unwatched_and_whom_to_call(built: Built, protocol: Protocol) -> None:
    opened = await built.service.conversations.open(channel="web", language="en")
    text = shown(opened.replies)[0]["text"]
    assert "automated" in text
    assert "No one watches this chat live" in text
    assert f"call {protocol.region.emergency_number} now" in text


async def _is_told_where_to_turn(built: Built, protocol: Protocol, text: str) -> bool:
    replies = shown(await built.service.conversations.take(await _session(built), Incoming("one", text)))
    told = replies[0]
    numbers = (protocol.region.emergency_number, protocol.region.crisis_line)
    is_unwatched = "We may not see this message until we open" in told["text"]
    return told["kind"] == "emergency" and is_unwatched and any(number in told["text"] for number in numbers)


async def _session(built: Built) -> str:
    return (await built.service.conversations.open(channel="web", language="en")).session
