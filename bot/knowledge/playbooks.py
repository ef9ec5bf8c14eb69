"""Playbooks, checked: what staff do about an inquiry of each level, step by step."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from bot.clinical.protocol import Playbook, PlaybookStep, RegionFacts
from bot.clinical.vocabulary import Disposition
from bot.knowledge.entry import Entry
from bot.knowledge.numbers import number_to_call
from bot.knowledge.placeholders import check_placeholders, placeholders_in
from bot.knowledge.shelf import Shelf

FILE = "playbooks.yml"
OTHERS = ("unfinished", "returning")
"""Inquiries that have no level: a screening that was not finished, and a patient of the clinic who got worse."""
FACTS = frozenset({"emergency_number", "nurse_line", "crisis_line", "walk_in"})
MOST_STEPS = 8
NUMBERS: Mapping[str, str] = {"emergency": "emergency_number", "crisis": "crisis_line", "same_day": "nurse_line"}
"""The number that some step must name."""


def read_playbooks(shelf: Shelf, place: RegionFacts, citations: Collection[str]) -> dict[str, Playbook]:
    """One playbook for each level, with the numbers of the region filled in."""
    file = shelf.spoken(FILE)
    wanted = {*(level.value for level in Disposition), *OTHERS}
    for id in sorted(wanted.symmetric_difference(shelf.ids(file))):
        shelf.problems.add(file, id, complaint="does not match the levels", remedy="write one playbook for each")
    return {entry.id: _playbook(entry, shelf, place, citations) for entry in shelf.entries(file)}


def _playbook(entry: Entry, shelf: Shelf, place: RegionFacts, citations: Collection[str]) -> Playbook:
    entry.only("title", "who", "steps", "visit", "source", "reviewed")
    steps = entry.fields.get("steps")
    if not isinstance(steps, Mapping) or not 0 < len(steps) <= MOST_STEPS:
        entry.refuse("has no steps, or too many", f"write at most {MOST_STEPS} steps below it, each with its id")
        steps = {}
    _check_numbers(entry, steps)
    return Playbook(
        id=entry.id,
        title=_text(entry, "title", shelf, place),
        who=_text(entry, "who", shelf, place),
        steps=tuple(_step(entry, str(id), fields, shelf, place) for id, fields in steps.items()),
        visit=_text(entry, "visit", shelf, place) if "visit" in entry.fields else None,
        source=entry.sources(citations),
    )


def _step(playbook: Entry, id: str, fields: Any, shelf: Shelf, place: RegionFacts) -> PlaybookStep:
    known = fields if isinstance(fields, Mapping) else {"do": fields}
    entry = Entry(playbook.file, f"{playbook.id}.{id}", known, playbook.problems)
    entry.only("do", "say")
    say = _text(entry, "say", shelf, place) if "say" in known else None
    return PlaybookStep(id, _text(entry, "do", shelf, place), say)


def _text(entry: Entry, name: str, shelf: Shelf, place: RegionFacts) -> str:
    """The text with the region's facts; numbers come from nowhere else."""
    text = entry.text(name)
    before = len(shelf.problems.found)
    check_placeholders(shelf, entry.file, key=f"{entry.id}.{name}", text=text)
    if len(shelf.problems.found) > before:
        return text
    for other in sorted(placeholders_in(text) - FACTS):
        entry.refuse(f"'{name}' uses {{{other}}}, which nobody fills in here", f"use {', '.join(sorted(FACTS))}")
        return text
    number = number_to_call(text)
    if number:
        entry.refuse(f"a phone number stands in '{name}': {number}", "use a placeholder of the region")
    return text.format(**{name: value for name, value in asdict(place).items() if name in FACTS})


def _check_numbers(entry: Entry, steps: Mapping[str, Any]) -> None:
    needed = NUMBERS.get(entry.id)
    if needed and f"{{{needed}}}" not in str(steps):
        entry.refuse(f"no step names {{{needed}}}", "say whom to call")
