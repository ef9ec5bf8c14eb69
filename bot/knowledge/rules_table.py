"""The clinical rules in force as one table a physiotherapist can read, question and sign."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.clinical.protocol import Protocol
from bot.knowledge.entry import REVIEWED, SOURCE, Entry
from bot.knowledge.flag_rules import flag_rule_entries
from bot.knowledge.loader import assemble
from bot.knowledge.overlay import TEXT_SECTIONS, texts_in
from bot.knowledge.problems import Problems
from bot.knowledge.shelf import HERE, Shelf, read_file

NOT_REVIEWED = "draft, not yet reviewed by a physiotherapist"


@dataclass(frozen=True)
class RuleRow:
    """One rule: what raises what, how urgent, on which source, and who reviewed it."""

    kind: str
    id: str
    raises: str
    level: str
    if_unsure: str
    when: str
    source: str
    reviewed: str
    file: str


def rule_rows(*, language: str = "en", region: str = "ca-bc", overlay: Path | None = None) -> tuple[RuleRow, ...]:
    """Every clinical rule in force, kind by kind; KnowledgeError when the data may not be used."""
    protocol, shelf = assemble(HERE, language=language, region=region, overlay=overlay)
    shelf.problems.refuse()
    rows = [*_class_rows(shelf), *_item_rows(shelf, protocol), *_set_rows(shelf, protocol), *_pair_rows(shelf)]
    rows += [*_flag_rows(HERE, language), *_finding_rows(shelf), *_precaution_rows(shelf, protocol)]
    return (*rows, *_overlay_rows(overlay)) if overlay else tuple(rows)


def as_markdown(rows: tuple[RuleRow, ...]) -> str:
    """The table as Markdown, opened by how much of it is reviewed."""
    names = [field.name for field in fields(RuleRow)]
    signed = sum(row.reviewed != NOT_REVIEWED for row in rows)
    lines = [f"{signed} of {len(rows)} rules are reviewed. A rule that is not is a {NOT_REVIEWED}.", ""]
    lines += [_line([name.replace("_", " ") for name in names]), _line(["---"] * len(names))]
    lines += [_line([getattr(row, name) for name in names]) for row in rows]
    return "\n".join(lines) + "\n"


def as_csv(rows: tuple[RuleRow, ...]) -> str:
    """The table as CSV with a heading line; no cell can be taken for a formula."""
    names = [field.name for field in fields(RuleRow)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_harmless(getattr(row, name)) for name in names] for row in rows)
    return text.getvalue()


def _class_rows(shelf: Shelf) -> Iterator[RuleRow]:
    for entry in shelf.entries("flag_classes.yml"):
        levels = " or ".join(entry.names("levels"))
        yield _row("flag class", entry, raises=entry.id, level=levels, when=entry.text("covers"))


def _item_rows(shelf: Shelf, protocol: Protocol) -> Iterator[RuleRow]:
    for entry in shelf.entries("safety_items.yml"):
        item = protocol.items.get(entry.id)
        if item is None:
            when = f"never asked: {entry.fields.get('reason', '')}"
            yield _row("safety item", entry, raises="", level="switched off by the clinic", when=when)
            continue
        raises = item.flag_class.value if item.flag_class else "counts in pair rules"
        when = f"ticked: {item.label}"
        yield _row(
            "safety item", entry, raises=raises, level=item.level.value, when=when, unsure=item.unsure_level.value
        )


def _set_rows(shelf: Shelf, protocol: Protocol) -> Iterator[RuleRow]:
    sets = {one.id: one for one in protocol.sets}
    for entry in shelf.entries("safety_sets.yml"):
        one = sets[entry.id]
        places = ", ".join(region.value for region in one.regions) or "no place"
        asked = ", ".join((*one.cauda_equina, *one.first, *one.second))
        when = places + (" or no place known" if one.for_unknown and one.regions else "")
        yield _row("safety set", entry, raises=f"asks {asked}", level="", when=when)


def _pair_rows(shelf: Shelf) -> Iterator[RuleRow]:
    for entry in shelf.entries("pair_rules.yml"):
        any_of = " or ".join(entry.names("any_of"))
        when = " and ".join(entry.names("all_of")) + (f", with {any_of}" if any_of else "")
        raises, level = entry.fields["flag_class"], entry.fields["level"]
        yield _row("pair rule", entry, raises=raises, level=level, when=when)


def _flag_rows(root: Path, language: str) -> Iterator[RuleRow]:
    for rule in flag_rule_entries(root, language):
        level = "asked once, then " + rule.level if rule.asks else rule.level
        source, reviewed = ", ".join(rule.sources), _reviewed(rule.reviewed)
        yield RuleRow(
            "read in text", rule.id, rule.flag_class, level, "", f"says {rule.signs}", source, reviewed, rule.file
        )


def _finding_rows(shelf: Shelf) -> Iterator[RuleRow]:
    for entry in shelf.entries("findings.yml"):
        asks = ", ".join(entry.names("look_alikes"))
        yield _row("finding", entry, raises=f"look-alikes: {asks}", level="", when=entry.text("counts"))


def _precaution_rows(shelf: Shelf, protocol: Protocol) -> Iterator[RuleRow]:
    for entry in shelf.entries("precautions.yml"):
        when = protocol.precautions[entry.id]
        yield _row("precaution", entry, raises="note for the physiotherapist", level="none", when=when)


def _overlay_rows(overlay: Path) -> Iterator[RuleRow]:
    content = read_file(overlay, overlay.name, problems=Problems())
    changed = [found for section in TEXT_SECTIONS for found in texts_in(content.get(section, {}), (section,))]
    for path, text in changed:
        if path[-1] not in (SOURCE, REVIEWED):
            key = ".".join(path)
            yield RuleRow("clinic's own text", key, "", "", "", str(text), "the clinic", NOT_REVIEWED, overlay.name)


def _row(kind: str, entry: Entry, *, raises: str, level: str, when: str, unsure: str = "") -> RuleRow:
    source, reviewed = ", ".join(entry.names("source")), _reviewed(entry.fields.get("reviewed"))
    return RuleRow(kind, entry.id, raises, level, unsure, when, source, reviewed, entry.file)


def _reviewed(value: Any) -> str:
    return f"{value['by']}, {value['on']}" if isinstance(value, Mapping) else NOT_REVIEWED


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _harmless(cell: str) -> str:
    """A spreadsheet would run a cell that opens like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
