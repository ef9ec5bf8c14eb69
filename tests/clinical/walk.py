"""Random conversations, seeded, each step held to what no patient may ever meet."""

import random

from bot.clinical.codec import from_data, to_data
from bot.clinical.confirm import CHANGE
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Facts
from bot.clinical.fixes import PLACE, TIME
from bot.clinical.plan import MOST_QUESTIONS
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Mention, RedFlag
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.safety import is_screened
from bot.clinical.vocabulary import Answer, Finding, FlagClass, Level, Presence, Region
from bot.clinical.wishes import TAPS
from bot.knowledge.answers import TOPICS
from bot.knowledge.filled import Proofreader
from tests.clinical.patient import Patient, mention, red_flag

STEPS = 22
ASKED = (
    *[f"faq/{topic}" for topic in TOPICS],
    *["repeat", "why_asking", "show_summary", "talk_to_person", "book_exam"] * 3,
    *["what_do_you_know", "complain", "delete_my_data", "stop_messages", "go_back", "goodbye", "thank"],
)
"""What is asked for; each answer may come up, and what moves the conversation on comes up more often."""
HANDED_OVER = ("asked", "unanswered_safety", "complaint", "stop")
"""Reasons for which the conversation is passed to a person."""
ANSWERED = ("describe_symptom", "greet", "start_over", "nonsense", "out_of_scope", "deny", "affirm", "unsure")
INTENTS = (*ASKED, *ANSWERED)


def walk(chance: random.Random, facts: Facts, protocol: Protocol, *, proofreader: Proofreader) -> Patient:
    """The patient after one random conversation; AssertionError names the promise it broke."""
    patient = Patient(facts, protocol)
    for _ in range(STEPS):
        before = patient.encounter
        goes_back = _step(patient, chance)
        if patient.turn and any(reply.erased for reply in patient.turn.replies):
            return patient  # nothing of it is left
        _check(patient, before, goes_back=goes_back)
        _proofread(patient, before, proofreader)
        if patient.encounter.answered == () and before.answered:
            return patient  # started over: the counts begin anew
    return patient


def _step(patient: Patient, chance: random.Random) -> bool:
    """One thing said or tapped; whether it goes back to an earlier answer."""
    waiting = patient.encounter.open_question
    if chance.random() < 0.07:
        tap = chance.choice((*TAPS, "go_back", "change"))
        patient.taps(f"control.{tap}")
        return tap == "go_back"
    if waiting and waiting.fixes and chance.random() < 0.08:
        fix = chance.choice(waiting.fixes).id
        patient.taps(fix)
        return fix in (PLACE, TIME)
    if waiting and waiting.choices and chance.random() < 0.7:
        ids = [choice.id for choice in waiting.choices]
        few = chance.sample(ids, k=min(len(ids), chance.choice((1, 1, 1, 2, 3))))
        patient.taps(*(few if waiting.multiple else few[:1]))
        return waiting.id == CHANGE
    answer = chance.choice((None, None, Answer.NO, Answer.YES, Answer.UNSURE))
    contact = ContactDetails(phone="+16045550182") if chance.random() < 0.1 else None
    intents = (chance.choice(INTENTS),) if chance.random() < 0.5 else ()
    flags = (_flag(chance),) if chance.random() < 0.08 else ()
    patient.says("words", *_mentions(chance), flags=flags, intents=intents, answer=answer, contact=contact)
    return "go_back" in intents


def _mentions(chance: random.Random) -> tuple[Mention, ...]:
    findings = chance.sample(list(Finding), k=chance.choice((0, 0, 1, 2)))
    region = chance.choice(list(Region)).value
    presence = chance.choice(list(Presence)).value
    return tuple(mention(one.value, f"my {one.value}", presence=presence, regions=(region,)) for one in findings)


def _flag(chance: random.Random) -> RedFlag:
    level = chance.choice((Level.EMERGENCY, Level.CRISIS, Level.SAME_DAY, Level.SEE_DOCTOR))
    return red_flag(chance.choice(list(FlagClass)).value, level.value, ask=chance.random() < 0.3)


def _check(patient: Patient, before: Encounter, *, goes_back: bool) -> None:
    turn, encounter = patient.turn, patient.encounter
    assert turn is not None
    assert turn.replies, "silence"
    assert from_data(Encounter, to_data(encounter)) == encounter
    assert len(encounter.asked) <= MOST_QUESTIONS
    assert all(reply.text.strip() for reply in turn.replies)
    _check_levels(encounter, before)
    for reply in turn.replies:
        _check_reply(reply, patient, before, goes_back=goes_back)


def _proofread(patient: Patient, before: Encounter, proofreader: Proofreader) -> None:
    """Every text, with everything filled in, keeps the rules of the wording."""
    turn, after = patient.turn, patient.encounter
    assert turn is not None
    is_closed = after.stage is Stage.CLOSED and before.stage is not Stage.CLOSED
    is_handed_over = after.person_requested != before.person_requested and after.person_requested in HANDED_OVER
    problems = proofreader.problems(turn.replies, flagged=bool(after.flags), closes=is_closed or is_handed_over)
    assert not problems, "; ".join(map(str, problems))


def _check_levels(encounter: Encounter, before: Encounter) -> None:
    told = [flag.level.urgency for flag in encounter.flags if flag.told]
    if told:
        assert encounter.disposition is not None
        assert encounter.disposition.urgency <= min(told)
    if before.disposition is not None and before.flags:
        assert encounter.disposition is not None
        assert encounter.disposition.urgency <= before.disposition.urgency


def _check_reply(reply: Reply, patient: Patient, before: Encounter, *, goes_back: bool) -> None:
    encounter = patient.encounter
    if reply.kind is ReplyKind.RESULT:
        assert is_screened(encounter, patient.protocol), "a result without its safety lists"
    if reply.kind is ReplyKind.QUESTION and reply.question in before.answered and not goes_back:
        raise AssertionError(f"{reply.question} was asked again after it was answered")
