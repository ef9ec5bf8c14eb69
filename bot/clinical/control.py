"""Replies to wishes: FAQ answers, small talk, and control of the conversation, before the question comes back."""

from dataclasses import dataclass, replace

from bot.clinical.booking import OFFER, reachable, start
from bot.clinical.effect import Effect, RequestPerson
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.playback import playback
from bot.clinical.red_flags import withholds_scans
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.tally import tally
from bot.clinical.voice import Voice, question
from bot.clinical.wishes import FAQ

START_OVER = "confirm.start_over"
PERSON_REASONS = {
    "talk_to_person": "asked",
    "complain": "complaint",
    "delete_my_data": "erase",
    "stop_messages": "stop",
}
STRONGEST = (
    "unanswered_safety",
    "returning_patient",
    "other_language",
    "erase",
    "stop",
    "asked",
    "complaint",
    "question",
)
"""Reasons for a person, the one the desk must see first."""
BOOKING_FROM = (Stage.OPENING, Stage.CLOSED)
SILENT = ("repeat",)
"""Wishes whose only answer is the question itself."""


@dataclass(frozen=True)
class Granted:
    """What granting one wish gives: the encounter, replies, effects, and whether it put a question of its own."""

    encounter: Encounter
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    asks: bool = False


def grant(encounter: Encounter, wish: str, voice: Voice) -> Granted:
    """The reply to one wish, and what it changes."""
    if wish.startswith(FAQ):
        return _answer_faq(encounter, wish.removeprefix(FAQ), voice)
    if wish == "book_exam":
        return _book(encounter, voice)
    if wish in PERSON_REASONS:
        return _person(encounter, wish, voice)
    if wish == "start_over":
        return _start_over(encounter, voice)
    if wish == "why_asking":
        return Granted(encounter, (_why(encounter, voice),))
    if wish in ("show_summary", "what_do_you_know"):
        return Granted(encounter, (_summary(encounter, wish, voice),))
    if wish in SILENT and encounter.open_question:
        return Granted(encounter)
    return Granted(encounter, (voice.message(f"control.{wish}"),))


def started_over(encounter: Encounter) -> Encounter:
    """A fresh encounter that keeps what is never deleted: flags, the request and what staff were asked for."""
    return Encounter(
        protocol_version=encounter.protocol_version,
        flags=encounter.flags,
        disposition=encounter.disposition if encounter.flags else None,
        request=encounter.request,
        person_requested=encounter.person_requested,
        language=encounter.language,
        known_patient=encounter.known_patient,
        returning=encounter.returning,
        appointment=encounter.appointment,
    )


def _answer_faq(encounter: Encounter, topic: str, voice: Voice) -> Granted:
    answer = voice.faq(topic)
    if answer is not None and withholds_scans(encounter) and any(word in answer for word in voice.protocol.scan_words):
        return Granted(encounter, (voice.message("faq.withheld"),))
    if answer is not None:
        return Granted(encounter, (Reply(ReplyKind.MESSAGE, answer),))
    passed_on = Reply(ReplyKind.MESSAGE, voice.faq_unknown(topic))
    return Granted(asked_for(encounter, "question"), (passed_on,), (RequestPerson("question"),))


def asked_for(encounter: Encounter, reason: str) -> Encounter:
    """The encounter with the strongest reason for which a person is wanted."""
    known = encounter.person_requested
    strongest = min((one for one in (known, reason) if one), key=STRONGEST.index)
    return replace(encounter, person_requested=strongest)


def _book(encounter: Encounter, voice: Voice) -> Granted:
    waits_for_offer = encounter.open_question is not None and encounter.open_question.id == OFFER
    if encounter.stage in BOOKING_FROM or waits_for_offer:
        encounter, asked = start(encounter, voice, call_back=False)
        return Granted(encounter, (asked,) if asked else (), asks=True)
    if encounter.stage is Stage.SCREENING:
        return Granted(replace(encounter, wants_appointment=True), (voice.message("control.book_first"),))
    return Granted(encounter)


def _person(encounter: Encounter, wish: str, voice: Voice) -> Granted:
    reason = PERSON_REASONS[wish]
    effects = (RequestPerson(reason),)
    encounter = asked_for(encounter, reason)
    said = voice.message(f"control.{wish}")
    may_ask = encounter.stage in BOOKING_FROM or (encounter.open_question and encounter.open_question.id == OFFER)
    if wish == "talk_to_person" and may_ask and not reachable(encounter):
        encounter, asked = start(encounter, voice, call_back=True)
        return Granted(encounter, (said, asked) if asked else (said,), effects, asks=True)
    return Granted(encounter, (said,), effects)


def _start_over(encounter: Encounter, voice: Voice) -> Granted:
    choices = voice.offered("common", "yes", "no")
    asked = question(ReplyKind.MESSAGE, START_OVER, prompt=voice.say("control.start_over"), choices=choices)
    return Granted(replace(encounter, open_question=OpenQuestion(START_OVER, choices)), (asked,), asks=True)


def _why(encounter: Encounter, voice: Voice) -> Reply:
    id = encounter.open_question.id if encounter.open_question else "nothing"
    return Reply(ReplyKind.MESSAGE, voice.first(f"why.{id}", f"why.{id.split('.')[0]}", "why.default"))


def _summary(encounter: Encounter, wish: str, voice: Voice) -> Reply:
    count = tally(encounter)
    heard = playback(encounter, voice) or voice.say("control.nothing_yet")
    counted = voice.say("result.tally", present=count.present, of=count.of) if count.present else ""
    return Reply(ReplyKind.MESSAGE, " ".join(part for part in (heard, counted, voice.say(f"control.{wish}")) if part))
