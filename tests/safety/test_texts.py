"""What patients are told, as it reaches them: whole conversations held to the rules of the linter."""

import random
from pathlib import Path

import pytest

from bot.bootstrap.building import build
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.summary import summarise
from bot.clinical.view import view
from bot.knowledge import load_protocol
from bot.knowledge.answers import TOPICS
from bot.knowledge.lint_rules import read_wording_rules
from bot.knowledge.shelf import HERE
from bot.reading.flags import Screen
from bot.reading.reader import Reader
from bot.settings import demo
from bot.web.factory import app_on
from tests.clinical.proofreader import strictest
from tests.clinical.walk import walk
from tests.conversations.test_conversations import Conversation
from tests.safety.conftest import Talk
from tests.web.conftest import client_of

CONVERSATIONS = 400
RULES = read_wording_rules(HERE, "en").rules
FOR_ALL = [rule for rule in RULES if "*" in rule.keys]


@pytest.fixture(scope="module")
def told(facts: Facts, protocol: Protocol) -> list[Reply]:
    """Every reply of many random conversations."""
    reader = strictest(facts, protocol)
    chances = [random.Random(f"texts-{seed}") for seed in range(CONVERSATIONS)]
    patients = [walk(chance, facts, protocol, proofreader=reader) for chance in chances]
    return [reply for patient in patients for reply in patient.replies]


def test_nothing_told_reassures_promises_or_advises_treatment(told: list[Reply]) -> None:
    texts = {reply.text for reply in told}
    assert len(texts) > CONVERSATIONS
    assert {rule.id for rule in FOR_ALL} >= {
        "reassurance",
        "promise",
        "prognosis",
        "deterring",
        "suitability",
        "medicine",
    }
    broken = [(rule.id, text) for text in texts for rule in FOR_ALL if rule.breach(text)]
    assert broken == []


def test_every_result_says_when_to_get_help_and_that_it_is_no_test(told: list[Reply], protocol: Protocol) -> None:
    results = [reply.text for reply in told if reply.kind is ReplyKind.RESULT]
    assert len(results) > CONVERSATIONS / 20
    for text in results:
        assert f"Call {protocol.region.emergency_number}" in text
        assert "Get help right away if" in text
        assert "of the 7 things" not in text or "It is a count, not a test" in text


@pytest.mark.parametrize("question", ["do I have a disc bulge?", "is it sciatica?", "what is wrong with me?"])
def test_who_asks_for_a_diagnosis_is_given_none_whatever_the_question_is_taken_for(talk: Talk, question: str) -> None:
    disease = next(rule for rule in RULES if rule.id == "own_disease")
    for topic in [*TOPICS, "describe_symptom", "out_of_scope", "nonsense", "why_asking", "show_summary"]:
        conversation = talk("my lower back burns")
        conversation.take({"says": question, "intents": [topic if topic not in TOPICS else f"faq/{topic}"]})
        assert [reply.text for reply in conversation.replies if disease.breach(reply.text)] == []


@pytest.mark.parametrize("text", ["I am 14 and my knee hurts", "my knee hurts, I'm 16"])
def test_a_minor_who_says_their_age_is_noted_for_the_desk(talk: Talk, text: str) -> None:
    assert view(talk(text).encounter)["precautions"] == ["minor"]


@pytest.mark.parametrize("answer", [["me_under_19"], ["other_under_19"], "15", "she is 12"])
def test_a_minor_who_taps_or_types_their_age_is_noted_for_the_desk(talk: Talk, answer: str | list[str]) -> None:
    conversation = talk("my knee hurts", ["none"], answer)
    assert view(conversation.encounter)["precautions"] == ["minor"]
    assert "under 19" in " ".join(summarise(conversation.encounter, conversation.protocol))


@pytest.mark.parametrize("answer", [["me_19_49"], ["other_19_49"], "19", "me, 40"])
def test_who_is_of_age_is_no_minor(talk: Talk, answer: str | list[str]) -> None:
    assert view(talk("my knee hurts", ["none"], answer).encounter)["precautions"] == []


def test_the_age_of_majority_is_the_regions(reading: tuple[Reader, Screen], facts: Facts, tmp_path: Path) -> None:
    overlay = tmp_path / "elsewhere.yml"
    overlay.write_text('clinic: "Elsewhere"\nregion: {age_of_majority: 18}\n', encoding="utf-8")
    conversation = Conversation((*reading, load_protocol(overlay=overlay)), facts)
    for step in ({"says": "I am 18 and my knee hurts", "intents": ["describe_symptom"]}, {"taps": ["none"]}):
        conversation.take(step)
    labels = {choice.id: choice.label for choice in conversation.replies[-1].choices}
    assert (labels["me_under_19"], labels["me_19_49"]) == ("For me, under 18", "For me, 18 to 49")
    conversation.take({"taps": ["me_19_49"]})
    assert view(conversation.encounter)["precautions"] == []


async def test_the_page_as_it_is_sent_says_without_scripts_whom_to_call(protocol: Protocol, tmp_path) -> None:
    built = build(demo({"DATA_DIR": str(tmp_path)}))
    async with client_of(app_on(built)) as client:
        page = (await client.get("/chat")).text
    without_scripts = page.split("<noscript>")[1].split("</noscript>")[0]
    region = protocol.region
    for number in (region.emergency_number, region.nurse_line, region.crisis_line, built.clinic.phone):
        assert number in without_scripts
    assert "numbness between the legs" in without_scripts
