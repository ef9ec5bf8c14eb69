"""What was read from a text, for staff: the text with its findings and flags marked, and what is known and missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.clinical.document import Document
from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.notes import BACKGROUND, PAYER, PLACE, PRECAUTIONS, SCANS, SEVERITY, TIME, WHO, Note
from bot.clinical.plan import askable, next_question
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Mention, RedFlag
from bot.clinical.red_flags import is_urgent
from bot.clinical.safety import open_lists
from bot.clinical.tally import absent, present
from bot.clinical.vocabulary import About, Level, Presence
from bot.service.desk_filters import level_of
from bot.service.inquiry import urgency_of

ALWAYS_SHOWN = (PLACE, TIME, SCANS, PRECAUTIONS)
SHOWN_WHERE_KNOWN = (WHO, SEVERITY, BACKGROUND, PAYER)
CUT = "…"
"""Stands in a flag's words between parts that are not next to each other."""
FLAG, SAID, DENIED, ASIDE = "flag", "said", "denied", "aside"
KINDS = (FLAG, SAID, DENIED, ASIDE)
"""What a stretch of the text can be marked as, the most important first."""


@dataclass(frozen=True)
class Span:
    """A stretch of the text, and what it was read as: a flag's class or a finding, by id."""

    start: int
    end: int
    kind: str
    id: str


@dataclass(frozen=True)
class Piece:
    """A part of the text with everything it was read as; plain text has no spans."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def kind(self) -> str:
        """The most important thing it was read as."""
        return min((span.kind for span in self.spans), key=KINDS.index)


@dataclass(frozen=True)
class FlagLine:
    """One red flag with its words; a doubtful one is not settled yet."""

    flag_class: str
    level: str
    words: str


class TriageView:
    """Reads an encounter for the pages where staff enter one."""

    def __init__(self, encounter: Encounter, protocol: Protocol, document: Document) -> None:
        self._encounter = encounter
        self._protocol = protocol
        self._notes = {note.id: note for note in document.notes}
        level = level_of(urgency_of(encounter))
        self.level = level.value if level else "unfinished"
        self.is_urgent = is_urgent(encounter)

    @property
    def flags(self) -> tuple[FlagLine, ...]:
        """The red flags, most urgent first."""
        return tuple(_flag_line(flag) for flag in sorted(self._encounter.flags, key=lambda flag: flag.level.urgency))

    @property
    def findings(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Findings that were spoken of: label, presence and the words."""
        records = (*present(self._encounter), *absent(self._encounter))
        labels = self._protocol.finding_labels
        return tuple((labels[one.finding], one.presence.value, one.quotes) for one in records)

    @property
    def facts(self) -> tuple[Note, ...]:
        """Where, for how long, scans and precautions, known or not; the rest where it is known."""
        also = tuple(self._notes[id] for id in SHOWN_WHERE_KNOWN if self._notes[id].values)
        return (*(self._notes[id] for id in ALWAYS_SHOWN), *also)

    @property
    def foreign(self) -> str | None:
        """The language it is written in, where that is not the clinic's."""
        tag = self._encounter.language
        named = self._protocol.languages.get(tag) if tag else None
        return named.name if named else tag

    @property
    def asks_where(self) -> bool:
        """Where it is has still to be asked."""
        return not self.is_urgent and not self._encounter.regions

    @property
    def to_settle(self) -> tuple[FlagLine, ...]:
        """Flags that must be asked about: new or worse, or not meant at all."""
        return tuple(_flag_line(flag) for flag in self._encounter.flags if flag.ask)

    @property
    def safety(self) -> tuple[str, ...]:
        """The safety questions of these places that nobody has answered yet."""
        if self.is_urgent:
            return ()
        return tuple(item.label for one in open_lists(self._encounter, self._protocol) for item in one.items)

    @property
    def findings_to_ask(self) -> tuple[str, ...]:
        """Findings of which nothing was said, as they are asked about."""
        if self.is_urgent or self._encounter.returning:
            return ()
        return tuple(self._protocol.finding_questions[finding] for finding in askable(self._encounter))

    @property
    def asks_more(self) -> bool:
        """The protocol has a question left."""
        return not self.is_urgent and next_question(self._encounter, self._protocol) is not None


def pieces(text: str, mentions: tuple[Mention, ...], flags: tuple[RedFlag, ...]) -> tuple[Piece, ...]:
    """The whole text in order, cut where something that was read begins or ends."""
    spans = tuple(span for span in (*_of_flags(text, flags), *_of_mentions(mentions)) if span.start < span.end)
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    return tuple(
        Piece(text[start:end], tuple(span for span in spans if span.start <= start and end <= span.end))
        for start, end in pairwise(cuts)
    )


def _of_flags(text: str, flags: tuple[RedFlag, ...]) -> Iterator[Span]:
    """Where the words of a flag stand; of words that stand there in parts, each part after the one before it."""
    for flag in flags:
        at = 0
        for part in (part.strip() for part in flag.text.split(CUT)):
            found = text.find(part, at) if part else -1
            if found >= 0:
                at = found + len(part)
                yield Span(found, at, FLAG, flag.flag_class.value)


def _of_mentions(mentions: tuple[Mention, ...]) -> Iterator[Span]:
    for one in mentions:
        if one.about is not About.PATIENT or one.visceral:
            kind = ASIDE
        else:
            kind = {Presence.PRESENT: SAID, Presence.ABSENT: DENIED}.get(one.presence, ASIDE)
        yield Span(one.start, one.end, kind, one.finding.value)


def _flag_line(flag: FlagRecord) -> FlagLine:
    level = "unsettled" if flag.ask else ("noted" if flag.level is Level.NONE else flag.level.value)
    return FlagLine(flag.flag_class.value, level, flag.words)
