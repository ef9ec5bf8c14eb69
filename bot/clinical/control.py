"""Replies to wishes: FAQ answers, small talk, and control of the conversation, before the question comes back."""

from dataclasses import dataclass, replace

from bot.clinical.ask import why
from bot.clinical.booking import OFFER, reachable, start
from bot.clinical.confirm import ERASE, START_OVER, STOP, confirm, offer_changes
from bot.clinical.effect import Effect, EraseConversation, RequestPerson
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.erasing import may_be_erased
from bot.clinical.knows import everything_known
from bot.clinical.playback import playback
from bot.clinical.progress import progress
from bot.clinical.red_flags import withholds_scans
from bot.clinical.reopen import reopened
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.tally import tally
from bot.clinical.voice import Voice
from bot.clinical.wishes import CHANGE, FAQ, HOW_FAR, KEEP_VISIT, MORE

PERSON_REASONS = {
    "talk_to_person": "asked",
    "complain": "complaint",
}
CONFIRMED = {"start_over": START_OVER, "stop_messages": STOP}
"""What is only done after a yes."""
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
    if wish in CONFIRMED:
        return _asking(*confirm(encounter, CONFIRMED[wish], voice))
    if wish == "delete_my_data":
        key = "control.erase" if may_be_erased(encounter) else "control.erase_booked"
        return _asking(*confirm(encounter, ERASE, voice, key=key))
    if wish in ("go_back", CHANGE):
        return _change(encounter, wish, voice)
    if wish == MORE:
        return _more(encounter, voice)
    if wish == KEEP_VISIT:
        return Granted(encounter, (voice.message("faq.keep_visit"),))
    if wish in SILENT and encounter.open_question:
        return Granted(encounter)
    return Granted(encounter, (_told(encounter, wish, voice),))


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


def erased(encounter: Encounter, voice: Voice) -> Granted:
    """What is done after the yes: an anonymous inquiry is erased whole, a booked one by a person at the clinic."""
    if may_be_erased(encounter):
        fresh = Encounter(protocol_version=encounter.protocol_version)
        return Granted(fresh, (replace(voice.message("control.erased"), erased=True),), (EraseConversation(),))
    encounter = asked_for(encounter, "erase")
    return Granted(encounter, (voice.message("control.delete_my_data"),), (RequestPerson("erase"),))


def stopped(encounter: Encounter, voice: Voice) -> Granted:
    """What is done after the yes: the conversation is closed, and staff know that no more messages are wanted."""
    encounter = replace(asked_for(encounter, "stop"), stage=Stage.CLOSED, open_question=None)
    return Granted(encounter, (voice.message("control.stop_messages"),), (RequestPerson("stop"),))


def _asking(encounter: Encounter, asked: Reply) -> Granted:
    return Granted(encounter, (asked,), asks=True)


def _change(encounter: Encounter, wish: str, voice: Voice) -> Granted:
    if not encounter.given:
        return Granted(encounter, (voice.message("control.nothing_given"),))
    if wish == CHANGE:
        return _asking(*offer_changes(encounter, voice))
    encounter, asked = reopened(encounter, encounter.given[-1], voice)
    return Granted(encounter, (asked,) if asked else (), asks=True)


def _more(encounter: Encounter, voice: Voice) -> Granted:
    """What else there is to say of the question about the clinic that was answered last, and where it comes from."""
    told = voice.faq_more(encounter.last_topic) if encounter.last_topic else ()
    if any(_names_scans(encounter, text, voice) for text in told):
        return Granted(encounter, (voice.message("faq.withheld"),))
    replies = tuple(Reply(ReplyKind.MESSAGE, text) for text in told)
    return Granted(encounter, replies or (voice.message("faq.no_more"),))


def _told(encounter: Encounter, wish: str, voice: Voice) -> Reply:
    """A wish that a sentence grants."""
    if wish == "why_asking":
        id = encounter.open_question.id if encounter.open_question else "nothing"
        return Reply(ReplyKind.MESSAGE, why(id, voice))
    if wish == "show_summary":
        return _summary(encounter, voice)
    if wish == HOW_FAR:
        return _how_far(encounter, voice)
    if wish == "what_do_you_know":
        return Reply(ReplyKind.MESSAGE, everything_known(encounter, voice))
    return voice.message(f"control.{wish}")


def _how_far(encounter: Encounter, voice: Voice) -> Reply:
    """How many questions are likely still to come; in a booking, that only a few lines are needed."""
    known = progress(encounter, voice.protocol)
    if known is None:
        return voice.message("control.how_far_booking")
    at, of_about = known
    return voice.message("control.how_far_last" if at >= of_about else "control.how_far", at=at, all=of_about)


def _names_scans(encounter: Encounter, text: str, voice: Voice) -> bool:
    """The text speaks of scans, of which nothing is said beside a red flag."""
    return withholds_scans(encounter) and any(word in text for word in voice.protocol.scan_words)


def _answer_faq(encounter: Encounter, topic: str, voice: Voice) -> Granted:
    answer = voice.faq(topic)
    if answer is not None and _names_scans(encounter, answer, voice):
        return Granted(encounter, (voice.message("faq.withheld"),))
    if answer is not None:
        more = bool(voice.faq_more(topic))
        known = replace(encounter, last_topic=topic)
        return Granted(known, (Reply(ReplyKind.MESSAGE, answer, more=more),))
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


def _summary(encounter: Encounter, voice: Voice) -> Reply:
    count = tally(encounter)
    heard = playback(encounter, voice) or voice.say("control.nothing_yet")
    counted = voice.say("result.tally", present=count.present, of=count.of) if count.present else ""
    told = " ".join(part for part in (heard, counted, voice.say("control.show_summary")) if part)
    return Reply(ReplyKind.MESSAGE, told)
