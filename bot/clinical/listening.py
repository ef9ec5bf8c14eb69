"""While somebody of the clinic writes to the patient: red flags are still heard, everything else waits."""

from dataclasses import replace

from bot.clinical.advance import Turn, advance
from bot.clinical.ask import ask
from bot.clinical.booking import booking_effects, with_contact
from bot.clinical.contact import checked
from bot.clinical.conversation import Conversation
from bot.clinical.converse import advise
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.event import Chose, Facts, Said
from bot.clinical.plan import next_question
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.red_flags import flagged_disposition, pending, untold, with_record, with_ticked
from bot.clinical.reply import Reply
from bot.clinical.take import screening, take
from bot.clinical.urgent import CONTACT as URGENT_CONTACT
from bot.clinical.urgent import after_urgent
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice

REPEAT = "control.repeat"
"""The tap that puts the open question again."""


def listen(encounter: Encounter, event: Said | Chose, facts: Facts, protocol: Protocol) -> Turn:
    """The turn for a message to staff: an emergency is told at once, other flags are kept, nothing is asked.

    A number or address that the patient gives is kept too, for the desk to call.
    """
    encounter = replace(encounter, protocol_version=encounter.protocol_version or protocol.version)
    encounter = _with_old_ticks(encounter, event, protocol)
    voice = Voice(protocol, facts)
    event = checked(event, encounter, facts) if isinstance(event, Said) else event
    taken = take(encounter, event, voice)
    is_new = any(flag.level in URGENT_LEVELS for flag in untold(taken.encounter))
    if is_new or (encounter.stage is Stage.URGENT and _is_urgent(event)):
        turn = advance(encounter, event, facts, protocol)
        return Turn(turn.encounter, tuple(one for one in turn.replies if one.question is None), turn.effects)
    heard = _with_contact_of(_with_flags_of(encounter, taken.encounter), event)
    return Turn(heard, _told_again(taken.encounter, event, voice), booking_effects(encounter, heard))


def resume(encounter: Encounter, facts: Facts, protocol: Protocol) -> Turn:
    """The turn when staff have left: advice for flags nobody was told of, and the open question once more."""
    if encounter.open_question is not None:
        return advance(encounter, Chose("", (REPEAT,)), facts, protocol)
    voice = Voice(protocol, facts)
    turn = advise(Conversation(encounter), voice)
    if pending(encounter) and encounter.stage is not Stage.URGENT:
        turn = turn.plus(*_asked(screening(turn.encounter), voice))
    return Turn(turn.encounter, turn.replies)


def _asked(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply | None]:
    """What the words of a doubtful flag meant is asked now, for nothing else would lead to it."""
    id = next_question(encounter, voice.protocol)
    return ask(encounter, id, voice) if id else (encounter, None)


def _with_old_ticks(encounter: Encounter, event: Said | Chose, protocol: Protocol) -> Encounter:
    """The encounter with safety items that were ticked in a list which is no longer open."""
    if isinstance(event, Said):
        return encounter
    waiting = encounter.open_question
    on_offer = {choice.id for choice in waiting.choices} if waiting else set()
    items = tuple(protocol.items[id] for id in event.choices if id in protocol.items and id not in on_offer)
    return with_ticked(encounter, items)


def _with_flags_of(encounter: Encounter, heard: Encounter) -> Encounter:
    """The encounter as it was, with what was heard raised in it; nothing is lowered by what is said to staff."""
    after = encounter
    for flag in heard.flags:
        after = with_record(after, flag)
    return replace(after, disposition=flagged_disposition(after) or after.disposition)


def _with_contact_of(encounter: Encounter, event: Said | Chose) -> Encounter:
    """The encounter with how the patient can be reached; after an emergency nothing more is asked then."""
    contact = event.reading.contact if isinstance(event, Said) else ContactDetails()
    if not (contact.phone or contact.email):
        return encounter
    waiting = None if encounter.open_question == OpenQuestion(URGENT_CONTACT) else encounter.open_question
    return replace(with_contact(encounter, contact), open_question=waiting)


def _told_again(encounter: Encounter, event: Said | Chose, voice: Voice) -> tuple[Reply, ...]:
    """The short reminder for an emergency that was told before and is said again."""
    return after_urgent(encounter, voice, text="", reached=False, digresses=False) if _is_urgent(event) else ()


def _is_urgent(event: Said | Chose) -> bool:
    return isinstance(event, Said) and any(flag.level in URGENT_LEVELS for flag in event.flags)
