"""What is known beside the findings, as labelled notes: the one source of document, desk and staff summary."""

from dataclasses import dataclass

from bot.clinical.encounter import Encounter
from bot.clinical.playback import span
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Imaging, Side

WHO, PLACE, TIME, SEVERITY, SCANS = "who", "place", "time", "severity", "scans"
BACKGROUND, PRECAUTIONS, BOTH = "background", "precautions", "both"
PAYER, TIMES = "payer", "times"
NOTES = (WHO, PLACE, TIME, SEVERITY, SCANS, BACKGROUND, PRECAUTIONS, BOTH, PAYER, TIMES)
"""All of them, in the order in which a physiotherapist reads them."""
WORST = 10
"""The scale of how bad it is goes from 0 to this."""


@dataclass(frozen=True)
class Note:
    """One thing that is known, with its label; without values nothing is known of it."""

    id: str
    label: str
    values: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """All of it in one line."""
        return "; ".join(self.values)


def notes(encounter: Encounter, protocol: Protocol) -> tuple[Note, ...]:
    """Every note of NOTES, known or not."""
    said = {
        WHO: _chosen("who", encounter.who, protocol),
        PLACE: _place(encounter, protocol),
        TIME: _kept(span(encounter.duration_days, protocol)),
        SEVERITY: _severity(encounter, protocol),
        SCANS: _scans(encounter, protocol),
        BACKGROUND: tuple(_label("background", one, protocol) for one in encounter.background),
        PRECAUTIONS: _precautions(encounter, protocol),
        BOTH: _said_both(encounter, protocol),
        PAYER: _chosen("payer", encounter.request.payer if encounter.request else None, protocol),
        TIMES: _kept(encounter.request.times if encounter.request else None),
    }
    return tuple(Note(id, protocol.labels[f"note.{id}"], said[id]) for id in NOTES)


def _kept(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _label(group: str, id: str, protocol: Protocol) -> str:
    return protocol.choices[group].get(id, id)


def _chosen(group: str, id: str | None, protocol: Protocol) -> tuple[str, ...]:
    return (_label(group, id, protocol),) if id else ()


def _place(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    """One place with its side before it ("left ankle or foot"); of several places the side is told after them."""
    names = tuple(protocol.region_labels[region] for region in encounter.regions)
    if encounter.side is None:
        return names
    side = protocol.labels["both_sides" if encounter.side is Side.BOTH else encounter.side.value]
    if len(names) == 1 and encounter.side is not Side.BOTH:
        return (f"{side} {names[0]}",)
    return (*names, side)


def _severity(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    if encounter.severity is None:
        return ()
    return (protocol.wording["result.count"].format(present=encounter.severity, of=WORST),)


def _scans(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    known = encounter.imaging not in (None, Imaging.NONE)
    return (protocol.labels[f"imaging.{encounter.imaging.value}"],) if known and encounter.imaging else ()


def _precautions(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    """Each precaution named, and each tap that stands for several, as it was tapped."""
    named = [protocol.precautions.get(id, id) for id in encounter.precautions]
    several = [tap for tap in encounter.precaution_taps if len(protocol.precaution_taps.get(tap, ())) != 1]
    return (*named, *(_label("precautions", tap, protocol) for tap in several))


def _said_both(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    return tuple(protocol.finding_labels[record.finding] for record in encounter.findings if record.contradicted)
