"""rasa's own way through a conversation (a tracker that remembers, no facts, no flags sent) and `POST /turn` agree."""

from typing import Any
from uuid import uuid4

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from actions.moment import facts_of
from bot.clinical.codec import to_data
from bot.rasa_host.turn import TurnOrder, take_turn
from scripts.data_file import read_yaml
from tests.rasa_host.conftest import ROOT

AFTERWARDS = ("None of these", "Not sure", "about three weeks")


def openings() -> list[str]:
    """The text of every test story, one for each intent."""
    stories = read_yaml(ROOT / "tests" / "stories" / "test_stories.yml")["stories"]
    texts = [step["user"].strip() for story in stories for step in story["steps"] if "user" in step]
    assert len(texts) == 50
    return texts


async def by_rasa(agent: Any, texts: tuple[str, ...]) -> list[list[str]]:
    """What a channel of rasa's shows, turn by turn."""
    sender, said = uuid4().hex, []
    for text in texts:
        channel = Whole()
        await agent.handle_message(UserMessage(text, channel, sender))
        said.append(channel.texts)
    return said


async def by_turns(agent: Any, texts: tuple[str, ...]) -> list[list[str]]:
    """What the web process is given, turn by turn; the encounter travels."""
    encounter, said = None, []
    for number, text in enumerate(texts):
        turn = await take_turn(agent, TurnOrder(str(number), text, (), None, encounter, to_data(facts_of(None))))
        encounter = turn["encounter"]
        said.append([reply["text"] for reply in turn["replies"]])
    return said


class Whole(CollectingOutputChannel):
    """Keeps each reply in one piece: rasa's collector would cut it at its blank lines."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.texts.append(message["text"])


@pytest.mark.parametrize("opening", openings())
async def test_both_ways_give_the_same_replies(agent: Any, opening: str) -> None:
    texts = (opening, *AFTERWARDS)
    replies = await by_rasa(agent, texts)
    assert all(replies)
    assert replies == await by_turns(agent, texts)
