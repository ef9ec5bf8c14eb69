"""Made-up patients for a demonstration: they talk to the clinic's own conversations, and made-up staff answer some."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import yaml

from bot.errors import KnowledgeError
from bot.service.conversations import Conversations
from bot.service.records import Incoming

PEOPLE = Path(__file__).parent / "demonstration_people.yml"
CHANNEL = "demonstration"
"""The channel of every conversation that was made up; the desk shows it as such."""
BETWEEN = timedelta(seconds=40)
MOST_TURNS = 30
ROUND = timedelta(days=8)
"""How much earlier the same people write in once more, under other names."""
_ALWAYS = {"consent": "yes"}
_NOTHING = ("none", "no", "skip")


@dataclass(frozen=True)
class MadeUp:
    """One made-up patient: the first message, what is answered to which question, and what staff did after it."""

    ago: timedelta
    opening: str
    answers: Mapping[str, str | tuple[str, ...]]
    stops_at: str | None
    desk: tuple[str, ...]
    name: str
    phone: str


class TurnableClock(Protocol):
    """A clock that can be turned."""

    at: datetime


def made_up(wanted: int) -> Iterator[MadeUp]:
    """So many people; when there are no more, the same complaints come from others, a week earlier."""
    content = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    people, names = content["people"], content["names"]
    for number in range(wanted):
        turn, person = divmod(number, len(people))
        yield _person(people[person], names[number % len(names)], number=number, turn=turn)


def _person(entry: Mapping[str, Any], name: str, *, number: int, turn: int) -> MadeUp:
    answers = {id: tuple(said) if isinstance(said, list) else said for id, said in entry.get("answers", {}).items()}
    desk = entry.get("desk", ())
    return MadeUp(
        ago=timedelta(hours=entry["hours_ago"]) + turn * ROUND,
        opening=entry["opening"],
        answers=answers,
        stops_at=entry.get("stops_at"),
        desk=tuple(entry.get("handled", desk) if turn else desk),
        name=name,
        phone=f"604-555-01{number % 100:02d}",  # numbers that are given to nobody
    )


async def talk_through(conversations: Conversations, person: MadeUp, *, clock: TurnableClock, now: datetime) -> str:
    """The id of the conversation that the person has held, beginning so long ago."""
    clock.at = now - person.ago
    session = (await conversations.open(channel=CHANNEL, language="en")).session
    numbers = (f"made-up-{number}" for number in count(1))
    incoming: Incoming | None = Incoming(next(numbers), person.opening)
    for _ in range(MOST_TURNS):
        if incoming is None:
            return session
        clock.at += BETWEEN
        replies = [reply.public() for reply in await conversations.take(session, incoming)]
        asked = next((reply for reply in reversed(replies) if reply["question"]), None)
        incoming = _answer(asked, person, next(numbers))
    raise KnowledgeError(f"{PEOPLE.name}: {person.opening!r} comes to no end within {MOST_TURNS} messages")


def _answer(question: Mapping[str, Any] | None, person: MadeUp, id: str) -> Incoming | None:
    """What the person sends next, None when they have nothing more to say."""
    if question is None or person.stops_at in (question["question"], "anything"):
        return None
    offered = [choice["id"] for choice in question["choices"]]
    said = {**_ALWAYS, **person.answers}.get(question["question"])
    if said is None or isinstance(said, tuple):
        chosen = tuple(choice for choice in said or () if choice in offered) or _nothing(offered)
        return Incoming(id, choices=chosen, in_reply_to=question["id"]) if chosen else None
    if said in offered:
        return Incoming(id, choices=(said,), in_reply_to=question["id"])
    return Incoming(id, said.format(name=person.name, phone=person.phone))


def _nothing(offered: list[str]) -> tuple[str, ...]:
    return next(((id,) for id in _NOTHING if id in offered), tuple(offered[:1]))
