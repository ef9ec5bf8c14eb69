"""What patients are told, as it reaches them: whole conversations held to the rules of the linter."""

import random

import pytest

from bot.bootstrap import build
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.summary import summarise
from bot.clinical.view import view
from bot.knowledge.answers import TOPICS
from bot.knowledge.lint_rules import read_wording_rules
from bot.knowledge.shelf import HERE
from bot.settings import demo
from bot.web.factory import app_on
from tests.clinical.proofreader import strictest
from tests.clinical.walk import walk
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


def test_a_minor_who_taps_their_age_is_named_to_the_desk(talk: Talk) -> None:
    conversation = talk("my knee hurts", ["none"], ["me_under_19"])
    assert "under 19" in " ".join(summarise(conversation.encounter, conversation.protocol))


async def test_the_page_as_it_is_sent_says_without_scripts_whom_to_call(protocol: Protocol, tmp_path) -> None:
    built = build(demo({"DATA_DIR": str(tmp_path)}))
    async with client_of(app_on(built)) as client:
        page = (await client.get("/chat")).text
    without_scripts = page.split("<noscript>")[1].split("</noscript>")[0]
    region = protocol.region
    for number in (region.emergency_number, region.nurse_line, region.crisis_line, built.clinic.phone):
        assert number in without_scripts
    assert "numbness between the legs" in without_scripts
