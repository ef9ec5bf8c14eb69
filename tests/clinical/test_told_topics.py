"""Questions about the clinic that are told without being asked, and words that only look like a question."""

import pytest

from bot.clinical.event import Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Reading
from bot.clinical.wishes import wishes_of, with_topics_told


def _wishes(text: str, protocol: Protocol, *, intent: str, waiting: bool = True) -> tuple[str, ...]:
    event = Said("id", Reading(text), (), (Intent(intent, 0.7),))
    return with_topics_told(wishes_of(event, protocol, waiting=waiting, answered=False), event, protocol=protocol)


@pytest.mark.parametrize("text", ["am i too young for this im 14", "hes 9 is that too young", "do u do kids"])
def test_who_is_too_young_is_told_of_children(text: str, protocol: Protocol) -> None:
    assert "faq/children" in _wishes(text, protocol, intent="describe_symptom")


@pytest.mark.parametrize(
    "text", ["lol ur a robot say something funny", "r u a bot", "talking to a robot, me, at my age"]
)
def test_who_speaks_of_a_robot_is_told_what_this_is(text: str, protocol: Protocol) -> None:
    assert "faq/are_you_human" in _wishes(text, protocol, intent="nonsense")


@pytest.mark.parametrize(
    "text",
    ["wait, no I don't sweat at the hip, who does", "no?? it is the left one", "naw, it's not numb, who doesn't"],
)
def test_a_protest_asks_nothing(text: str, protocol: Protocol) -> None:
    assert _wishes(text, protocol, intent="faq/who_performs") == ()


@pytest.mark.parametrize("text", ["who does the needling", "no, but who does it?", "ok. who will do the treatment"])
def test_a_question_within_the_same_words_is_still_one(text: str, protocol: Protocol) -> None:
    assert _wishes(text, protocol, intent="faq/who_performs") == ("faq/who_performs",)
