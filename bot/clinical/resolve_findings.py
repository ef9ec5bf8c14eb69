"""A typed answer to the list of findings: what it names, what it denies, and what it says of the rest.

The reader has read it in the light of the list already ("the first two", "all but the cold"); here is decided what of
that may count, and what the words of the lines themselves say.
"""

import re
from dataclasses import replace

from bot.clinical.cues import cue_at, has_cue
from bot.clinical.encounter import OpenQuestion
from bot.clinical.plan import LIST, REST
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Mention, Reading
from bot.clinical.resolve_list import is_plain_no
from bot.clinical.vocabulary import NONE, UNSURE, Answer, Finding, Presence

BARE = 3
"""Words of a yes that names nothing: it is asked which."""
SHORT = 10
"""Words of a message whose "all of it" or "the first two" is about the list."""
FEWEST = 2
NO_SWEAT = re.compile(r"\b(?:no|nae|not any) sweat\b", re.IGNORECASE)
NUMBERS = re.compile(r"[\s#\d,&+]*(and[\s#\d,&+]*)*")


def heard_of_list(reading: Reading, question: OpenQuestion | None, protocol: Protocol) -> Reading:
    """The reading with only what its words say of the list.

    The reader takes a yes, a no or a place for an answer to all that was asked; here that counts only where the words
    speak of all of it ("none of them", "all of it", "the first two"). Of "sore, the rest no" the rest is denied.
    """
    if question is None or question.id not in (LIST, REST) or len(question.asks) < FEWEST:
        return reading
    rest = cue_at(protocol, "rest_denied", reading.text)
    mentions = [_not_denied_by_rest(one, rest) if rest else one for one in reading.mentions]
    kept = [one for one in mentions if not one.implied or _is_meant(one, mentions, reading, protocol)]
    return replace(reading, mentions=(*kept, *_no_sweat(kept, reading, question)))


def _is_meant(mention: Mention, mentions: list[Mention], reading: Reading, protocol: Protocol) -> bool:
    text = reading.text
    if NUMBERS.fullmatch(text.casefold()):
        return False  # the numbers of lines are read by what the lines are
    if mention.of_list and mention.presence is not Presence.PRESENT:
        return True
    has_rest, is_short = has_cue(protocol, "rest_denied", text), len(text.split()) <= SHORT
    if (is_short or mention.of_list) and not has_rest and has_cue(protocol, "picks", text):
        return True
    if mention.presence is Presence.PRESENT:
        names_some = any(one.presence is Presence.PRESENT and not one.implied for one in mentions)
        return is_short and not has_rest and not names_some and has_cue(protocol, "all", text)
    is_plain_no = reading.answer is Answer.NO and len(text.split()) <= BARE
    return is_plain_no or has_cue(protocol, "none_of_list", text) or has_rest


def _not_denied_by_rest(mention: Mention, rest: tuple[int, int]) -> Mention:
    """What stands before "the rest no" is there: the denial is of the rest."""
    reaches = mention.presence is Presence.ABSENT and mention.start < rest[0] < mention.end
    return replace(mention, presence=Presence.PRESENT) if reaches and not mention.implied else mention


def _no_sweat(mentions: list[Mention], reading: Reading, question: OpenQuestion) -> tuple[Mention, ...]:
    """ "No sweat" is an idiom, but where sweating is asked about it is an answer."""
    found = NO_SWEAT.search(reading.text)
    named = any(one.finding is Finding.SWEATING_CHANGE for one in mentions)
    if not found or named or Finding.SWEATING_CHANGE not in question.asks:
        return ()
    return (Mention(Finding.SWEATING_CHANGE, Presence.ABSENT, found.group(), found.start(), found.end()),)


def resolve_findings(question: OpenQuestion, reading: Reading, protocol: Protocol) -> tuple[str, ...] | None:
    """The lines that the answer means where it speaks of the whole list; None where it leaves some of it open.

    Lines that are not meant count as denied, so that this is given only where the answer says so.
    """
    if len(question.asks) < FEWEST:
        return _one(question, reading)
    present = _asked_about(reading, question, Presence.PRESENT)
    denied = _asked_about(reading, question, Presence.ABSENT)
    if present and (has_cue(protocol, "rest_denied", reading.text) or len(present) + len(denied) == len(question.asks)):
        return tuple(finding.value for finding in question.asks if finding in present)
    if present or denied:
        return (NONE,) if not present and len(denied) == len(question.asks) else None
    if reading.answer is Answer.UNSURE:
        return (UNSURE,)
    says_no = reading.answer is Answer.NO or is_plain_no(
        (), reading, reading.text.casefold(), protocol, answer=reading.answer
    )
    return (NONE,) if says_no else None


def _one(question: OpenQuestion, reading: Reading) -> tuple[str, ...] | None:
    """The answer to a list of one line."""
    answers = {Answer.YES: (question.asks[0].value,) if question.asks else None, Answer.NO: (NONE,)}
    if any(one.finding in question.asks and not one.implied for one in reading.mentions):
        return None
    return {**answers, Answer.UNSURE: (UNSURE,)}.get(reading.answer) if reading.answer else None


def _asked_about(reading: Reading, question: OpenQuestion, presence: Presence) -> set[Finding]:
    return {one.finding for one in reading.mentions if one.presence is presence and one.finding in question.asks}
