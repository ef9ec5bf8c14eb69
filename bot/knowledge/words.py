"""What patients read, checked: wording by key, labels and choices."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.clinical.vocabulary import Region
from bot.knowledge.entry import Entry
from bot.knowledge.placeholders import check_placeholders
from bot.knowledge.shelf import Shelf


def read_wording(shelf: Shelf) -> dict[str, str]:
    """Every wording by its key; nested groups are joined with a dot."""
    file = shelf.spoken("wording.yml")
    flat = dict(_flat(shelf.files.get(file, {})))
    return {key: _checked(shelf, file, key=key, text=text) for key, text in flat.items()}


def read_labels(shelf: Shelf, *path: str) -> dict[str, str]:
    """One group of labels.yml, id by id."""
    file = shelf.spoken("labels.yml")
    labels = shelf.section(file, *path)
    return {id: _checked(shelf, file, key=".".join((*path, id)), text=text) for id, text in labels.items()}


def read_cues(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """How answers are worded, kind by kind."""
    file = shelf.spoken("labels.yml")
    entry = Entry(file, "cues", dict(shelf.section(file, "cues")), shelf.problems)
    return {kind: entry.names(kind) for kind in entry.fields}


def read_section(shelf: Shelf, section: str, ids: Collection[str]) -> dict[str, str]:
    """A section that must label exactly these ids."""
    labels = read_labels(shelf, section)
    file = shelf.spoken("labels.yml")
    for id in sorted(set(ids) - set(labels)):
        shelf.problems.add(file, f"{section}.{id}", complaint="has no label", remedy="add one")
    for id in sorted(set(labels) - set(ids)):
        shelf.problems.add(
            file, f"{section}.{id}", complaint="labels an unknown id", remedy="take it out or correct it"
        )
    return labels


def read_choices(shelf: Shelf) -> dict[str, Mapping[str, str]]:
    """Every group of choices with the label of each choice; `where` comes from its own section."""
    groups = shelf.section(shelf.spoken("labels.yml"), "choices")
    choices: dict[str, Mapping[str, str]] = {group: read_labels(shelf, "choices", group) for group in groups}
    return {**choices, "where": {entry.id: entry.text("label") for entry in _where(shelf)}}


def read_where(shelf: Shelf) -> dict[str, tuple[Region, ...]]:
    """What each answer to "where is it?" means in regions."""
    known = {region.value for region in Region}
    where = {}
    for entry in _where(shelf):
        entry.only("label", "regions")
        where[entry.id] = tuple(Region(name) for name in entry.known("regions", known))
    return where


def _checked(shelf: Shelf, file: str, *, key: str, text: Any) -> str:
    """A text, refused when it is none or holds an unknown placeholder."""
    if not isinstance(text, str) or not text.strip():
        shelf.problems.add(file, key, complaint="is no text", remedy="write a text, in quotes if it is a number")
        return ""
    check_placeholders(shelf, file, key=key, text=text)
    return text


def _where(shelf: Shelf) -> list[Entry]:
    file = shelf.spoken("labels.yml")
    ids = shelf.section(file, "where")
    return [Entry(file, id, shelf.section(file, "where", id), shelf.problems) for id in ids]


def _flat(content: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in content.items():
        if isinstance(value, Mapping):
            flat += _flat(value, f"{prefix}{key}.")
        else:
            flat.append((f"{prefix}{key}", value))
    return flat
