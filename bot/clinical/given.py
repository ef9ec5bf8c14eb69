"""The answers a patient has given, kept so that any of them can be given anew, and what taking one back undoes.

Red flags are never taken back with an answer: what was ticked by mistake is noted beside its flag for staff.
"""

from dataclasses import replace
from typing import Any

from bot.clinical.encounter import Encounter, GivenAnswer, OpenQuestion
from bot.clinical.plan import REST
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.vocabulary import MINOR, Imaging

MOST_KEPT = 16
"""More than the questions before a result and those of a booking; older answers can no longer be changed."""
BY_MISTAKE = "the patient says: tapped by mistake"
NOT_CHANGED_HERE = ("booking.offer", "booking.slot", "booking.confirm")
REQUESTED = {
    "booking.contact": "contact",
    "booking.times": "times",
    "booking.practitioner": "practitioner",
    "booking.language": "visit_language",
    "booking.voicemail": "voicemail",
    "booking.payer": "payer",
    "booking.claim": "claim",
}
"""The field of the request that each question of a booking fills."""


def remembered(encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], words: str | None) -> Encounter:
    """The encounter that knows how this question was answered; a time that was taken is changed on its own page."""
    if question.id in NOT_CHANGED_HERE:
        return encounter
    given = GivenAnswer(question.id, chosen, question.items, question.asks, words)
    others = tuple(one for one in encounter.given if one.question != question.id)
    return replace(encounter, given=(*others, given)[-MOST_KEPT:])


def answer_to(encounter: Encounter, question_id: str) -> GivenAnswer | None:
    """The answer that was given to a question, None where none is kept."""
    return next((one for one in encounter.given if one.question == question_id), None)


def taken_back(encounter: Encounter, given: GivenAnswer, protocol: Protocol) -> Encounter:
    """The encounter as if this question had not been answered, but for its red flags."""
    encounter = replace(
        encounter,
        given=tuple(one for one in encounter.given if one is not given),
        answered=tuple(id for id in encounter.answered if id != given.question),
    )
    kind = given.question.split(".")[0]
    if kind == "safety":
        return _without_items(encounter, given.items)
    if kind == "findings":
        left_open = given.asks if given.question == REST else ()
        kept = tuple(one for one in encounter.findings if one.finding not in given.asks)
        return replace(encounter, findings=kept, left_open=left_open)
    if kind == "where":
        named = {region for id in given.chosen for region in protocol.where_choices.get(id, ())}
        return replace(encounter, regions=tuple(region for region in encounter.regions if region not in named))
    if kind == "who":
        return replace(encounter, who=None, precautions=tuple(one for one in encounter.precautions if one != MINOR))
    if kind == "pattern":
        return replace(encounter, pattern=None)
    if kind == "background":
        return _without_background(encounter, given)
    return _without_wish(encounter, given.question)


def waiting_again(given: GivenAnswer) -> OpenQuestion:
    """The question of an answer that was taken back, as one that has not been put yet."""
    return OpenQuestion(given.question, asks=given.asks, items=given.items, times=0)


def noted_mistakes(encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...]) -> Encounter:
    """The encounter whose flags say which of their items the patient no longer ticks."""
    dropped = {f"ticked:{item}" for item in question.items if item not in chosen}
    flags = tuple(
        replace(flag, note=BY_MISTAKE) if flag.rule in dropped and not flag.note else flag for flag in encounter.flags
    )
    return replace(encounter, flags=flags)


def _without_items(encounter: Encounter, items: tuple[str, ...]) -> Encounter:
    def left(known: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(item for item in known if item not in items)

    return replace(
        encounter,
        ticked=left(encounter.ticked),
        cleared=left(encounter.cleared),
        unsure_items=left(encounter.unsure_items),
        to_follow=left(encounter.to_follow),
    )


def _without_background(encounter: Encounter, given: GivenAnswer) -> Encounter:
    dropped = {*given.chosen, *([given.words] if given.words else [])}
    scanned = any(id.startswith("scan_") for id in given.chosen)
    kept: Imaging | None = None if scanned else encounter.imaging
    return replace(
        encounter, imaging=kept, background=tuple(note for note in encounter.background if note not in dropped)
    )


def _without_wish(encounter: Encounter, question_id: str) -> Encounter:
    """The encounter without what a question of the booking was answered with, whether it was said before or not."""
    field = REQUESTED.get(question_id)
    if field is None or encounter.request is None:
        return encounter
    emptied: dict[str, Any] = {field: ContactDetails() if field == "contact" else None}
    said: dict[str, Any] = {field: None} if field in ("payer", "claim") else {}
    return replace(encounter, request=replace(encounter.request, **emptied), **said)


def told_answer(given: GivenAnswer, protocol: Protocol) -> str:
    """The answer in words: the patient's own, else the labels of the choices."""
    if given.words:
        return given.words
    kind = given.question.split(".")
    group = protocol.choices.get(kind[-1]) or protocol.choices.get(kind[0]) or {}
    labels = {
        **protocol.choices["common"],
        **{finding.value: label for finding, label in protocol.finding_labels.items()},
        **{item.id: item.label for item in protocol.items.values()},
        **group,
    }
    return ", ".join(labels[id] for id in given.chosen if id in labels)
