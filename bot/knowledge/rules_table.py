"""The clinical rules in force as one table a physiotherapist can read, question and sign."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from bot.clinical.protocol import Protocol, SafetyItem
from bot.knowledge.entry import REVIEWED, SOURCE, Entry
from bot.knowledge.flag_rules import flag_rule_entries
from bot.knowledge.loader import assemble
from bot.knowledge.overlay import TEXT_SECTIONS, texts_in
from bot.knowledge.playbooks import FILE as PLAYBOOKS
from bot.knowledge.problems import Problems
from bot.knowledge.review import NOT_REVIEWED, Review
from bot.knowledge.safety import ITEMS, PARTS, SETS
from bot.knowledge.shelf import HERE, ORIGIN, Shelf, read_file

OURS, CLINICS = "needlepoint", "clinic's overlay"
NO_OVERLAY = "No clinic's overlay is laid over them."
OUT_OF_FORCE = "out of force: the clinic switched off an item it needs"
OWN_TEXT = "clinic's own text"
Texts = Mapping[tuple[str, ...], Any]


@dataclass(frozen=True)
class RuleRow:
    """One rule: what raises what, how urgent, on which source, who reviewed it, and whose it is."""

    kind: str
    id: str
    raises: str
    level: str
    if_unsure: str
    when: str
    source: str
    reviewed: str
    file: str
    origin: str = OURS


@dataclass(frozen=True)
class RuleTable:
    """Every clinical rule in force, with the protocol whose version a reviewer signs."""

    protocol: Protocol
    rows: tuple[RuleRow, ...]


def rule_table(*, language: str = "en", region: str = "ca-bc", overlay: Path | None = None) -> RuleTable:
    """Every clinical rule in force, kind by kind; KnowledgeError when the data may not be used."""
    protocol, shelf = assemble(HERE, language=language, region=region, overlay=overlay)
    shelf.problems.refuse()
    texts = _overlay_texts(overlay) if overlay else {}
    rows = [*_class_rows(shelf), *_item_rows(shelf, protocol), *_set_rows(shelf, protocol)]
    rows += [*_pair_rows(shelf, protocol), *_flag_rows(HERE, language), *_finding_rows(shelf)]
    rows += [*_precaution_rows(shelf, protocol), *_playbook_rows(shelf, protocol)]
    rows = [replace(row, origin=CLINICS) if _is_reworded(row, texts) else row for row in rows]
    return RuleTable(protocol, (*rows, *_overlay_rows(texts, protocol.overlay or "")))


def as_signed(table: RuleTable, review: Review) -> RuleTable:
    """The table in which the clinic's signature, if it holds, covers every rule without a reviewer of its own."""
    if not review.is_signed:
        return table
    covered = (replace(row, reviewed=review.sentence) if row.reviewed == NOT_REVIEWED else row for row in table.rows)
    return RuleTable(table.protocol, tuple(covered))


def as_markdown(table: RuleTable, review: Review) -> str:
    """The table as Markdown, opened by who signed it or that it is a draft."""
    names = [field.name for field in fields(RuleRow)]
    rows = as_signed(table, review).rows
    reviewed = sum(row.reviewed != NOT_REVIEWED for row in rows)
    lines = [f"Clinical rules: {review.sentence}.", "", *described(table)]
    drafts = "" if reviewed == len(rows) else f" A rule that is not is a {NOT_REVIEWED}."
    lines += [f"{reviewed} of {len(rows)} rules are reviewed.{drafts}", ""]
    lines += [_line([name.replace("_", " ") for name in names]), _line(["---"] * len(names))]
    lines += [_line([getattr(row, name) for name in names]) for row in rows]
    return "\n".join(lines) + "\n"


def described(table: RuleTable) -> tuple[str, ...]:
    """What is to be signed: how many rules, whose, for which place and language, and under which version."""
    protocol, own = table.protocol, sum(row.origin == CLINICS for row in table.rows)
    laid_over = f"The clinic's overlay {protocol.overlay} makes or changes {own} of them."
    place = f"language {protocol.language}, region {protocol.region.id}"
    rules = f"{len(table.rows)} rules, {place}, version {protocol.version}."
    return (rules, laid_over if protocol.overlay else NO_OVERLAY)


