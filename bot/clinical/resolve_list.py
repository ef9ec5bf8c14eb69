"""A typed answer to a safety list: what it names is ticked, and only a plain "no" clears the list.

"No" beside anything else ("none except the bladder", "no, the right side", "I'd rather not say") is no plain no: an
item must never be cleared by words that may mean the opposite.
"""

import re

from bot.clinical.cues import has_cue, has_words
from bot.clinical.encounter import OpenQuestion
from bot.clinical.protocol import Protocol, SafetyItem
from bot.clinical.reading import Reading
from bot.clinical.vocabulary import NONE, UNSURE, Answer, Presence

CLAUSE = re.compile(r"[,;.!?]|\band\b|\b(?=but\b|except\b|apart\b|although\b|maybe\b)")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
UNITS = ("day", "week", "month", "year")
LONGEST_NO = 9
"""Words of a plain no; a longer message is read for what it says."""


def resolve_list(
    question: OpenQuestion, reading: Reading, answer: Answer | None, protocol: Protocol
) -> tuple[str, ...] | None:
    """The item ids, `none` or `unsure` that a typed answer means; None when it does not answer the list."""
    text = _without_times(reading.text.casefold().replace("’", "'"), protocol)
    if has_cue(protocol, "refusal", text):
        return None
    items = tuple(protocol.items[item] for item in question.items)
    named = _named(items, text, protocol)
    if named:
        return named
    if answer is Answer.UNSURE:
        return (UNSURE,)
    if answer is Answer.NO and _is_plain_no(items, reading, text, protocol):
        return (NONE,)
    if answer is not Answer.NO and has_words(text, protocol.cues["all"]) and len(text.split()) <= 4:
        return question.items
    return None


def _without_times(text: str, protocol: Protocol) -> str:
    """The text without "2 months": its number is of no item."""
    units = "|".join(re.escape(protocol.labels[unit]) for unit in UNITS)
    return re.sub(rf"(?<!\w)\d{{1,2}} ?(?={units})", "", text)


def _named(items: tuple[SafetyItem, ...], text: str, protocol: Protocol) -> tuple[str, ...]:
    """The items named in clauses that do not deny them; after "except" a denial turns into its opposite."""
    found = []
    all_denied = False
    for clause in (part for part in CLAUSE.split(text) if part.strip()):
        excepted = all_denied and has_cue(protocol, "except", clause)
        denied = has_cue(protocol, "denied", clause) or has_cue(protocol, "fine", clause)
        hits = _hits(items, clause)
        if hits and (excepted or not denied):
            found += hits
        all_denied = all_denied or denied
    return tuple(dict.fromkeys(found))


def _hits(items: tuple[SafetyItem, ...], clause: str) -> list[str]:
    by_words = [item.id for item in items if has_words(clause, item.words)]
    return by_words or [items[number - 1].id for number in _numbers(clause) if 1 <= number <= len(items)]


def _numbers(clause: str) -> list[int]:
    spelled = [number for number, word in enumerate(ORDINALS, start=1) if has_words(clause, (word,))]
    return [int(number) for number in re.findall(r"(?<!\w)\d{1,2}(?!\w)", clause)] + spelled


def _is_plain_no(items: tuple[SafetyItem, ...], reading: Reading, text: str, protocol: Protocol) -> bool:
    """The message says no and nothing that could be an exception or a correction."""
    says_more = any(mention.presence is Presence.PRESENT for mention in reading.mentions)
    only = has_words(text, ("just", "only"))
    exception = has_cue(protocol, "except", text) and not only
    sets_right = reading.side is not None or reading.duration_days is not None or reading.correction is not None
    corrects = sets_right or has_cue(protocol, "correction", text)
    names_items = any(_hits(items, part) for part in CLAUSE.split(text))
    return not (exception or corrects or names_items or _numbers(text) or (says_more and not only)) and (
        len(text.split()) <= LONGEST_NO
    )
