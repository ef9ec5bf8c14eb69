"""The classes of red flags, checked: every class is reachable, and no rule leaves the levels of its class."""

from collections.abc import Mapping

from bot.clinical.protocol import PairRule, SafetyItem
from bot.clinical.vocabulary import FlagClass, Level
from bot.knowledge.entry import Entry
from bot.knowledge.shelf import Shelf

FILE = "flag_classes.yml"


def read_flag_classes(shelf: Shelf, *, items: Mapping[str, SafetyItem], rules: tuple[PairRule, ...]) -> None:
    """Check every class: described, sourced, asked about unless it is read from text only, levels kept."""
    citations = shelf.ids("citations.yml")
    used = _used_levels(items, rules)
    for entry in shelf.entries(FILE):
        entry.only("covers", "levels", "text_only", "source", "reviewed")
        entry.text("covers")
        entry.sources(citations)
        _check_levels(entry, used.get(entry.id, {}))
    ids = {one.value for one in FlagClass}
    for id in sorted(ids.symmetric_difference(shelf.ids(FILE))):
        shelf.problems.add(FILE, id, complaint="does not match the known classes", remedy="define exactly these")


def _used_levels(items: Mapping[str, SafetyItem], rules: tuple[PairRule, ...]) -> dict[str, dict[str, Level]]:
    used: dict[str, dict[str, Level]] = {}
    raising: list[SafetyItem | PairRule] = [*items.values(), *rules]
    for one in raising:
        if one.flag_class is not None:
            used.setdefault(one.flag_class.value, {})[one.id] = one.level
    return used


def _check_levels(entry: Entry, used: Mapping[str, Level]) -> None:
    allowed = entry.known("levels", [level.value for level in Level])
    for id, level in used.items():
        if level is not Level.NONE and level.value not in allowed:
            entry.refuse(f"'{id}' raises {level.value}", f"its class allows {', '.join(allowed)}")
    raised = [level for level in used.values() if level is not Level.NONE]
    if not raised and not entry.switch("text_only"):
        entry.refuse("no item or pair rule raises it", "add one, or mark the class text_only")
