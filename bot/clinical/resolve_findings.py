"""A typed answer to the list of findings: what it names, what it denies, and what it says of the rest.

The reader has read it in the light of the list already ("the first two", "all but the cold"); here is decided what of
that may count, and what the words of the lines themselves say.
"""

import re
from dataclasses import replace

from bot.clinical.cues import has_cue
from bot.clinical.encounter import OpenQuestion
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Mention, Reading
from bot.clinical.vocabulary import NONE, UNSURE, Answer, Finding, Presence

LIST = "findings"
CLAUSE = re.compile(r"[,;.!?]|\band\b|\b(?=but\b|except\b)")
BARE = 3
"""Words of a yes that names nothing: it is asked which."""
FEWEST = 2
"""Findings with the very same words: these were not named, but meant by an answer to the whole list."""


def heard_of_list(reading: Reading, question: OpenQuestion | None, protocol: Protocol) -> Reading:
    """The reading without what it seems to say of several lines at once, where the words do not mean all of them.

    So it is with a bare yes, with numbers of lines, and with "that's all of it" after a line that was named.
    """
    if question is None or question.id != LIST or len(question.asks) < FEWEST:
        return reading
    is_numbers = re.fullmatch(r"[\s#\d,&+]*(and[\s#\d,&+]*)*", reading.text.casefold()) is not None
    is_bare_yes = reading.answer is Answer.YES and len(reading.text.split()) <= BARE
    means_few = has_cue(protocol, "rest_denied", reading.text)
    if is_numbers or means_few or (is_bare_yes and not has_cue(protocol, "all", reading.text)):
        return replace(reading, mentions=tuple(one for one in reading.mentions if not _is_of_all(one, reading)))
    return reading


def resolve_findings(question: OpenQuestion, reading: Reading, protocol: Protocol) -> tuple[str, ...] | None:
    """The lines that the answer means where it speaks of the whole list; None where it leaves some of it open.

    Lines that are not meant count as denied, so that this is given only where the answer says so.
    """
    present = _asked_about(reading, question, Presence.PRESENT)
    denied = _asked_about(reading, question, Presence.ABSENT)
    if present and (has_cue(protocol, "rest_denied", reading.text) or len(present) + len(denied) == len(question.asks)):
        return tuple(finding.value for finding in question.asks if finding in present)
    if present or denied:
        return (NONE,) if not present and len(denied) == len(question.asks) else None
    if reading.answer is Answer.UNSURE:
        return (UNSURE,)
    return (NONE,) if reading.answer is Answer.NO else None


def _asked_about(reading: Reading, question: OpenQuestion, presence: Presence) -> set[Finding]:
    return {one.finding for one in reading.mentions if one.presence is presence and one.finding in question.asks}


def _is_of_all(mention: Mention, reading: Reading) -> bool:
    same = [one for one in reading.mentions if (one.start, one.end) == (mention.start, mention.end)]
    return len({one.finding for one in same}) >= FEWEST
