"""Safety items and sets, checked: what is asked, where, and how urgent a tick is."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.clinical.protocol import SafetyItem, SafetySet
from bot.clinical.vocabulary import FlagClass, Level, Region
from bot.knowledge.entry import Entry
from bot.knowledge.shelf import Shelf

ITEMS = "safety_items.yml"
SETS = "safety_sets.yml"
UNSURE_IS_URGENT = (FlagClass.CAUDA_EQUINA, FlagClass.CARDIAC_RESPIRATORY, FlagClass.STROKE, FlagClass.LIMB_ISCHAEMIA)
"""Classes for which still not being sure counts as an emergency (clinical.md section 3)."""
LONGEST_LIST = 12
"""Lines of one list for one region: ours have at most 11, so that a clinic can add one; longer ones are not read."""
PARTS = ("cauda_equina", "first", "second")


def read_items(shelf: Shelf, citations: Collection[str]) -> dict[str, SafetyItem]:
    """Every safety item that is in force, with its words in the patient's language."""
    words = shelf.section(shelf.spoken("labels.yml"), "items")
    items = (_item(entry, words, citations) for entry in shelf.entries(ITEMS) if not _is_off(entry))
    return {item.id: item for item in items}


def read_sets(shelf: Shelf, items: Mapping[str, SafetyItem]) -> tuple[SafetySet, ...]:
    """Every safety set; items that the clinic switched off are left out of it."""
    known = shelf.ids(ITEMS)
    citations = shelf.ids("citations.yml")
    entries = tuple(shelf.entries(SETS))
    names = {entry.id for entry in entries}
    sets = tuple(_set(entry, known=known, in_force=items, citations=citations, sets=names) for entry in entries)
    _refuse_gaps(shelf, sets)
    _refuse_unasked(shelf, sets, items)
    for region in Region:
        _refuse_long(shelf, region.value, [one for one in sets if region in one.regions])
    _refuse_long(shelf, "for_unknown", [one for one in sets if one.for_unknown])
    return sets


def lists_of(sets: Collection[SafetySet]) -> dict[str, tuple[str, ...]]:
    """The lists that sets make together, part by part; an item stands only in the first part that names it."""
    seen: set[str] = set()
    lists = {}
    for part in PARTS:
        names = dict.fromkeys(name for one in sets for name in getattr(one, part) if name not in seen)
        seen.update(names)
        lists[part] = tuple(names)
    return lists


def _item(entry: Entry, words: Mapping[str, Any], citations: Collection[str]) -> SafetyItem:
    entry.only("flag_class", "level", "unsure_level", "off", "source", "reviewed")
    spoken = Entry(entry.file, f"items.{entry.id} (labels)", _as_fields(words.get(entry.id)), entry.problems)
    spoken.only("label", "plain", "words")
    flag_class = entry.member("flag_class", FlagClass) if entry.fields.get("flag_class") else None
    level = entry.member("level", Level) or Level.NONE
    unsure_level = entry.member("unsure_level", Level) or Level.NONE
    _check_levels(entry, flag_class, level, unsure_level)
    label, plain = spoken.text("label"), spoken.text("plain")
    return SafetyItem(
        entry.id, flag_class, level, unsure_level, label, plain, entry.sources(citations), spoken.names("words")
    )


def _check_levels(entry: Entry, flag_class: FlagClass | None, level: Level, unsure_level: Level) -> None:
    """An item without a class counts in pair rules only; with one, not being sure follows the not-sure rule."""
    if flag_class is None:
        if (level, unsure_level) != (Level.NONE, Level.NONE):
            entry.refuse("has a level but no flag_class", "name its class, or write none for both levels")
        return
    right = Level.EMERGENCY if flag_class in UNSURE_IS_URGENT else Level.SEE_DOCTOR
    if unsure_level is not right:
        entry.refuse(f"unsure_level of class {flag_class.value} is {unsure_level.value}", f"write {right.value}")


def _set(
    entry: Entry,
    *,
    known: Collection[str],
    in_force: Collection[str],
    citations: Collection[str],
    sets: Collection[str],
) -> SafetySet:
    entry.only("regions", *PARTS, "asks_pattern", "for_unknown", "numb_regions", "unless", "source", "reviewed")
    entry.sources(citations)
    regions, numb = (entry.known(name, {one.value for one in Region}) for name in ("regions", "numb_regions"))
    parts = {part: tuple(name for name in entry.known(part, known) if name in in_force) for part in PARTS}
    return SafetySet(
        entry.id,
        tuple(Region(region) for region in regions),
        cauda_equina=parts["cauda_equina"],
        first=parts["first"],
        second=parts["second"],
        asks_pattern=entry.switch("asks_pattern"),
        for_unknown=entry.switch("for_unknown"),
        numb_regions=tuple(Region(region) for region in numb),
        unless=tuple(entry.known("unless", sets)),
    )


def _refuse_gaps(shelf: Shelf, sets: tuple[SafetySet, ...]) -> None:
    covered = {region for one in sets for region in one.regions}
    for region in Region:
        if region not in covered:
            shelf.problems.add(SETS, region.value, complaint="no set asks about it", remedy="name it in a set")
    if not any(one.for_unknown for one in sets):
        shelf.problems.add(
            SETS, "file", complaint="no set is for_unknown", remedy="mark the sets asked without a place"
        )


def _refuse_unasked(shelf: Shelf, sets: tuple[SafetySet, ...], items: Mapping[str, SafetyItem]) -> None:
    asked = {name for one in sets for part in PARTS for name in getattr(one, part)}
    for name in items:
        if name not in asked:
            shelf.problems.add(ITEMS, name, complaint="stands in no set", remedy="add it to a set or take it out")


def _refuse_long(shelf: Shelf, place: str, sets: list[SafetySet]) -> None:
    for part, names in lists_of(sets).items():
        if len(names) > LONGEST_LIST:
            remedy = f"keep at most {LONGEST_LIST}: merge lines or take one out"
            shelf.problems.add(SETS, place, complaint=f"its list '{part}' has {len(names)} lines", remedy=remedy)


def _is_off(entry: Entry) -> bool:
    return "off" in entry.fields and entry.switch("off")


def _as_fields(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
