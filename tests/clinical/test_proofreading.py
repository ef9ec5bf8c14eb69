"""What patients are told, with everything filled in, is read by the same rules as the wording; damage is noticed."""

import random
from dataclasses import replace
from importlib.util import find_spec

import pytest

from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.knowledge.filled import Proofreader
from tests.clinical.proofreader import strictest
from tests.clinical.walk import walk

CONVERSATIONS = 500
HARD = "Musculoskeletal manifestations necessitate comprehensive physiological evaluation. " * 5


def _told(reader: Proofreader, *texts: str, flagged: bool = False, closes: bool = False) -> list[str]:
    replies = [Reply(ReplyKind.MESSAGE, text) for text in texts]
    return [problem.complaint for problem in reader.problems(replies, flagged=flagged, closes=closes)]


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("playback", "So far I have: {said} That is probably a muscle.", "a likelihood"),
        ("fallback.again", "You seem to have sciatica.", "a disease"),
        ("why.default", "There is nothing to worry about.", "it reassures"),
        ("result.examination", "Needling cures this.", "a cure"),
        ("result.book", "It helps 80% of people.", "a percentage"),
        ("question.where", "Where is it? Our number is 604-555-0199.", "a phone number"),
        ("question.who", "Who is it for? In Europe call 112.", "a phone number"),
        ("same_day.default", "Please go to {walk_in} today, or have a scan.", "speaks of scans"),
        ("result.get_help", "Come back at any time.", "where to get help"),
        ("booking.done", "Thank you. A person will call you.", "where to get help"),
        ("booking.later", "All right.", "where to get help"),
        ("control.talk_to_person", "I told our front desk.", "where to get help"),
        ("handoff.unanswered_safety", "I asked our team to call you.", "where to get help"),
        ("urgent.again.emergency", "I wrote that down.", "whom to call now"),
        pytest.param(
            "question.who",
            HARD,
            "reads at grade",
            marks=pytest.mark.skipif(find_spec("textstat") is None, reason="textstat is in the web environment only"),
            id="hard to read",
        ),
    ],
)
def test_random_conversations_notice_damaged_wording(
    key: str, text: str, why: str, facts: Facts, protocol: Protocol
) -> None:
    damaged = replace(protocol, wording={**protocol.wording, key: text})
    reader = strictest(facts, damaged)
    with pytest.raises(AssertionError, match=why):
        _walk_many(facts, damaged, reader)


def _walk_many(facts: Facts, protocol: Protocol, reader: Proofreader) -> None:
    for seed in range(CONVERSATIONS):
        walk(random.Random(seed), facts, protocol, proofreader=reader)


@pytest.mark.parametrize("number", ["911", "8-1-1", "604-555-0100"])
def test_numbers_of_the_region_and_the_clinic_may_be_told(proofreader: Proofreader, number: str) -> None:
    assert _told(proofreader, f"Call {number}.") == []


@pytest.mark.parametrize("number", ["112", "604-555-0101", "16045550100", "9110", "1-604-555-0100"])
def test_no_other_number_may(proofreader: Proofreader, number: str) -> None:
    assert any("a phone number" in complaint for complaint in _told(proofreader, f"Call {number}."))


def test_an_address_may_hold_a_number_that_is_not_one_to_call(facts: Facts, protocol: Protocol) -> None:
    clinic = Clinic("Clinic", "604-555-0100", address="911 Main Street, V5K 0A1", fees="A first visit is 120 dollars")
    reader = strictest(replace(facts, clinic=clinic), protocol)
    assert _told(reader, "You find us at 911 Main Street, V5K 0A1. A first visit is 120 dollars.") == []
    assert _told(reader, "A first visit is 130 dollars.") != []


def test_a_phone_number_may_hold_a_shorter_one(facts: Facts, protocol: Protocol) -> None:
    reader = strictest(replace(facts, clinic=Clinic("Clinic", "604 911 0100")), protocol)
    assert _told(reader, "Call us at 604 911 0100, or 911 in an emergency.") == []


def test_patients_words_are_not_held_against_us(proofreader: Proofreader) -> None:
    words = "it is probably sciatica, call 604-555-0199"
    assert _told(proofreader, f"You told us: “{words}”.") == []
    assert len(_told(proofreader, f"You told us: {words}.")) == 3


def test_figures_may_stand_in_an_answer_only(facts: Facts, protocol: Protocol) -> None:
    answer = "About 5% are sore for a day (Brady 2014)."
    reader = strictest(facts, replace(protocol, faq={**protocol.faq, "side_effects": answer}))
    assert _told(reader, answer) == []
    assert _told(reader, f"Thank you. {answer}") == ["a percentage stands in it"]


def test_the_rows_of_a_result_card_are_read_too(proofreader: Proofreader) -> None:
    reply = Reply(ReplyKind.MESSAGE, "Thank you.", card=(("Result", "nothing serious"),))
    (problem,) = proofreader.problems([reply], flagged=False, closes=False)
    assert "it reassures" in problem.complaint


def test_scans_may_be_told_of_without_a_flag_only(proofreader: Proofreader) -> None:
    assert _told(proofreader, "Any scans so far?") == []
    assert _told(proofreader, "Any scans so far?", flagged=True) == ["advice for a red flag speaks of scans: 'scans'"]


def test_any_reply_of_the_turn_that_closes_may_hold_the_safety_net(proofreader: Proofreader) -> None:
    net = "If it gets worse, call 8-1-1, or 911 in an emergency."
    assert _told(proofreader, net, "Goodbye.", closes=True) == []
    assert _told(proofreader, "Goodbye.", closes=False) == []
    assert any("where to get help" in complaint for complaint in _told(proofreader, "Goodbye.", closes=True))
