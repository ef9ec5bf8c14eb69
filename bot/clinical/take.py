"""What one event changes before anything is answered: flags, the answer to what was asked, volunteered findings."""

from dataclasses import dataclass, replace

from bot.clinical.absorb import absorb
from bot.clinical.booking import reachable, settle_booking, settled_by_typing, with_contact
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.event import Chose, Said
from bot.clinical.red_flags import with_flags, with_pairs
from bot.clinical.resolve import resolve, shared_words
from bot.clinical.settle import closed, settle, settled_by_words
from bot.clinical.vocabulary import NONE
from bot.clinical.voice import Voice
from bot.clinical.wishes import SMALL_TALK, starts_screening, tells_symptoms, wishes_of

FREE_TEXT = ("background", "booking.name", "booking.times", "booking.payer", "precautions")
"""Questions any text would answer: a wish in the text is heard instead."""
BOOKING = ("booking", "precautions")


@dataclass(frozen=True)
class Taken:
    """The encounter before and after an event was taken in, and what is left to answer."""

    before: Encounter
    encounter: Encounter
    chosen: tuple[str, ...] = ()
    answered: bool = False
    informed: bool = False
    wishes: tuple[str, ...] = ()


def take(encounter: Encounter, event: Said | Chose, voice: Voice) -> Taken:
    """The event taken in; nothing is answered yet."""
    taken = _take_choice(encounter, event, voice) if isinstance(event, Chose) else _take_words(encounter, event, voice)
    return replace(taken, encounter=with_pairs(taken.encounter, voice.protocol))


def _take_choice(encounter: Encounter, event: Chose, voice: Voice) -> Taken:
    question = encounter.open_question
    if question is None:
        return Taken(encounter, encounter)
    offered = {choice.id for choice in question.choices}
    chosen = tuple(id for id in event.choices if id in offered)
    if not chosen:
        return Taken(encounter, encounter)
    return Taken(encounter, _settled(encounter, question, chosen, voice), chosen=chosen, answered=True)


def _take_words(before: Encounter, event: Said, voice: Voice) -> Taken:
    question = before.open_question
    encounter = with_flags(before, event.flags)
    if tells_symptoms(event):
        encounter = absorb(encounter, event.reading, asked=question.asks if question else ())
    if event.reading.contact.phone or event.reading.contact.email:
        encounter = with_contact(encounter, event.reading.contact)
    informed = _says_more(before, encounter)
    taken = _answer(Taken(before, encounter, informed=informed), event, voice) if question else None
    taken = taken or Taken(before, encounter, informed=informed)
    if starts_screening(before, encounter, event):
        taken = replace(taken, encounter=replace(taken.encounter, stage=Stage.SCREENING), informed=True)
    return replace(taken, wishes=wishes_of(event, answered=taken.answered or taken.informed))


def _answer(taken: Taken, event: Said, voice: Voice) -> Taken | None:
    encounter = taken.encounter
    question = encounter.open_question
    if question is None:
        return None
    chosen = _flagged_items(taken, question, voice) or resolve(question, event.reading, event.intents)
    if chosen:
        return replace(taken, encounter=_settled(encounter, question, chosen, voice), chosen=chosen, answered=True)
    if question.id in FREE_TEXT and any(name not in SMALL_TALK for name in wishes_of(event, answered=False)):
        return None
    by_words = settled_by_typing(encounter, question, event.reading) or settled_by_words(
        encounter, question, event.reading
    )
    return replace(taken, encounter=by_words, answered=True) if by_words else None


def _flagged_items(taken: Taken, question: OpenQuestion, voice: Voice) -> tuple[str, ...]:
    """The items of a safety list that the words of the answer raised: of each class the one they are nearest to."""
    raised = [flag for flag in taken.encounter.flags if flag not in taken.before.flags and not flag.ask]
    items = [voice.protocol.items[item] for item in question.items]
    found = []
    for flag in raised:
        same = [item for item in items if item.flag_class is flag.flag_class]
        found += [max(same, key=lambda item: shared_words(item.label, flag.words)).id] if same else []
    return tuple(dict.fromkeys(found))


def _settled(encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], voice: Voice) -> Encounter:
    kind = question.id.split(".")[0]
    if kind in BOOKING:
        return settle_booking(encounter, question, chosen, voice)
    if kind in ("safety", "findings", "clarify", "where", "who", "pattern", "background"):
        return settle(encounter, question, chosen, voice.protocol)
    return closed(encounter, question.id) if chosen != (NONE,) else replace(encounter, open_question=None)


def _says_more(before: Encounter, after: Encounter) -> bool:
    silent = replace(before, request=after.request) if not _newly_reachable(before, after) else before
    return after != silent


def _newly_reachable(before: Encounter, after: Encounter) -> bool:
    return reachable(after) and not reachable(before)
