"""The safety lists: which items this encounter needs, in which lists, and which of them are still open."""

from dataclasses import dataclass

from bot.clinical.encounter import Encounter, record_of
from bot.clinical.protocol import Protocol, SafetyItem, SafetySet
from bot.clinical.vocabulary import PLACELESS, Finding


@dataclass(frozen=True)
class SafetyList:
    """One checklist: its question id and its items in order."""

    id: str
    items: tuple[SafetyItem, ...]


def lists(encounter: Encounter, protocol: Protocol) -> tuple[SafetyList, ...]:
    """The lists this encounter needs: cauda equina on its own, what comes first, what comes before the result."""
    needed = needed_sets(encounter, protocol)
    seen: set[str] = set()
    result = []
    for id, part in (("cauda_equina", "cauda_equina"), ("first", "first"), ("second", "second")):
        names = [name for one in needed for name in getattr(one, part) if name not in seen]
        seen.update(names)
        result.append(SafetyList(f"safety.{id}", _items(protocol, tuple(dict.fromkeys(names)))))
    return tuple(one for one in result if one.items)


def open_lists(encounter: Encounter, protocol: Protocol) -> tuple[SafetyList, ...]:
    """The lists with at least one item that is neither ticked, cleared nor settled as not sure."""
    settled = {*encounter.ticked, *encounter.cleared, *encounter.unsure_items, *encounter.to_follow}
    open_parts = []
    for one in lists(encounter, protocol):
        left = tuple(item for item in one.items if item.id not in settled)
        if left:
            open_parts.append(SafetyList(one.id, left))
    return _merged_when_reopened(encounter, tuple(open_parts))


def is_screened(encounter: Encounter, protocol: Protocol) -> bool:
    """Every item this encounter needs has been answered; without it no result is given."""
    return not encounter.to_follow and not open_lists(encounter, protocol)


def needed_sets(encounter: Encounter, protocol: Protocol) -> tuple[SafetySet, ...]:
    """The sets of the patient's regions; with no region known, those of `unknown`."""
    places = [region for region in encounter.regions if region not in PLACELESS]
    numb = set(record_of(encounter, Finding.ALTERED_SENSATION).regions)
    found = [one for one in protocol.sets if one.covers(places) or not numb.isdisjoint(one.numb_regions)]
    if not found:
        return tuple(one for one in protocol.sets if one.for_unknown)
    names = {one.id for one in found}
    return tuple(one for one in found if names.isdisjoint(one.unless))


def _items(protocol: Protocol, names: tuple[str, ...]) -> tuple[SafetyItem, ...]:
    return tuple(protocol.items[name] for name in names)


def _merged_when_reopened(encounter: Encounter, parts: tuple[SafetyList, ...]) -> tuple[SafetyList, ...]:
    """A region named late may open items of lists that were answered: they come as one list, once."""
    reopened = [one for one in parts if one.id in encounter.answered]
    if not reopened:
        return parts
    times = sum(id.startswith("safety.more") for id in encounter.answered)
    merged = tuple(item for one in parts for item in one.items)
    return (SafetyList(f"safety.more{times + 1}", merged),)
