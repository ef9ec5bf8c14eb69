"""The result as a document: what the patient prints, sends or shows, and the desk reads, from one encounter."""

from dataclasses import dataclass, replace
from datetime import date

from bot.clinical.encounter import Encounter
from bot.clinical.notes import BACKGROUND, SCANS, Note, notes
from bot.clinical.red_flags import is_urgent, withholds_scans
from bot.clinical.result import card, result_lines
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice

Row = tuple[str, str]
URGENT = tuple(level.value for level in URGENT_LEVELS)
SCAN_CHOICES = "scan_"
"""How the ids of background choices about scans begin."""


@dataclass(frozen=True)
class Document:
    """The result in words: its lines as the patient was told them, the count, a row for each finding, and notes."""

    title: str
    show: str
    clinic: str
    made_on: date
    made: str
    lines: tuple[str, ...]
    count: str
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    findings_title: str
    notes_title: str
    foot: str
    replaced: str
    """Said where letters cannot be shown."""


def has_result(encounter: Encounter) -> bool:
    """A result was given, and nothing that cannot wait was said before or after it."""
    if encounter.disposition is None or encounter.returning or not encounter.complete:
        return False
    return encounter.disposition.value not in URGENT and not is_urgent(encounter)


def document(encounter: Encounter, voice: Voice) -> Document:
    """Everything, for staff; the lines of the result only where there is one."""
    (_, count), *rows = card(encounter, voice)
    labels, today = voice.protocol.labels, voice.facts.now.date()
    return Document(
        title=voice.say("document.title"),
        show=voice.say("document.show"),
        clinic=voice.facts.clinic.name,
        made_on=today,
        made=voice.say("document.made", day=f"{today.day} {today:%B} {today.year}"),
        lines=result_lines(encounter, voice) if has_result(encounter) else (),
        count=count,
        rows=tuple(rows),
        notes=notes(encounter, voice.protocol),
        findings_title=labels["document.findings"],
        notes_title=labels["document.notes"],
        foot=voice.say("document.foot"),
        replaced=voice.say("document.replaced"),
    )


def document_for_patient(encounter: Encounter, voice: Voice) -> Document | None:
    """What the patient may print and pass on; None without a result. Beside a flag no word is said about scans.

    After an emergency or a crisis there is none: a count of findings would weaken the advice, and a page about
    self-harm or about violence at home may be seen by someone else.
    """
    if not has_result(encounter):
        return None
    whole = document(encounter, voice)
    known = tuple(note for note in whole.notes if note.values)
    return replace(whole, notes=_without_scans(encounter, known, voice) if withholds_scans(encounter) else known)


def _without_scans(encounter: Encounter, known: tuple[Note, ...], voice: Voice) -> tuple[Note, ...]:
    about = {voice.protocol.choices["background"].get(one, one) for one in encounter.background if _is_scan(one, voice)}
    kept = (
        replace(note, values=tuple(value for value in note.values if value not in about))
        if note.id == BACKGROUND
        else note
        for note in known
        if note.id != SCANS
    )
    return tuple(note for note in kept if note.values)


def _is_scan(background: str, voice: Voice) -> bool:
    words = tuple(word.casefold() for word in voice.protocol.scan_words)
    return background.startswith(SCAN_CHOICES) or any(word in background.casefold() for word in words)
