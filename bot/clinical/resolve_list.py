"""A typed answer to a safety list: what it names is ticked, and only a plain "no" clears the list.

"No" beside anything else ("none except the bladder", "no, the right side", "I'd rather not say") is no plain no: an
item must never be cleared by words that may mean the opposite.
"""

import re

from bot.clinical.cues import begins_with_cue, has_cue, has_words, is_all_cue
from bot.clinical.encounter import OpenQuestion
from bot.clinical.protocol import Protocol, SafetyItem
from bot.clinical.reading import Reading
from bot.clinical.vocabulary import NONE, UNSURE, Answer, Finding, Presence

CLAUSE = re.compile(r"[,;.!?\n]|\band\b|\b(?=but\b|except\b|apart\b|although\b|maybe\b)")
ASKED = re.compile(r"[^,.!?;\n]*\?")
"""A sentence that asks: it answers nothing."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
UNITS = ("day", "week", "month", "year")
LONGEST_NONE, LONGEST_NO = 5, 9
"""Words of a clause that says none of a whole list: beside others, and alone."""


def resolve_list(
    question: OpenQuestion, reading: Reading, answer: Answer | None, protocol: Protocol
) -> tuple[str, ...] | None:
    """The item ids, `none` or `unsure` that a typed answer means; None when it does not answer the list."""
    asked = ASKED.sub(" . ", reading.text.casefold().replace("’", "'"))
    text = _without_times(asked, protocol)
    if has_cue(protocol, "refusal", text):
        return None
    items = tuple(protocol.items[item] for item in question.items)
    named = _named(items, text, protocol)
    if named:
        return named
    if answer is Answer.UNSURE:
        return (UNSURE,)
    if _may_be_cleared(text, reading, protocol) and is_plain_no(items, reading, text, protocol, answer=answer):
        return (NONE,)
    names_all = has_cue(protocol, "all", text) and not has_cue(protocol, "that_is_all", text)
    if answer is not Answer.NO and names_all and len(text.split()) <= 4:
        return question.items
    return None


def _may_be_cleared(text: str, reading: Reading, protocol: Protocol) -> bool:
    """Nothing speaks for a line: "none. well, the numb one a bit", "not the others", and "none?" leave it open."""
    is_numb = any(
        one.finding is Finding.ALTERED_SENSATION and one.presence is Presence.PRESENT and not one.implied
        for one in reading.mentions
    )
    return not is_numb and not has_cue(protocol, "others_than_named", text) and re.search(r"\w", text) is not None


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
        hits = _hits(items, clause, protocol)
        if hits and (excepted or not denied):
            found += hits
        all_denied = all_denied or denied
    return tuple(dict.fromkeys(found))


def _hits(items: tuple[SafetyItem, ...], clause: str, protocol: Protocol) -> list[str]:
    by_words = [item.id for item in items if has_words(clause, item.words)]
    return by_words or [items[number - 1].id for number in _numbers(clause, protocol) if 1 <= number <= len(items)]


def _numbers(clause: str, protocol: Protocol) -> list[int]:
    """The lines that a clause names by number; "3 weeks" and "her first name" name none."""
    words = re.findall(r"[a-z']+|\d{1,2}", clause)
    numbers = [int(word) for word in words if word.isdigit()]
    spelled = [number for number, word in enumerate(ORDINALS, start=1) if word in words]
    rest = " ".join(word for word in words if not word.isdigit() and word not in ORDINALS)
    return numbers + spelled if is_all_cue(protocol, "beside_a_number", rest) else []


def is_plain_no(
    items: tuple[SafetyItem, ...], reading: Reading, text: str, protocol: Protocol, *, answer: Answer | None
) -> bool:
    """One clause says no to the whole list, and nothing could be an exception to it or a correction.

    Beside a word that is no English a "no" may begin anything ("no puedo orinar"): there it has to be "none" or "nope".
    """
    clauses = [part.strip() for part in CLAUSE.split(text) if part.strip()]
    whole = any(_says_none(clause, reading, protocol) for clause in clauses)
    is_short = len(text.split()) <= LONGEST_NO
    bare = is_short and answer is Answer.NO and _tells_nothing(text, reading, protocol)
    if not whole and not bare:
        return False
    only = has_words(text, ("just", "only"))
    exception = has_cue(protocol, "except", text) and not only
    sets_right = reading.correction is not None and not has_cue(protocol, "none_of_list", text)
    counts = is_short and (re.search(r"\d", text) or has_words(text, ORDINALS))
    corrects = reading.side is not None or sets_right or (is_short and reading.duration_days is not None)
    return not (exception or counts or corrects or any(_hits(items, clause, protocol) for clause in clauses))


def _says_none(clause: str, reading: Reading, protocol: Protocol) -> bool:
    """The clause is a no to all, by "none" or by speaking of the list."""
    begins = begins_with_cue(protocol, "none_word", clause) and len(clause.split()) <= LONGEST_NONE
    return (begins or has_cue(protocol, "none_of_list", clause)) and _tells_nothing(clause, reading, protocol)


def _tells_nothing(words: str, reading: Reading, protocol: Protocol) -> bool:
    """The words tell of nothing that is there or that is missing ("no feeling")."""
    lacks = has_cue(protocol, "lacks", words)
    tells = any(one.presence is Presence.PRESENT and one.text.casefold() in words for one in reading.mentions)
    return not lacks and not tells
