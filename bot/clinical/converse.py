"""The ordinary turn: advice for new flags, wishes granted, then one next question, the result or the booking."""

from dataclasses import replace

from bot.clinical.asides import after_fix, confirmed, without_stale_confirmation
from bot.clinical.ask import ask, ask_again, played_back
from bot.clinical.booking import CONTACT, OFFER, booking_effects, offer, put_again, start, step, step_after
from bot.clinical.confirm import is_aside
from bot.clinical.control import asked_for, grant
from bot.clinical.conversation import Conversation
from bot.clinical.effect import Effect, RequestPerson
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.missed import missed
from bot.clinical.other_language import thanked
from bot.clinical.other_language import told as told_in_language
from bot.clinical.plan import next_question
from bot.clinical.playback import noted
from bot.clinical.red_flags import flagged_disposition, told, untold
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.result import give_result
from bot.clinical.returning import call_today
from bot.clinical.safety import is_screened
from bot.clinical.take import Taken
from bot.clinical.voice import Voice
from bot.clinical.wishes import FAQ

MOST_REMARKS = 2
"""Messages beside the point that cost a question nothing; what is not understood after them counts as missed."""
BOOKING_STAGES = (Stage.BOOKING, Stage.PRECAUTIONS)


def converse(taken: Taken, voice: Voice) -> Conversation:
    """The turn for a message that ends nothing."""
    taken = without_stale_confirmation(taken)
    turn = advise(Conversation(taken.encounter), voice)
    if taken.foreign:
        turn = turn.plus(*told_in_language(taken.before, turn.encounter, voice))
        return turn.plus(turn.encounter, effects=_kept_request(taken.before, turn.encounter))
    if taken.fix:
        return after_fix(turn, taken.fix, voice)
    if is_aside(taken.before.open_question) and taken.answered:
        return confirmed(turn, taken, voice)
    thanks = None if taken.wishes else thanked(taken.before, turn.encounter, voice)
    if thanks:
        return turn.plus(turn.encounter, thanks, effects=_kept_request(taken.before, turn.encounter))
    if turn.encounter.returning and not taken.before.returning:
        turn = turn.plus(turn.encounter, voice.message("returning.heard"))
    turn, asked = _grant_wishes(turn, taken.wishes, voice)
    turn = turn if asked else _go_on(turn, taken, voice)
    return turn.plus(turn.encounter, effects=_kept_request(taken.before, turn.encounter))


def advise(turn: Conversation, voice: Voice) -> Conversation:
    """Same-day and see-a-doctor flags are told on the turn that says them; the questions go on."""
    flags = untold(turn.encounter)
    if not flags:
        return turn
    level, name = flags[0].level.value, flags[0].flag_class.value
    advice = voice.first(f"{level}.{name}", f"{level}.default")
    encounter = replace(told(turn.encounter), disposition=flagged_disposition(turn.encounter))
    return turn.plus(encounter, Reply(ReplyKind.MESSAGE, advice))


def _grant_wishes(turn: Conversation, wishes: tuple[str, ...], voice: Voice) -> tuple[Conversation, bool]:
    for wish in wishes:
        granted = grant(turn.encounter, wish, voice)
        turn = turn.plus(granted.encounter, *granted.replies, effects=granted.effects)
        if granted.asks:
            return turn, True
    return turn, False


