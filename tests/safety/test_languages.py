"""Patients who write in another language: nothing they write clears a list, and each is told whom to call."""

import pytest

from bot.bootstrap.desk import build_desk
from bot.bootstrap.parts import Built
from bot.clinical.protocol import Protocol
from bot.clinical.reply import ReplyKind
from bot.clinical.view import view
from bot.knowledge.lint_rules import read_wording_rules
from bot.knowledge.shelf import HERE
from bot.service.inquiry import inquiry_of
from bot.service.records import Incoming
from tests.desk.queues import queue
from tests.safety.conftest import Talk
from tests.service.clinic import shown

CANNOT_PEE = {
    "es": ["no puedo orinar", "no siento nada cuando me limpio"],
    "fr": ["non je ne peux pas uriner", "je ne sens plus rien quand je m'essuie", "je n'arrive plus à uriner"],
    "zh-Hans": ["我擦的时候没有感觉", "我不能小便"],
    "zh-Hant": ["我擦嘅時候冇感覺"],
    "pa": ["ਮੈਨੂੰ ਪਿਸ਼ਾਬ ਨਹੀਂ ਆਉਂਦਾ"],
    "de": ["ich kann nicht pinkeln"],
    "vi": ["tôi không đi tiểu được"],
    "tl": ["hindi ako makaihi"],
    "ar": ["لا أستطيع التبول"],
    "ru": ["не могу помочиться"],
}
SAID = [(tag, text) for tag, texts in CANNOT_PEE.items() for text in texts]
OWN_TEXT = ("es", "fr", "zh-Hans", "zh-Hant", "pa")
ANA = "Ana Ruiz 604 555 0188"


@pytest.mark.parametrize(("tag", "text"), SAID)
def test_an_answer_in_another_language_clears_nothing_and_a_person_is_asked(talk: Talk, tag: str, text: str) -> None:
    conversation = talk("my lower back hurts", text, text)
    assert conversation.encounter.cleared == ()
    assert conversation.encounter.answered == ()
    assert conversation.encounter.person_requested == "other_language"
    assert view(conversation.encounter)["language"] == tag


@pytest.mark.parametrize(("tag", "text"), SAID)
def test_they_are_told_on_that_message_whom_to_call(talk: Talk, protocol: Protocol, tag: str, text: str) -> None:
    conversation = talk("my lower back hurts", text)
    told = " ".join(reply.text for reply in conversation.replies)
    for number in (protocol.region.emergency_number, protocol.region.nurse_line, conversation.facts.clinic.phone):
        assert number in told
    assert ("English" in told) is (tag not in OWN_TEXT)
    assert "safety" not in {reply.question for reply in conversation.replies}


@pytest.mark.parametrize(
    "text",
    [
        "no puc orinar",
        "ne mogu da mokrim, no",
        "no hubo sensación",
        "non",
        "nein",
        "nada",
        "no possum mingere",
        "nekako ne ide",
    ],
)
def test_a_denial_with_words_that_are_no_english_clears_no_list(talk: Talk, text: str) -> None:
    conversation = talk("my lower back hurts")
    conversation.take({"says": text, "intents": ["deny"]})
    assert conversation.encounter.cleared == ()


def test_a_lone_no_after_another_language_clears_nothing(talk: Talk) -> None:
    conversation = talk("my lower back hurts", "no puedo orinar")
    for _ in range(4):
        conversation.take({"says": "no", "intents": ["deny"]})
        assert conversation.encounter.cleared == ()


def test_the_whole_text_comes_once_then_a_short_form_then_thanks(talk: Talk) -> None:
    conversation = talk("me duele la espalda desde hace seis meses")
    whole = conversation.replies[0].text
    conversation.take({"says": "no entiendo nada de esto porque no hablo inglés"})
    short = conversation.replies[0].text
    conversation.take({"says": ANA})
    thanks = conversation.replies[0].text
    assert len(short) < len(whole)
    assert thanks.startswith("Gracias")
    assert [reply.question for reply in conversation.replies] == [None]


def test_a_red_flag_comes_first_and_the_text_stands_beside_it(talk: Talk) -> None:
    conversation = talk("no puedo hablar bien inglés, I can't pee and my crotch is numb, desde ayer no siento nada")
    kinds = [reply.kind for reply in conversation.replies]
    assert kinds[0] is ReplyKind.EMERGENCY
    assert "Lo siento" in conversation.replies[1].text
    conversation.take({"says": "no entiendo porque no hablo inglés"})
    assert conversation.replies[0].kind is ReplyKind.EMERGENCY
    assert "inglés" in conversation.replies[1].text


def test_english_afterwards_goes_on_where_it_was(talk: Talk) -> None:
    conversation = talk("my lower back hurts", "no puedo orinar")
    conversation.take({"says": "sorry, my friend wrote that. none of these fits me", "intents": ["deny"]})
    assert conversation.encounter.open_question is not None
    assert conversation.encounter.open_question.id == "safety.cauda_equina"
    conversation.take({"taps": ["none"]})
    assert "saddle_numb" in conversation.encounter.cleared


def test_it_comes_whatever_the_stage(talk: Talk) -> None:
    for steps in (["no puedo orinar"], ["my knee hurts", ["none"], "no puedo orinar"]):
        assert "Lo siento" in talk(*steps).replies[0].text
    booking = talk("I want to book a visit", "no puedo llamar por teléfono hoy", intents=("book_exam",))
    assert "Lo siento" in booking.replies[0].text


def test_the_desk_is_asked_for_a_call_in_that_language_today(talk: Talk) -> None:
    conversation = talk("no puedo orinar", ANA)
    request = conversation.encounter.request
    assert request is not None
    assert (request.language, request.call_back, request.contact.phone) == ("es", True, "+16045550188")
    inquiry, later = inquiry_of(conversation.encounter), inquiry_of(talk("my neck is stiff").encounter)
    assert inquiry is not None
    assert later is not None
    assert inquiry.urgency < later.urgency


async def test_it_needs_no_rasa_and_the_desk_shows_the_language(built: Built, protocol: Protocol) -> None:
    session = (await built.service.conversations.open(channel="web", language="en")).session
    replies = await built.service.conversations.take(session, Incoming("one", "no puedo orinar"))
    assert "Lo siento" in shown(replies)[0]["text"]
    desk = build_desk(built.settings, database=built.database, protocol=protocol)
    entry, *_ = queue(desk, "open").entries
    assert (entry.spoken, entry.person_requested) == ("es", "other_language")


def test_no_text_in_another_language_promises_or_names_an_illness(protocol: Protocol) -> None:
    rules = [rule for rule in read_wording_rules(HERE, "en").rules if "*" in rule.keys]
    texts = [text for one in protocol.languages.values() for text in (one.told, one.short, one.thanks) if text]
    assert len(texts) == 3 * len(OWN_TEXT)
    assert [text for text in texts for rule in rules if rule.breach(text)] == []
