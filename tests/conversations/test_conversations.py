"""Whole conversations as data, with the real reader, screen and protocol; intents are given where they matter."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.advance import advance
from bot.clinical.appointment import Booking, Way
from bot.clinical.encounter import Encounter
from bot.clinical.event import Chose, Clinic, Facts, Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.view import view
from bot.knowledge import load_protocol
from bot.reading.flags import Screen
from bot.reading.load import load_reading
from bot.reading.reader import Reader
from scripts.data_file import read_yaml
from tests.clinical.calendar import AMY, BO, MANAGE, times

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
CASES = [case for file in sorted(HERE.glob("*.yml")) for case in read_yaml(file)]


@pytest.fixture(scope="module")
def parts() -> tuple[Reader, Screen, Protocol]:
    reader, screen = load_reading("en")
    return reader, screen, load_protocol()


@pytest.fixture(scope="module")
def facts() -> Facts:
    from datetime import datetime, timezone

    now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    return Facts(now=now, clinic=Clinic("Demonstration clinic", "604-555-0100"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_conversation_goes_as_written(
    case: dict[str, Any], parts: tuple[Reader, Screen, Protocol], facts: Facts
) -> None:
    reader, screen, protocol = parts
    heard_by = replace(screen, net=None) if case.get("rules_only") else screen
    conversation = Conversation((reader, heard_by, protocol), replace(facts, **_booked(case)))
    for step in case["steps"]:
        conversation.take(step)
        _check(step.get("expect", {}), conversation)


def _booked(case: dict[str, Any]) -> dict[str, Any]:
    """How the clinic of a case is booked, where it says so: by the way, with so many free times."""
    if "booking" not in case:
        return {}
    booking = Booking(Way(case["booking"]), "https://clinic.example/book", (AMY, BO), MANAGE)
    return {"booking": booking, "times": times(case.get("free_times", 0))}


class Conversation:
    """One conversation; `replies` are those of the last turn."""

    def __init__(self, parts: tuple[Reader, Screen, Protocol], facts: Facts) -> None:
        self.reader, self.screen, self.protocol = parts
        self.facts = facts
        self.encounter = Encounter()
        self.replies: tuple[Reply, ...] = ()
        self.history: tuple[str, ...] = ()
        self.asked: list[str] = []

    def take(self, step: dict[str, Any]) -> None:
        event = self._said(step) if "says" in step else Chose("id", tuple(step["taps"]))
        turn = advance(self.encounter, event, self.facts, self.protocol)
        self.encounter, self.replies = turn.encounter, turn.replies
        new = (reply.question for reply in turn.replies if reply.kind is ReplyKind.QUESTION and reply.question)
        self.asked += [id for id in new if id not in self.asked]

    def _said(self, step: dict[str, Any]) -> Said:
        text = step["says"]
        waiting = self.encounter.open_question
        reading = self.reader.read(text, asked=waiting.read_as if waiting else (), today=TODAY)
        known = frozenset(flag.flag_class for flag in self.encounter.flags)
        flags = self.screen.screen(text, self.history[-4:], known=known, today=TODAY)
        self.history = (*self.history, text)
        intents = tuple(Intent(name, 0.9) for name in step.get("intents", []))
        return Said("id", reading, flags, intents)


def _check(expect: dict[str, Any], conversation: Conversation) -> None:
    shown = view(conversation.encounter)
    texts = " ".join(reply.text for reply in conversation.replies)
    waiting = conversation.encounter.open_question
    found = {
        "question": waiting.id if waiting else None,
        "kinds": [reply.kind.value for reply in conversation.replies],
        "disposition": shown["disposition"],
        "complete": shown["complete"],
        "flags": sorted(flag["class"] for flag in shown["red_flags"]),
        "questions": len(conversation.asked),
        "person": conversation.encounter.person_requested,
        "stage": conversation.encounter.stage.value,
        "precautions": sorted(shown["precautions"]),
        "duration_days": shown["duration_days"],
        "imaging": shown["imaging"],
        "background": list(conversation.encounter.background),
        "severity": conversation.encounter.severity,
        "who": conversation.encounter.who,
        "pattern": conversation.encounter.pattern,
        "side": shown["side"],
        "regions": shown["regions"],
    }
    for key, wanted in expect.items():
        if key == "findings":
            assert {name: one["presence"] for name, one in shown["findings"].items() if name in wanted} == wanted
        elif key == "says":
            assert all(words in texts for words in wanted), texts
        elif key == "never_says":
            assert not any(words in texts for words in wanted), texts
        else:
            assert found[key] == wanted, f"{key}: {found[key]!r}, wanted {wanted!r}; said: {texts}"
