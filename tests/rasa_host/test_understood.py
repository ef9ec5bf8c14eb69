"""What the trained model understands, of the test stories and of a writer whose voice it has not learned from."""

from typing import Any

import pytest

from actions.intents import said_intents
from bot.rasa_host.turn import fresh_tracker, parse, processor_of
from scripts.data_file import read_yaml
from tests.rasa_host.conftest import ROOT

STORIES = ROOT / "tests" / "stories" / "test_stories.yml"
MEASURES = ROOT / "tests" / "nlu"
VOICES = ("dov", "ira", "kit")
LISTS = ("", "_leo")
STRANGE = {"out_of_scope", "nonsense"}


def public(name: str) -> str:
    return name.replace("faq_", "faq/", 1) if name.startswith("faq_") else name


def story_steps() -> list[tuple[str, str]]:
    stories = read_yaml(STORIES)["stories"]
    steps = [story["steps"][0] for story in stories]
    return [(step["user"].strip(), public(step["intent"])) for step in steps if "user" in step]


def held_out(voice: str) -> list[tuple[str, str]]:
    entries = measure(f"heldout_{voice}")["nlu"]
    return [(line[2:], public(one["intent"])) for one in entries for line in one["examples"].splitlines()]


def measure(name: str) -> Any:
    return read_yaml(MEASURES / f"{name}.yml")


async def understood(agent: Any, text: str) -> list[str]:
    processor = processor_of(agent)
    return [one.name for one in said_intents(await parse(processor, text, fresh_tracker(processor)))]


@pytest.mark.parametrize(("text", "intent"), story_steps())
async def test_every_story_is_understood_as_its_intent(agent: Any, text: str, intent: str) -> None:
    assert (await understood(agent, text))[0] == intent


@pytest.mark.parametrize("voice", VOICES)
async def test_a_voice_never_heard_is_understood_19_times_in_20(agent: Any, voice: str) -> None:
    right = [(await understood(agent, text))[0] == intent for text, intent in held_out(voice)]
    assert sum(right) / len(right) >= 0.94


@pytest.mark.parametrize("voice", VOICES)
async def test_one_intent_is_rarely_taken_for_two(agent: Any, voice: str) -> None:
    counts = [len(await understood(agent, text)) for text, _ in held_out(voice)]
    assert counts.count(2) / len(counts) <= 0.05


@pytest.mark.parametrize("which", LISTS)
async def test_two_intents_are_mostly_both_heard_and_hardly_ever_invented(agent: Any, which: str) -> None:
    cases = measure(f"double{which}")
    said = [set(await understood(agent, case["text"])) for case in cases]
    meant = [set(case["intents"]) for case in cases]
    heard = sum(len(one & other) for one, other in zip(said, meant, strict=True))
    assert sum(one <= other for one, other in zip(meant, said, strict=True)) / len(cases) >= 0.8
    assert heard / sum(map(len, said)) >= 0.95


@pytest.mark.parametrize("which", LISTS)
async def test_what_is_none_of_our_business_is_said_to_be_so(agent: Any, which: str) -> None:
    found = [STRANGE.intersection(await understood(agent, one["text"])) for one in measure(f"strangers{which}")]
    assert sum(map(bool, found)) / len(found) >= 0.93


@pytest.mark.parametrize("which", LISTS)
async def test_hardly_any_complaint_is_taken_for_none_of_our_business(agent: Any, which: str) -> None:
    first = [(await understood(agent, text))[0] for text in measure(f"symptoms{which}")]
    assert first.count("describe_symptom") / len(first) >= 0.9
    assert sum(intent in STRANGE for intent in first) / len(first) <= 0.02
