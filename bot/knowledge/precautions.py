"""Needling precautions, checked: what the physiotherapist must know before a needle, in six taps."""

from collections.abc import Collection

from bot.knowledge.shelf import Shelf
from bot.knowledge.words import read_section

FILE = "precautions.yml"


def read_precautions(shelf: Shelf, citations: Collection[str]) -> dict[str, str]:
    """Every precaution with its label."""
    for entry in shelf.entries(FILE):
        entry.only("tap", "source", "reviewed")
        entry.sources(citations)
    return read_section(shelf, "precautions", shelf.ids(FILE))


def read_taps(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """Each tap with the precautions it stands for; a precaution without a tap is known in another way."""
    taps: dict[str, tuple[str, ...]] = {}
    for entry in shelf.entries(FILE):
        if entry.fields.get("tap") is not None:
            tap = entry.text("tap")
            taps[tap] = (*taps.get(tap, ()), entry.id)
    _check_tap_labels(shelf, taps)
    return taps


def _check_tap_labels(shelf: Shelf, taps: Collection[str]) -> None:
    file = shelf.spoken("labels.yml")
    labelled = set(shelf.section(file, "choices", "precautions")) - {"none", "unsure"}
    for tap in sorted(labelled.symmetric_difference(taps)):
        shelf.problems.add(
            file, f"choices.precautions.{tap}", complaint=f"does not match the taps of {FILE}", remedy="name it in both"
        )
