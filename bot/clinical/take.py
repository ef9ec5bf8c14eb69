"""What one event changes before anything is answered: flags, the answer to what was asked, volunteered findings."""

from dataclasses import dataclass, replace

from bot.clinical.absorb import absorb
from bot.clinical.booking import OFFER, reachable, settle_booking, settled_by_typing, with_contact
from bot.clinical.confirm import ALL as ASIDE
from bot.clinical.confirm import restored
from bot.clinical.corrections import corrected
from bot.clinical.cues import has_cue
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.event import Chose, Said
from bot.clinical.fixes import fixed
from bot.clinical.given import remembered
from bot.clinical.minor import with_minor
from bot.clinical.other_language import as_heard, taken_in
from bot.clinical.red_flags import with_flags, with_pairs
from bot.clinical.resolve import answer_of, resolve, shared_words
from bot.clinical.resolve_findings import heard_of_list
from bot.clinical.returning import complains, recognised, recognised_by_tap, speaks_of_treatment, with_move
from bot.clinical.safety import is_screened
from bot.clinical.settle import closed, settle, settled_by_words, with_note_beside
from bot.clinical.tally import present
from bot.clinical.vocabulary import NONE, Answer
from bot.clinical.voice import Voice
from bot.clinical.wishes import (
    NOT_SAYING,
    UNCLEAR,
    is_remark,
    starts_screening,
    tells_symptoms,
    unanswerable,
    wish_tapped,
    wishes_of,
    with_topics_told,
    with_visit_kept,
    worded_otherwise,
)

BACKGROUND = "background"
FREE_TEXT = (
    BACKGROUND,
    "booking.name",
    "booking.times",
    "booking.practitioner",
    "booking.language",
    "booking.payer",
    "booking.claim",
    "precautions",
)
"""Questions any text would answer: a wish in the text is heard instead."""
BOOKING = ("booking", "precautions")
LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Taken:
    """The encounter before and after an event was taken in, and what is left to answer."""

    before: Encounter
    encounter: Encounter
    chosen: tuple[str, ...] = ()
    answered: bool = False
    tapped: bool = False
    remark: bool = False
    """It was beside the point: neither an answer nor anything that is asked for."""
    informed: bool = False
    said_yes: bool = False
    declined: bool = False
    wishes: tuple[str, ...] = ()
    foreign: bool = False
    """It was written in another language: nothing is answered but that."""
    fix: str | None = None
    """The tap that corrected what was played back."""


def take(encounter: Encounter, event: Said | Chose, voice: Voice) -> Taken:
    """The event taken in; nothing is answered yet."""
    if isinstance(event, Chose):
        taken = _take_choice(encounter, event, voice)
    elif event.reading.language:
        taken = Taken(encounter, taken_in(encounter, event), foreign=True)
    else:
        taken = _take_words(encounter, event, voice)
    return replace(taken, encounter=with_pairs(taken.encounter, voice.protocol))


def _take_choice(encounter: Encounter, event: Chose, voice: Voice) -> Taken:
    wish = wish_tapped(event.choices, voice.protocol)
    if wish is not None:
        return Taken(encounter, restored(encounter), wishes=(wish,))
    question = encounter.open_question
    if question is None:
        return Taken(encounter, encounter)
    if event.choices[0] in {tap.id for tap in question.fixes}:
        return Taken(encounter, fixed(encounter, event.choices[0], voice), fix=event.choices[0])
    offered = {choice.id for choice in question.choices}
    chosen = tuple(id for id in event.choices if id in offered)
    if not chosen:
        return Taken(encounter, encounter)
    settled = recognised_by_tap(encounter, _settled(encounter, question, chosen, voice))
    return Taken(encounter, settled, chosen=chosen, answered=True, tapped=True)


def _take_words(before: Encounter, event: Said, voice: Voice) -> Taken:
    question = before.open_question
    event = replace(event, reading=heard_of_list(event.reading, question, voice.protocol))
    encounter = with_minor(with_flags(before, event.flags), event.reading.age, voice.protocol)
    if tells_symptoms(event, voice.protocol) or (speaks_of_treatment(event, voice.protocol) and complains(event)):
        encounter = absorb(encounter, event.reading, asked=question.asks if question else ())
    else:
        encounter = absorb(encounter, replace(event.reading, mentions=(), regions=(), places=(), ailing=()))
    encounter = corrected(before, encounter, event)
    encounter = _with_given_contact(encounter, event, question)
    taken = Taken(before, encounter, informed=_says_more(before, encounter))
    taken = _answer(taken, event, voice) or taken
    if starts_screening(before, encounter, event, voice.protocol) or _complains_later(before, encounter, event, voice):
        taken = replace(taken, encounter=screening(taken.encounter), informed=True)
    taken = replace(taken, encounter=recognised(before, taken.encounter, event, voice.protocol))
    heard = taken.answered or taken.informed
    wishes = wishes_of(event, voice.protocol, waiting=question is not None, answered=heard)
    wishes = worded_otherwise(wishes, event, before, voice.protocol) if not heard else wishes
    if question and not heard and not wishes and unanswerable(event):
        wishes = (UNCLEAR,)
    wishes = with_topics_told(wishes, event, protocol=voice.protocol)
    wishes = with_visit_kept(wishes, event, voice.protocol)
    wishes = with_move(wishes, event, voice.protocol) if taken.encounter.returning else wishes
    answer = None if taken.answered else answer_of(event.reading, event.intents)
    declined = answer is Answer.NO or has_cue(voice.protocol, "refusal", event.reading.text)
    remark = not (heard or wishes or answer or declined) and is_remark(event)
    return replace(taken, wishes=wishes, said_yes=answer is Answer.YES, declined=declined, remark=remark)


