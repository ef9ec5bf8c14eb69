"""Citations and the seven findings, checked: what every clinical entry rests on."""

from collections.abc import Collection

from bot.clinical.vocabulary import Finding
from bot.knowledge.shelf import Shelf

CITATIONS = "citations.yml"
FINDINGS = "findings.yml"
BASES = ("read", "known", "judgement")
"""How far a source goes: read in the source, general knowledge, or professional judgement."""


def read_citations(shelf: Shelf) -> dict[str, str]:
    """Each citation id with its reference."""
    references = {}
    for entry in shelf.entries(CITATIONS):
        entry.only("reference", "basis", "plain")
        if entry.fields.get("basis") not in BASES:
            entry.refuse(f"basis is {entry.fields.get('basis')!r}", f"use one of {', '.join(BASES)}")
        references[entry.id] = entry.text("reference")
    return references


def read_plain_sources(shelf: Shelf) -> dict[str, str]:
    """What patients are told of a citation, by its id, for those that have words for patients."""
    return {entry.id: entry.text("plain") for entry in shelf.entries(CITATIONS) if "plain" in entry.fields}


def read_findings(shelf: Shelf, citations: Collection[str]) -> None:
    """Check that each of the seven findings says what counts, and which safety items are its look-alikes."""
    for entry in shelf.entries(FINDINGS):
        entry.only("counts", "look_alikes", "source", "reviewed")
        entry.text("counts")
        entry.known("look_alikes", shelf.ids("safety_items.yml"))
        entry.sources(citations)
    ids = {finding.value for finding in Finding}
    for id in sorted(ids.symmetric_difference(shelf.ids(FINDINGS))):
        shelf.problems.add(FINDINGS, id, complaint="does not match the seven findings", remedy="define exactly these")