def _go_on(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    encounter = turn.encounter
    if encounter.stage is Stage.SCREENING:
        return _screen(turn, taken, voice)
    if encounter.stage in BOOKING_STAGES:
        return _book(turn, taken, voice)
    if encounter.stage is Stage.CLOSED:
        return turn if turn.replies else turn.plus(encounter, voice.message("closed.noted"))
    if taken.answered and taken.chosen:
        return _after_offer(turn, taken.chosen[0], voice)
    return _open(turn, taken, voice)


def _open(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    """Before any complaint: what was asked is answered, and a way on is offered with it."""
    encounter = turn.encounter
    heard = noted(taken.before, encounter, voice)
    turn = turn.plus(encounter, Reply(ReplyKind.MESSAGE, heard)) if heard else turn
    if not turn.replies:
        encounter = replace(encounter, misses=encounter.misses + 1)
        key = "fallback.opening" if encounter.misses == 1 else "fallback.person"
        turn = turn.plus(encounter, voice.message(key))
    elif not heard and not any(wish.startswith(FAQ) or wish == "out_of_scope" for wish in taken.wishes):
        return turn
    return turn.plus(*offer(encounter, voice))


def _screen(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    encounter = turn.encounter
    waiting = encounter.open_question
    if waiting is None or waiting.id.startswith("booking"):
        return _ask_next(turn, taken, voice)
    if taken.wishes and not taken.informed:
        return turn.plus(*ask_again(encounter, voice))
    if taken.remark and waiting.remarks < MOST_REMARKS:
        heard = replace(encounter, open_question=replace(waiting, remarks=waiting.remarks + 1))
        return turn.plus(heard, voice.message("control.remark")).plus(*ask_again(heard, voice))
    return _put_again_or_pass(turn, taken, voice)


def _ask_next(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    encounter = turn.encounter
    id = next_question(encounter, voice.protocol)
    if id is not None:
        heard = "" if taken.tapped else played_back(taken.before, encounter, voice)
        encounter, reply = ask(encounter, id, voice, heard=heard)
        return turn.plus(encounter, reply)
    if not is_screened(encounter, voice.protocol):
        return _hand_off(turn, voice)
    if encounter.returning:
        return turn.plus(*call_today(encounter, voice))
    encounter, result = give_result(encounter, voice)
    lead_on = _start_booking if encounter.wants_appointment else _offer
    encounter, follow = lead_on(encounter, voice)
    return turn.plus(encounter, result, follow)


def _start_booking(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply | None]:
    return start(encounter, voice, call_back=False)


def _offer(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply | None]:
    return offer(replace(encounter, stage=Stage.BOOKING), voice)


def _put_again_or_pass(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    """A question that was not answered is put once more; then it is passed, or a person is asked to help."""
    encounter, outcome = missed(turn.encounter, voice, informed=taken.informed, said_yes=taken.said_yes)
    if outcome == "hand_off":
        return _hand_off(turn, voice)
    if outcome == "passed":
        return _ask_next(turn.plus(encounter), taken, voice)
    again = voice.say("fallback.which" if taken.said_yes else "fallback.again")
    heard = played_back(taken.before, encounter, voice) if taken.informed else ""
    id = encounter.open_question.id if encounter.open_question else "where"
    encounter, reply = ask(encounter, id, voice, heard=heard, lead="" if taken.informed else again)
    return turn.plus(encounter, reply)


def _hand_off(turn: Conversation, voice: Voice) -> Conversation:
    """Without its safety answers no result is given: a person calls instead."""
    encounter = replace(asked_for(turn.encounter, "unanswered_safety"), open_question=None)
    encounter, asked = start(encounter, voice, call_back=True)
    said = voice.message("handoff.unanswered_safety")
    return turn.plus(encounter, said, asked, effects=(RequestPerson("unanswered_safety"),))


def _book(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    encounter = turn.encounter
    waiting = encounter.open_question
    if waiting is None and taken.before.open_question and taken.before.open_question.id == OFFER:
        return _after_offer(turn, taken.chosen[0] if taken.chosen else "not_now", voice)
    if waiting is None or taken.answered:
        encounter, replies = step_after(taken.before, encounter, voice)
        return turn.plus(encounter, *replies)
    if taken.wishes:
        return turn.plus(encounter, put_again(encounter, voice))
    if waiting.times >= 2 or (waiting.id == CONTACT and taken.declined):
        closing = "booking.no_contact" if waiting.id == CONTACT else "booking.later"
        return turn.plus(replace(encounter, stage=Stage.CLOSED, open_question=None), voice.message(closing))
    if waiting.id == OFFER:
        return turn.plus(*offer(encounter, voice))
    lead = _did_not_help(waiting.id, voice)
    return turn.plus(*step(encounter, voice, lead=lead))


def _did_not_help(question_id: str, voice: Voice) -> str:
    """What opens a question that is put again; a number or address that leads nowhere is named."""
    if question_id != CONTACT:
        return voice.say("fallback.again")
    trouble = voice.facts.contact_trouble
    return voice.first(f"fallback.contact.{trouble}", "fallback.contact")


def _after_offer(turn: Conversation, chosen: str, voice: Voice) -> Conversation:
    encounter = turn.encounter
    if chosen in ("book", "call_me"):
        return turn.plus(*start(encounter, voice, call_back=chosen == "call_me"))
    stage = Stage.CLOSED if encounter.complete else Stage.OPENING
    return turn.plus(replace(encounter, stage=stage, open_question=None), voice.message("booking.later"))


def _kept_request(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    return booking_effects(before, after)