def screening(encounter: Encounter) -> Encounter:
    """The encounter in screening; a result that was given before is open again."""
    return replace(encounter, stage=Stage.SCREENING, complete=False)


def _complains_later(before: Encounter, after: Encounter, event: Said, voice: Voice) -> bool:
    """A complaint during or after booking that needs a safety list which was not asked yet."""
    if before.stage not in (Stage.BOOKING, Stage.CLOSED) or not tells_symptoms(event, voice.protocol):
        return False
    told = after.findings != before.findings or after.regions != before.regions
    return told and bool(present(after)) and not is_screened(after, voice.protocol)


def _with_given_contact(encounter: Encounter, event: Said, question: OpenQuestion | None) -> Encounter:
    contact = event.reading.contact
    if not (contact.phone or contact.email):
        return encounter
    return with_contact(encounter, contact)


def _answer(taken: Taken, event: Said, voice: Voice) -> Taken | None:
    encounter = taken.encounter
    question = encounter.open_question
    if question is None:
        return None
    if question.id == BACKGROUND and _turns_over(taken):
        return None
    flagged = _flagged_items(taken, question, voice)
    named = resolve(question, as_heard(event.reading, encounter), event.intents, voice.protocol) or ()
    chosen = tuple(dict.fromkeys((*flagged, *_named_items(named, question)))) if flagged else named
    if chosen and not (question.id == OFFER and taken.informed):
        typed = event.reading.text.strip()[:LONGEST_QUOTE]
        settled = _settled(encounter, question, chosen, voice, typed=typed)
        if question.id == BACKGROUND:
            settled = with_note_beside(settled, question, event.reading.text)
        return replace(taken, encounter=settled, chosen=chosen, answered=True)
    if question.id in FREE_TEXT and not _is_kept_as_typed(question, event, voice):
        return None
    if question.id in FREE_TEXT and question.id != BACKGROUND and _tells_of_the_body(taken):
        return None
    by_words = settled_by_typing(encounter, question, event.reading, voice.protocol) or settled_by_words(
        encounter, question, event.reading, voice.protocol
    )
    if by_words is None:
        return None
    words = event.reading.text.strip()[:LONGEST_QUOTE]
    return replace(taken, encounter=remembered(by_words, question, (), words), answered=True)


def _is_kept_as_typed(question: OpenQuestion, event: Said, voice: Voice) -> bool:
    """No wish is meant; the box that may be passed takes, when it is put again, also what nothing is known about."""
    wishes = wishes_of(event, voice.protocol, waiting=True, answered=False, strict=True)
    once_more = question.id == BACKGROUND and question.times > 1
    return not wishes or (once_more and set(wishes) <= set(NOT_SAYING))


def _tells_of_the_body(taken: Taken) -> bool:
    """A symptom or an emergency is no name, no time and no payer."""
    before, after = taken.before, taken.encounter
    return (before.findings, before.other_findings, before.flags) != (after.findings, after.other_findings, after.flags)


def _turns_over(taken: Taken) -> bool:
    """A finding is said to be otherwise than before: that is a correction, and no answer."""
    before = {record.finding: record.presence for record in taken.before.findings}
    return any(
        before.get(record.finding, record.presence) is not record.presence for record in taken.encounter.findings
    )


def _flagged_items(taken: Taken, question: OpenQuestion, voice: Voice) -> tuple[str, ...]:
    """The items of a safety list that the words of the answer raised: of each class the one they are nearest to."""
    raised = [flag for flag in taken.encounter.flags if flag not in taken.before.flags and not flag.ask]
    items = [voice.protocol.items[item] for item in question.items]
    found = []
    for flag in raised:
        same = [item for item in items if item.flag_class is flag.flag_class]
        found += [max(same, key=lambda item: shared_words(item.label, flag.words)).id] if same else []
    return tuple(dict.fromkeys(found))


def _named_items(named: tuple[str, ...], question: OpenQuestion) -> tuple[str, ...]:
    """The items among the ids that an answer names: beside a flag in its words a "none" clears nothing."""
    return tuple(id for id in named if id in question.items)


def _settled(
    encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], voice: Voice, *, typed: str | None = None
) -> Encounter:
    kind = question.id.split(".")[0]
    if question.id in ASIDE:
        return replace(encounter, open_question=None)
    if kind in BOOKING:
        encounter = settle_booking(encounter, question, chosen, voice)
    elif kind in ("safety", "findings", "clarify", "where", "who", "pattern", "background"):
        encounter = settle(encounter, question, chosen, voice.protocol, typed=typed)
    else:
        return closed(encounter, question.id) if chosen != (NONE,) else replace(encounter, open_question=None)
    return remembered(encounter, question, chosen, typed)


def _says_more(before: Encounter, after: Encounter) -> bool:
    silent = replace(before, request=after.request) if not _newly_reachable(before, after) else before
    return after != silent


def _newly_reachable(before: Encounter, after: Encounter) -> bool:
    return reachable(after) and not reachable(before)
