"""A typed answer as the ids of the choices it means, or None when it does not answer the question."""

import re

from bot.clinical.booking_times import SLOT, named_time
from bot.clinical.cues import has_cue, is_all_cue
from bot.clinical.encounter import OpenQuestion
from bot.clinical.event import Intent
from bot.clinical.plan import LIST, REST
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Reading
from bot.clinical.red_flags import NOT_MEANT
from bot.clinical.reply import Choice
from bot.clinical.resolve_findings import resolve_findings
from bot.clinical.resolve_list import resolve_list
from bot.clinical.vocabulary import NONE, UNSURE, Answer

ENOUGH = 0.6
"""Share of a label's content words that a typed answer must hold to mean that label."""
ANSWER_OF_INTENT = {"affirm": Answer.YES, "deny": Answer.NO, "unsure": Answer.UNSURE}
CLEARED_BY_NO = ("safety", "clarify")
"""Questions that a "no" clears: beside a word that is no English it may be the beginning of "I can't pee"."""
COURSES = ("sudden_new", "same_for_months", "getting_worse", "began_lately")
"""Choices of the question for the pattern, each with cues of its name; "no worse" is told before "worse"."""
MEANS_YES = ("yes", "book")
MEANS_NO = (NONE, "no", "skip", "not_now")
NUMBER_IS_A_VALUE = ("background",)
"""Questions where a bare number is a pain score and not the number of a choice."""
KEPT_AS_TYPED = ("booking.times",)
"""Questions whose typed answer says more than any choice: "tuesday mornings" is not only "mornings"."""
FILLER = frozenset(
    {"the", "and", "for", "with", "that", "your", "you", "from", "have", "when", "one", "other", "than", "side"}
    | {"more", "any", "its", "are", "now", "over", "under"}
)


def resolve(
    question: OpenQuestion, reading: Reading, intents: tuple[Intent, ...], protocol: Protocol
) -> tuple[str, ...] | None:
    """The choice ids a typed answer means; None when it names none of them."""
    exact = _exact(question, reading.text) or _leading_number(question, reading, protocol)
    if question.id in NUMBER_IS_A_VALUE:
        exact = exact or _ticked_lines(question, reading.text)
    if exact:
        return exact
    answer = answer_of(reading, intents)
    if answer is Answer.NO and reading.unfamiliar and question.id.startswith(CLEARED_BY_NO):
        answer = None
    if question.id in KEPT_AS_TYPED:
        return None
    if question.id == SLOT:
        return named_time(question, reading.text, answer)
    if question.id.startswith("safety"):
        return resolve_list(question, reading, answer, protocol)
    if question.id in (LIST, REST):
        return resolve_findings(question, reading, protocol)
    if question.id.startswith("clarify"):
        return _clarify(question, reading.text, answer, protocol)
    if question.id == "pattern" and (course := _course(reading.text, protocol)):
        return (course,)
    return _by_words(question, reading) or _bare(question, answer)


def _ticked_lines(question: OpenQuestion, text: str) -> tuple[str, ...]:
    """The choices whose labels stand each on a line of its own, as a box with ticks and words sends them."""
    lines = {line.strip().casefold() for line in text.splitlines()}
    return tuple(choice.id for choice in question.choices if choice.label.casefold() in lines) if len(lines) > 1 else ()


def _course(text: str, protocol: Protocol) -> str | None:
    """How a complaint has run, as said in other words than the choices'."""
    return next((name for name in COURSES if has_cue(protocol, name, text)), None)


def answer_of(reading: Reading, intents: tuple[Intent, ...]) -> Answer | None:
    """Yes, no or not sure, as the reader sees it, else as the intent says."""
    if reading.answer:
        return reading.answer
    return next((ANSWER_OF_INTENT[intent.name] for intent in intents if intent.name in ANSWER_OF_INTENT), None)


def shared_words(label: str, text: str) -> int:
    """How many content words a label and a text have in common."""
    return len(set(_content_words(label)) & set(_content_words(text)))