def as_csv(table: RuleTable, review: Review) -> str:
    """The table as CSV with a heading line; no cell can be taken for a formula."""
    rows = as_signed(table, review).rows
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
    own = _clinics_items(shelf)
    for entry in shelf.entries(ITEMS):
        row = _item_row(entry, protocol.items.get(entry.id))
        yield replace(row, origin=CLINICS) if entry.id in own else row


def _item_row(entry: Entry, item: SafetyItem | None) -> RuleRow:
    if item is None:
        when = f"never asked: {entry.fields.get('reason', '')}"
        return _row("safety item", entry, raises="", level="switched off by the clinic", when=when)
    raises = item.flag_class.value if item.flag_class else "counts in pair rules"
    when, unsure = f"ticked: {item.label}", item.unsure_level.value
    return _row("safety item", entry, raises=raises, level=item.level.value, when=when, unsure=unsure)


def _set_rows(shelf: Shelf, protocol: Protocol) -> Iterator[RuleRow]:
    sets, own = {one.id: one for one in protocol.sets}, _clinics_items(shelf)
    for entry in shelf.entries(SETS):
        one = sets[entry.id]
        places = ", ".join(region.value for region in one.regions) or "no place"
        asked = ", ".join((*one.cauda_equina, *one.first, *one.second))
        when = places + (" or no place known" if one.for_unknown and one.regions else "")
        row = _row("safety set", entry, raises=f"asks {asked}", level="", when=when)
        listed = {item for part in PARTS for item in entry.names(part)}
        yield replace(row, origin=CLINICS) if own & listed else row


def _pair_rows(shelf: Shelf, protocol: Protocol) -> Iterator[RuleRow]:
    in_force = {rule.id for rule in protocol.pair_rules}
    for entry in shelf.entries("pair_rules.yml"):
        any_of = " or ".join(entry.names("any_of"))
        when = " and ".join(entry.names("all_of")) + (f", with {any_of}" if any_of else "")
        raises, level = entry.fields["flag_class"], entry.fields["level"]
        row = _row("pair rule", entry, raises=raises, level=level, when=when)
        yield row if entry.id in in_force else replace(row, level=OUT_OF_FORCE, origin=CLINICS)


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


def _playbook_rows(shelf: Shelf, protocol: Protocol) -> Iterator[RuleRow]:
    for entry in shelf.entries(shelf.spoken(PLAYBOOKS)):
        steps = protocol.playbooks[entry.id].steps
        yield _row(
            "playbook", entry, raises="steps for staff", level=entry.id, when=" / ".join(one.text for one in steps)
        )


def _overlay_texts(overlay: Path) -> Texts:
    content = read_file(overlay, overlay.name, problems=Problems())
    return dict(found for section in TEXT_SECTIONS for found in texts_in(content.get(section, {}), (section,)))


def _overlay_rows(texts: Texts, overlay: str) -> Iterator[RuleRow]:
    for path, text in texts.items():
        if path[-1] not in (SOURCE, REVIEWED):
            key, said = ".".join(path), str(text)
            yield RuleRow(OWN_TEXT, key, "", "", "", said, "the clinic", NOT_REVIEWED, overlay, CLINICS)


def _row(kind: str, entry: Entry, *, raises: str, level: str, when: str, unsure: str = "") -> RuleRow:
    source, reviewed = ", ".join(entry.names("source")), _reviewed(entry.fields.get("reviewed"))
    return RuleRow(kind, entry.id, raises, level, unsure, when, source, reviewed, entry.file)


def _clinics_items(shelf: Shelf) -> set[str]:
    """The items that the clinic's overlay added or switched off."""
    return {id for id, fields in shelf.files[ITEMS].items() if isinstance(fields, Mapping) and ORIGIN in fields}


def _is_reworded(row: RuleRow, texts: Texts) -> bool:
    """The overlay changes the words by which the rule is asked."""
    section = {"safety item": "items", "precaution": "precautions"}.get(row.kind)
    return any(path[:3] == ("labels", section, row.id) for path in texts)


def _reviewed(value: Any) -> str:
    return f"{value['by']}, {value['on']}" if isinstance(value, Mapping) else NOT_REVIEWED


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _harmless(cell: str) -> str:
    """A spreadsheet would run a cell that opens like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
