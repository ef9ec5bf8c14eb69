"""A clinic's own changes, laid over the reviewed data: wording, facts of the place, items switched off or added.

An overlay is one YAML file; docs show an example. What it changes is checked exactly like what it replaces.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.clinical.vocabulary import Level
from bot.knowledge.entry import Entry
from bot.knowledge.placeholders import check_placeholders
from bot.knowledge.safety import ITEMS, PARTS, SETS
from bot.knowledge.shelf import ORIGIN, Shelf, read_file

TEXT_SECTIONS = ("wording", "faq", "labels", "region")
SECTIONS = ("clinic", *TEXT_SECTIONS, "switch_off", "add_items")
Files = dict[str, dict[str, Any]]


def lay_over(shelf: Shelf, path: Path) -> Shelf:
    """The shelf with a clinic's changes in it; whatever the overlay may not do is a problem."""
    content = read_file(path, path.name, problems=shelf.problems)
    overlay = Entry(path.name, "overlay", content, shelf.problems)
    overlay.only(*SECTIONS)
    overlay.text("clinic")
    files: Files = {name: deepcopy(dict(entries)) for name, entries in shelf.files.items()}
    _change_wording(shelf, files, _section(overlay, "wording"))
    _change_faq(shelf, files, _section(overlay, "faq"))
    _change_labels(shelf, files, _section(overlay, "labels"))
    _change_region(shelf, files, _section(overlay, "region"))
    _switch_off(files, _section(overlay, "switch_off"))
    _add_items(shelf, files, _section(overlay, "add_items"))
    return replace(shelf, files=files)


def texts_in(value: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    """Every text in nested sections of an overlay, with the path of keys that leads to it."""
    if isinstance(value, Mapping):
        return [found for key, inner in value.items() for found in texts_in(inner, (*path, str(key)))]
    return [(path, value)]


def _section(overlay: Entry, name: str) -> Entry:
    content = overlay.fields.get(name, {})
    if not isinstance(content, Mapping):
        overlay.refuse(f"section '{name}' is {content!r}", "write its entries below it, indented")
        content = {}
    return Entry(overlay.file, name, content, overlay.problems)


def _change_wording(shelf: Shelf, files: Files, section: Entry) -> None:
    for key, text in section.fields.items():
        _replace(shelf, section, holder=files[shelf.spoken("wording.yml")], path=str(key).split("."), text=text)


def _change_faq(shelf: Shelf, files: Files, section: Entry) -> None:
    answers = files[shelf.spoken("faq.yml")]
    for topic, fields in section.fields.items():
        if topic in answers and isinstance(fields, Mapping):
            answers[topic] = {**fields, ORIGIN: section.file}
        else:
            section.refuse(f"changes unknown answer '{topic}'", "give a topic of faq.yml with answer, source, reviewed")


def _change_labels(shelf: Shelf, files: Files, section: Entry) -> None:
    for name, labels in section.fields.items():
        for path, text in texts_in(labels, (str(name),)):
            _replace(shelf, section, holder=files[shelf.spoken("labels.yml")], path=list(path), text=text)


def _change_region(shelf: Shelf, files: Files, section: Entry) -> None:
    facts = files[shelf.region_file]
    for name, value in section.fields.items():
        if name in facts:
            facts[name] = value
        else:
            section.refuse(f"changes unknown fact '{name}'", f"use one of {', '.join(facts)}")


def _switch_off(files: Files, section: Entry) -> None:
    for id, fields in section.fields.items():
        entry = Entry(section.file, f"switch_off.{id}", fields if isinstance(fields, Mapping) else {}, section.problems)
        entry.only("reason", "reviewed")
        entry.text("reason")
        if not isinstance(entry.fields.get("reviewed"), Mapping):
            entry.refuse("nobody signed it", "write reviewed: {by: reviewer, on: date}")
        item = files[ITEMS].get(id)
        if not isinstance(item, Mapping):
            entry.refuse("there is no such item", f"name an item of {ITEMS}")
        elif Level.EMERGENCY.value in (item.get("level"), item.get("unsure_level")):
            entry.refuse("an item that raises an emergency cannot be switched off", "change its wording instead")
        else:
            files[ITEMS][id] = {**item, **entry.fields, "off": True, ORIGIN: section.file}


def _add_items(shelf: Shelf, files: Files, section: Entry) -> None:
    labels = files[shelf.spoken("labels.yml")].get("items", {})
    for id, fields in section.fields.items():
        entry = Entry(section.file, f"add_items.{id}", fields if isinstance(fields, Mapping) else {}, section.problems)
        if id in files[ITEMS]:
            entry.refuse("there is such an item already", "choose another id")
            continue
        words = {name: entry.fields.get(name) for name in ("label", "plain")}
        rest = {name: value for name, value in entry.fields.items() if name not in (*words, "sets")}
        labels[id] = words
        files[ITEMS][id] = {**rest, ORIGIN: section.file}
        _add_to_sets(files, entry, id=str(id))


def _add_to_sets(files: Files, entry: Entry, *, id: str) -> None:
    places = entry.fields.get("sets")
    for name, part in (places if isinstance(places, Mapping) else {}).items():
        chosen = files[SETS].get(name)
        if not isinstance(chosen, dict) or part not in PARTS:
            entry.refuse(f"cannot stand in '{name}: {part}'", f"name a set and one of {', '.join(PARTS)}")
        else:
            chosen[part] = [*chosen.get(part, []), id]


def _replace(shelf: Shelf, section: Entry, *, holder: dict[str, Any], path: list[str], text: Any) -> None:
    """Put a text in the place of the one that stands there; a key that does not exist is refused."""
    key = ".".join(path)
    found = _find(holder, path)
    if found is None or not isinstance(text, str) or not text.strip():
        section.refuse(f"cannot change '{key}'", "name a key that exists and give it a text")
        return
    check_placeholders(shelf, section.file, key=f"{section.id}.{key}", text=text)
    found[0][found[1]] = text


def _find(holder: dict[str, Any], path: list[str]) -> tuple[dict[str, Any], str] | None:
    """The mapping and the key that a dotted path leads to, whether the file nests its groups or not."""
    for cut in range(len(path), 0, -1):
        key = ".".join(path[:cut])
        value = holder.get(key)
        if isinstance(value, str) and cut == len(path):
            return holder, key
        if isinstance(value, dict):
            return _find(value, path[cut:]) if path[cut:] else None
    return None