def _exact(question: OpenQuestion, text: str) -> tuple[str, ...]:
    typed = text.strip().strip(".!").casefold()
    for choice in question.choices:
        if typed in (choice.id.casefold(), choice.label.casefold().rstrip(".")):
            return (choice.id,)
    if question.id in NUMBER_IS_A_VALUE:
        return ()
    if typed == "0" and any(choice.id == NONE for choice in question.choices):
        return (NONE,)
    if question.id.startswith(CLEARED_BY_NO):
        return _numbers(question.choices, typed)  # what follows a number may take it back: "7, except the bladder"
    first = re.split(r"[.,!?]\s", typed, maxsplit=1)[0]  # "2. sorry, the bell rings"
    return _numbers(question.choices, typed) or _numbers(question.choices, first)


def _leading_number(question: OpenQuestion, reading: Reading, protocol: Protocol) -> tuple[str, ...]:
    """The choice of a clarification whose number is a sentence of its own, with chatter after it: "2. ok, the bell".

    Chatter that excepts, sets right or tells of anything may take the number back: then it means nothing here. On a
    safety list any words after a number do.
    """
    first, _, rest = reading.text.strip().partition(". ")
    if not question.id.startswith("clarify") or not rest.strip():
        return ()
    tells = reading.mentions or reading.flags or reading.correction or reading.regions or reading.unfamiliar
    names_another = any(
        is_all_cue(protocol, "beside_a_number", re.sub(r"\d+", " ", part))
        for part in re.split(r"[.,;!]", rest.casefold())
        if re.search(r"\d", part)
    )
    doubts = names_another or any(
        has_cue(protocol, kind, rest) for kind in ("except", "correction", "worse", "denied", "refusal")
    )
    return () if tells or doubts or "?" in rest else _numbers(question.choices, first.strip())


def _clarify(question: OpenQuestion, text: str, answer: Answer | None, protocol: Protocol) -> tuple[str, ...] | None:
    """What "has it changed, and has a doctor checked it" was answered with, before a bare yes or no is heard."""
    offers = {choice.id for choice in question.choices}
    if NOT_MEANT in offers and has_cue(protocol, "not_meant", text):
        return (NOT_MEANT,)
    if has_cue(protocol, "worse", text) and not has_cue(protocol, "unchanged", text):
        return ("worse",)
    if has_cue(protocol, "checked", text) and not has_cue(protocol, "unchecked", text):
        return ("checked",)
    if has_cue(protocol, "unchecked", text) or has_cue(protocol, "unchanged", text):
        return ("unchecked",)
    no = NOT_MEANT if NOT_MEANT in offers else "unchecked"
    meant = {Answer.YES: "worse", Answer.NO: no, Answer.UNSURE: UNSURE, None: None}[answer]
    return (meant,) if meant else None


def _numbers(choices: tuple[Choice, ...], typed: str) -> tuple[str, ...]:
    if not re.fullmatch(r"#?\d{1,2}((\s*(,|and|&|\+)\s*|\s+)#?\d{1,2})*", typed):
        return ()
    numbers = [int(number) for number in re.findall(r"\d+", typed)]
    if not all(1 <= number <= len(choices) for number in numbers):
        return ()
    return tuple(choices[number - 1].id for number in dict.fromkeys(numbers))


def _by_words(question: OpenQuestion, reading: Reading) -> tuple[str, ...]:
    if reading.answer is Answer.NO:
        return ()
    said = set(_content_words(reading.text))
    found = [
        choice for choice in question.choices if choice.id not in (NONE, UNSURE) and _overlap(choice, said) >= ENOUGH
    ]
    if not question.multiple:
        best = max((_overlap(choice, said) for choice in found), default=0.0)
        found = [choice for choice in found if _overlap(choice, said) == best]
        found = found if len(found) == 1 else []  # what fits two choices names neither
    return tuple(choice.id for choice in found)


def _overlap(choice: Choice, said: set[str]) -> float:
    words = set(_content_words(choice.label))
    return len(words & said) / len(words) if words else 0.0


def _content_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z']{3,}", text.casefold()) if word not in FILLER]


def _bare(question: OpenQuestion, answer: Answer | None) -> tuple[str, ...] | None:
    offered = {choice.id for choice in question.choices}
    wanted = {Answer.YES: MEANS_YES, Answer.NO: MEANS_NO, Answer.UNSURE: (UNSURE, "skip"), None: ()}[answer]
    return next(((id,) for id in wanted if id in offered), None)
