"""One step of the conversation: `advance` takes the encounter and an event and gives the turn."""

from dataclasses import dataclass, replace

from bot.clinical import other_language, returning
from bot.clinical.booking import CONTACT, request_effect, settled_by_typing, without_time
from bot.clinical.contact import checked
from bot.clinical.control import asked_for
from bot.clinical.converse import converse
from bot.clinical.cues import has_cue
from bot.clinical.effect import ConfirmTime, Effect, HoldTime, RequestPerson
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.event import Chose, EffectFailed, Facts, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.red_flags import untold
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.take import Taken, take
from bot.clinical.urgent import after_urgent, interrupt
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice

PASSED_ON = {"delete_my_data": "erase", "talk_to_person": "asked"}
"""What may be asked of staff after an emergency has ended the form, and the reason the desk sees."""


@dataclass(frozen=True)
class Turn:
    """What one event leads to: the new encounter, what the patient is told, and what the outside world must do."""

    encounter: Encounter
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()


def advance(encounter: Encounter, event: Said | Chose | EffectFailed, facts: Facts, protocol: Protocol) -> Turn:
    """The turn that follows from an event; precedence: red flag, answer, findings, control, FAQ, fallback."""
    voice = Voice(protocol, facts)
    encounter = replace(encounter, protocol_version=encounter.protocol_version or protocol.version)
    if isinstance(event, EffectFailed):
        return _without_effect(encounter, event.effect, voice)
    event = checked(event, encounter, facts) if isinstance(event, Said) else event
    taken = take(encounter, event, voice)
    if any(flag.level in URGENT_LEVELS for flag in untold(taken.encounter)):
        ended, replies = interrupt(taken.encounter, voice)
        ended, replies = _with_language(taken, ended, replies, voice)
        return Turn(ended, replies, request_effect(ended) + _wishes_for_a_person(taken))
    if encounter.stage is Stage.URGENT:
        return _after_urgent(taken, event, voice)
    conversation = converse(taken, voice)
    effects = conversation.effects + _wishes_for_a_person(taken)
    return Turn(conversation.encounter, conversation.replies, effects)


def _without_effect(encounter: Encounter, effect: Effect, voice: Voice) -> Turn:
    """A time that somebody else has is told kindly, with others; anything else is done by phone."""
    if isinstance(effect, HoldTime | ConfirmTime):
        return Turn(*without_time(encounter, effect, voice))
    return Turn(encounter, (voice.message("effect.failed"),))


def opening(facts: Facts, protocol: Protocol) -> tuple[Reply, ...]:
    """The first bubble: emergency notice, automated, not watched live, what is kept."""
    return (Reply(ReplyKind.MESSAGE, Voice(protocol, facts).say("opening.notice")),)


def signpost(facts: Facts, protocol: Protocol) -> Reply:
    """Where to turn in an emergency, for when nothing could be stored and no flag was found."""
    return Reply(ReplyKind.EMERGENCY, Voice(protocol, facts).say("urgent.signpost"))


def not_answering(facts: Facts, protocol: Protocol) -> Reply:
    """The honest answer while the conversation cannot go on: the message is kept, here is the clinic's phone."""
    return Reply(ReplyKind.MESSAGE, Voice(protocol, facts).say("rasa.down"))


def _after_urgent(taken: Taken, event: Said | Chose, voice: Voice) -> Turn:
    encounter = taken.encounter
    text = event.reading.text if isinstance(event, Said) else ""
    if isinstance(event, Said):
        encounter = settled_by_typing(encounter, OpenQuestion(CONTACT), event.reading, voice.protocol) or encounter
    wish = next((wish for wish in PASSED_ON if wish in taken.wishes or has_cue(voice.protocol, wish, text)), None)
    encounter = asked_for(encounter, PASSED_ON[wish]) if wish else encounter
    reached = encounter.request is not None and encounter.request.contact != ContactDetails()
    gave = reached and encounter.request != taken.before.request
    if gave and encounter.request is not None:
        encounter = replace(encounter, request=replace(encounter.request, call_back=True))
    effects: tuple[Effect, ...] = request_effect(encounter) if gave else ()
    effects += (RequestPerson(PASSED_ON[wish]),) if wish else ()
    encounter = replace(encounter, open_question=None if gave else encounter.open_question)
    said = after_urgent(encounter, voice, text=text, reached=gave, digresses=bool(taken.wishes and not text))
    encounter, replies = _with_language(taken, encounter, said, voice)
    return Turn(encounter, replies, effects + _wishes_for_a_person(taken))


def _with_language(
    taken: Taken, encounter: Encounter, replies: tuple[Reply, ...], voice: Voice
) -> tuple[Encounter, tuple[Reply, ...]]:
    """The replies with the text in the patient's language after the first of them, which tells of the emergency."""
    if not taken.foreign:
        return encounter, replies
    encounter, told = other_language.told(taken.before, encounter, voice)
    return encounter, (replies[0], told, *replies[1:])


def _wishes_for_a_person(taken: Taken) -> tuple[Effect, ...]:
    before, after = taken.before, taken.encounter
    return other_language.wish_for_a_person(before, after) + returning.wish_for_a_person(before, after)
