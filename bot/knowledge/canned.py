"""Canned replies, checked: what staff may put into a message to a patient, with what is filled in."""

from collections.abc import Mapping

from bot.clinical.protocol import CannedReply
from bot.knowledge.entry import Entry
from bot.knowledge.numbers import number_to_call
from bot.knowledge.placeholders import check_placeholders, placeholders_in
from bot.knowledge.shelf import Shelf

FILE = "canned.yml"
PATIENT = "patient"
FILLS = frozenset({PATIENT, "staff", "clinic", "phone", "hours", "address"})
"""What the desk knows when somebody writes."""


def read_canned(shelf: Shelf) -> Mapping[str, CannedReply]:
    """The canned replies by id, in the order of the file."""
    return {entry.id: _canned(entry, shelf) for entry in shelf.entries(shelf.spoken(FILE))}


def _canned(entry: Entry, shelf: Shelf) -> CannedReply:
    entry.only("title", "text", "nameless", "reviewed")
    entry.check_reviewed()
    text = _text(entry, "text", shelf)
    nameless = _text(entry, "nameless", shelf) if "nameless" in entry.fields else text
    if f"{{{PATIENT}}}" in nameless:
        entry.refuse("names the patient where no name is known", "write 'nameless' without {patient}")
    return CannedReply(entry.id, entry.text("title"), text, nameless)


def _text(entry: Entry, name: str, shelf: Shelf) -> str:
    text = entry.text(name)
    before = len(shelf.problems.found)
    check_placeholders(shelf, entry.file, key=f"{entry.id}.{name}", text=text)
    if len(shelf.problems.found) > before:
        return text
    for other in sorted(placeholders_in(text) - FILLS):
        entry.refuse(f"'{name}' uses {{{other}}}, which nobody fills in here", f"use {', '.join(sorted(FILLS))}")
    if number_to_call(text):
        entry.refuse(f"a phone number stands in '{name}'", "use {phone}")
    return text
